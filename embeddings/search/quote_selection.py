"""Ranks the sentences, lists and rows that may answer a question.

A cascade: the search chooses passages, the reader judges question and passage together, and a
weighted sum of both ranks the quotes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from operator import attrgetter
from typing import Final

from corpus.dates.events import find_events
from corpus.dates.periods import overlaps
from corpus.formats.parsed import CELL_BORDER
from corpus.languages.known import either
from corpus.structure.rows import Pairs, pairs_in
from corpus.types import Passage, Period, Span
from embeddings.index.passage_dates import days_of
from embeddings.index.passage_text import heading_text
from embeddings.search.document_units import TakenApart
from embeddings.search.unit_evidence import Unit
from embeddings.types import QuoteEvidence, Reader, ToRead, UnitVerdict

READ: Final = 14
"""How many passages the reader judges per question."""
_OF_A_PASSAGE: Final = 0.34
"""How much a row read on its own counts towards that number."""
_NO_TIME: Final = 0.5
_LONGEST_READ: Final = 900
"""Maximum length in characters of a passage read at a time."""
_LONGEST_QUOTE: Final = 600
"""Up to this length in characters, neighbouring sentences are quoted together."""
# Sentences that can't be understood without the one before.
_LEANS_BACK: Final = re.compile(
    rf"[\s–—-]*(?:{either(lambda w: w.texts.leans_back)})\b"
    rf"(?! (?:{either(lambda w: w.texts.no_leaning)}))",
    re.IGNORECASE,
)

WITHOUT_READER: Final = QuoteEvidence(
    document=1.0, unit=0.017, passage_read=0.0, unit_read=0.0, read_alone=0.0, timely=0.1
)
WITH_READER: Final = QuoteEvidence(
    document=1.0, unit=0.015, passage_read=0.02, unit_read=0.05, read_alone=0.02, timely=0.1
)
"""Fitted by `benchmarks/fit_quotes.py`."""
# Replaces `astuple`, whose deep copies took a tenth of a question's time.
_FIGURES: Final = attrgetter(*(field.name for field in fields(QuoteEvidence)))


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """A unit that may answer, with its evidence."""

    path: str
    place: int
    """Its index among the document's units."""
    evidence: QuoteEvidence
    verdict: UnitVerdict | None
    answer: Span | None
    """The words that answer, as offsets into the document's text."""

    def score(self, weights: QuoteEvidence) -> float:
        """Return its score; higher is better."""
        pairs = zip(_FIGURES(self.evidence), _FIGURES(weights), strict=True)
        return float(sum(figure * weight for figure, weight in pairs))


@dataclass(frozen=True, slots=True)
class Quote:
    """A possible quote of a document, with its score."""

    unit: ReadUnit
    """Its best unit."""
    passage: Passage
    span: Span
    score: float


def read_units(
    question: str,
    periods: Sequence[Period],
    documents: Mapping[str, TakenApart],
    document_scores: Mapping[str, float],
    reader: Reader | None,
) -> list[ReadUnit]:
    """Return the units of documents that may answer, the best ones with the reader's verdict."""
    units = [
        _unread(path, place, document_scores[path], float(score))
        for path, one in documents.items()
        for place, score in enumerate(one.scores())
    ]
    if reader is None:
        return units
    windows = list(_windows(units, documents))
    rows = [_as_pairs(documents[path], run) for path, run in windows]
    texts = [
        _to_read(documents[path], run, row) for (path, run), row in zip(windows, rows, strict=True)
    ]
    verdicts = reader.read(question, texts)
    read: list[ReadUnit] = []
    known = {(one.path, one.place): one for one in units}
    for (path, run), row, verdict in zip(windows, rows, verdicts, strict=True):
        offset = documents[path].units[run.start].span[0]
        for place, found in zip(run, verdict.units, strict=True):
            one = known[path, place]
            answer = row.in_row(found.answer) if row else found.answer
            read.append(
                replace(
                    one,
                    evidence=replace(
                        one.evidence,
                        passage_read=verdict.answers,
                        unit_read=found.score,
                        timely=_timely(documents[path], place, periods),
                    ),
                    verdict=found,
                    answer=(answer[0] + offset, answer[1] + offset),
                )
            )
    return read


def _unread(path: str, place: int, document: float, unit: float) -> ReadUnit:
    return ReadUnit(path, place, QuoteEvidence(document, unit, 0.0, 0.0, 0.0, _NO_TIME), None, None)


def _timely(document: TakenApart, place: int, periods: Sequence[Period]) -> float:
    """Return whether a unit is about a time in the question: see `QuoteEvidence`."""
    if not periods:
        return _NO_TIME
    unit = document.units[place]
    published = days_of(document.source.published)
    told = [(one.start, one.end) for one in find_events(unit.text, published and published[0])]
    told = told or [
        (date.fromisoformat(first), date.fromisoformat(last)) for first, last in unit.passage.times
    ]
    if not told:
        return _NO_TIME
    return float(any(overlaps(*days, period) for days in told for period in periods))


def _windows(
    units: Sequence[ReadUnit], documents: Mapping[str, TakenApart]
) -> Iterator[tuple[str, range]]:
    """Yield runs of neighbouring units to read, the best first."""
    taken: set[tuple[str, int]] = set()
    found: dict[str, float] = {}
    # A long document gets at most half of what is read, if there are others.
    most = READ / 2 if len(documents) > 1 else READ
    for one in sorted(units, key=lambda one: -one.score(WITHOUT_READER)):
        if (one.path, one.place) in taken or found.get(one.path, 0.0) >= most:
            continue
        run = _around(documents[one.path].units, one.place)
        taken.update((one.path, place) for place in run)
        yield one.path, run
        is_row = _is_row(documents[one.path].units[one.place])
        found[one.path] = found.get(one.path, 0.0) + (_OF_A_PASSAGE if is_row else 1.0)
        if sum(found.values()) >= READ:
            return


def _around(units: Sequence[Unit], place: int) -> range:
    """Return as much of the passage around a unit as fits; a row is read alone.

    Only then can the reader tell apart rows that differ in little more than a name.
    """
    first, last = place, place
    if _is_row(units[place]):
        return range(place, place + 1)
    grown = True
    while grown:
        grown = False
        for new_first, new_last in ((first, last + 1), (first - 1, last)):
            if new_first >= 0 and new_last < len(units) and _fits(units, new_first, new_last):
                first, last, grown = new_first, new_last, True
    return range(first, last + 1)


def _is_row(unit: Unit) -> bool:
    return CELL_BORDER in unit.text


def _fits(units: Sequence[Unit], first: int, last: int) -> bool:
    return (
        not (_is_row(units[first]) or _is_row(units[last]))
        and units[first].passage is units[last].passage
        and units[last].span[1] - units[first].span[0] <= _LONGEST_READ
    )


def _as_pairs(document: TakenApart, run: range) -> Pairs | None:
    """Return a row as pairs of heads and cells, which the reader gets instead."""
    unit = document.units[run.start]
    return pairs_in(unit.passage, unit.span) if len(run) == 1 and _is_row(unit) else None


def _to_read(document: TakenApart, run: range, row: Pairs | None) -> ToRead:
    units = document.units[run.start : run.stop]
    passage, begin = units[0].passage, units[0].span[0]
    if row:
        return ToRead(heading_text(document.source, passage), row.text, ((0, len(row.text)),))
    text = passage.text[begin - passage.start : units[-1].span[1] - passage.start]
    spans = tuple((unit.span[0] - begin, unit.span[1] - begin) for unit in units)
    return ToRead(heading_text(document.source, passage), text, spans)


def quotes_of(
    units: Sequence[ReadUnit],
    documents: Mapping[str, TakenApart],
    weights: QuoteEvidence,
    near: float,
) -> list[Quote]:
    """Return the best quotes, best first, without overlaps.

    A sentence that depends on the one before is quoted with it, and so are neighbours that score at
    most `near` less.
    """
    scores = {(one.path, one.place): one.score(weights) for one in units}
    taken: set[tuple[str, int]] = set()
    quotes: list[Quote] = []
    for one in sorted(units, key=lambda one: -scores[one.path, one.place]):
        if (one.path, one.place) in taken:
            continue
        own = documents[one.path].units
        run = _extended(own, scores, one, taken, near)
        taken.update((one.path, place) for place in run)
        span = (own[run.start].span[0], own[run.stop - 1].span[1])
        quotes.append(Quote(one, own[one.place].passage, span, scores[one.path, one.place]))
    return quotes


def _extended(
    units: Sequence[Unit],
    scores: Mapping[tuple[str, int], float],
    one: ReadUnit,
    taken: set[tuple[str, int]],
    near: float,
) -> range:
    """Return a unit with the neighbours that it needs, or that score nearly as high."""
    path, best = one.path, one.place
    first, last = best, best
    least = scores[path, best] - near

    def takes(place: int, joined: int) -> bool:
        begin, end = min(first, place), max(last, place)
        length = units[end].span[1] - units[begin].span[0]
        return units[joined].is_joined and (path, place) not in taken and length <= _LONGEST_QUOTE

    if first and _LEANS_BACK.match(units[first].text) and takes(first - 1, first):
        first -= 1
    while first and takes(first - 1, first) and scores.get((path, first - 1), least - 1) >= least:
        first -= 1
    while last + 1 < len(units) and takes(last + 1, last + 1):
        if scores.get((path, last + 1), least - 1) < least:
            break
        last += 1
    return range(first, last + 1)
