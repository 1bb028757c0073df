"""From a question to an answer made of verified quotes."""

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from math import exp, inf
from typing import Final

from bot.answer.answer_text import Wording, compose_text, renumbered
from bot.answer.citations import cite, cite_span
from bot.answer.confidence import SURE, confidence_of, grade_of, missing_from
from bot.answer.events import Occasion, days_at, is_within, occasion_of, of_this_name
from bot.answer.folding import Folded, fold_duplicates
from bot.answer.list_answer import ListAnswer, answer_by_lists
from bot.answer.settle_year import settle_year
from bot.question.asked_list import AskedList, asked_list
from bot.question.follow_up import FollowUp, read_follow_up
from bot.question.open_periods import is_open
from bot.question.reading import clean_question, in_year, read_question
from bot.question.small_talk import read_small_talk
from bot.question.two_parts import split_parts
from bot.texts import texts_for
from bot.types import Answer, AnswerItem, Citation, Excerpt, Grade, Reading
from corpus.errors import UserError
from corpus.languages.detection import detect_language
from corpus.languages.roles import OPPOSITE, roles_told
from corpus.types import Document, Period
from embeddings.index.storage import Store
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Embedder, Hit, Query, Reader, Scope

MOST_CITATIONS: Final = 5
_LOOKED_AT: Final = 20
"""Hits that citations are chosen from."""
_NEAREST: Final = 2
"""Passages shown where none supports an answer."""
_ENOUGH: Final = 0.85
"""Share of the likelihood of all hits from which no further one is shown."""
_LEAST_SHARE: Final = 0.5
"""Share of the score of what was shown before from which more of it is worth showing."""
_MOST_OTHERS: Final = 6
"""Meetings of another time that are named where there is none of the time asked about."""
_SHARPNESS: Final = 12.0
"""What a hit's score is multiplied by to be a log-likelihood among others."""
_AROUND: Final = 600
"""Characters shown before and after a quote in an excerpt."""
_BEGINS: Final = re.compile(r"\n+|(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it is answered: read once, handed down whole."""

    text: str
    """In full, where what was typed leans on the question before."""
    reading: Reading
    query: Query
    wanted: AskedList | None
    occasion: Occasion
    year: int | None
    leave_out: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for a question."""

    folded: Sequence[Folded]
    citations: tuple[Citation, ...]
    confidence: float
    listed: ListAnswer | None = None
    others: tuple[date, ...] = ()
    """Days of the meetings that there are, where there is none of the time asked about."""

    @property
    def hits(self) -> list[Hit]:
        """The hits in the order they are cited in."""
        return [one.hit for one in self.folded]


class Answerer:
    """Answers questions from the current generation of a store, moving on to each new one."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        today: Callable[[], date] = date.today,
        confidence_needed: float = SURE,
        reader: Reader | None = None,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._reader = reader
        self._today = today
        self._needed = confidence_needed
        self._generation: str | None = None
        self._index: PassageIndex | None = None
        # SQLite's connection and the index's caches serve one thread at a time.
        self._one_at_a_time = threading.Lock()

    def answer(
        self,
        question: str,
        *,
        after: Answer | None = None,
        within: str | None = None,
        year: int | None = None,
        today: date | None = None,
    ) -> Answer:
        """Return the answer to a question, or to what is said in politeness.

        `after` is the last answer of the conversation that was none to small talk, which the
        question may lean on. `within` is the path of the one document to ask, `year` the year that
        is meant by a month or day named without one, and `today` the day it is asked on, if not
        this one. UserError where it is no question, or where there is no index that can be
        searched.
        """
        started = time.monotonic()
        typed = clean_question(question)
        if small_talk := read_small_talk(typed, after.reading.language if after else None):
            return _reply(typed, *small_talk)
        today = today or self._today()
        follow_up = (after and read_follow_up(typed, after, today)) or FollowUp(typed)
        asked = _read(typed, follow_up, within, year, today)
        with self._index_in_use() as index:
            found = _find(asked, index)
            answer = _answer(typed, asked, found, index, self._needed)
        return replace(
            answer, seconds=time.monotonic() - started, generation=self._generation or ""
        )

    def excerpt(self, document: str, start: int, end: int) -> Excerpt | None:
        """Return a stretch of a document with the text around it; None where it is gone."""
        text = self.text_of(document)
        if text is None or not 0 <= start < end <= len(text):
            return None
        return Excerpt(_tail(text[:start]), text[start:end], _head(text[end:]))

    def text_of(self, document: str) -> str | None:
        """Return a document's text as stored; None where it is gone."""
        try:
            with self._index_in_use() as index:
                return index.catalog.text_of(document)
        except LookupError:
            return None

    def close(self) -> None:
        """Let go of the index; the next question opens it again."""
        with self._one_at_a_time:
            if self._index is not None:
                self._index.close()
            self._index = None

    @contextmanager
    def _index_in_use(self) -> Iterator[PassageIndex]:
        """Give the current generation's index to one thread at a time.

        UserError where it is damaged, also where that shows only after it was asked: nothing that
        was read of it leaves here then.
        """
        with self._one_at_a_time:
            index = self._current_index()
            try:
                yield index
            except (UserError, LookupError):
                index.check.wait()
                raise
            # Of a damaged file libraries raise anything; tantivy even panics.
            except BaseException:
                index.check.repeat()
                raise
            index.check.wait()

    def _current_index(self) -> PassageIndex:
        if self._index is None or self._store.current_name() != self._generation:
            name, opened = self._store.open_current(
                lambda folder: (
                    folder.name,
                    PassageIndex.open(folder, self._embedder, self._reader),
                )
            )
            if self._index is not None:
                self._index.close()
            self._index, self._generation = opened, name
        return self._index


def _reply(said: str, language: str, purpose: str) -> Answer:
    text = texts_for(language).small_talk[purpose]
    return Answer(said, Reading(language, "small_talk", ()), text, (), (), 0.0, 0.0)


def _read(
    typed: str, follow_up: FollowUp, within: str | None, year: int | None, today: date
) -> _Asked:
    """Return a question as it is understood and searched for."""
    in_full = follow_up.question
    reading = read_question(in_full, today)
    if year is not None:
        reading = in_year(reading, year)
    query = Query(in_full, reading.language, reading.periods, Scope(document=within))
    if in_full != typed:
        # The answer is in the language that was asked in now.
        language = detect_language(typed, reading.language)
        reading = replace(reading, language=language, read_as=in_full)
    return _Asked(
        text=in_full,
        reading=reading,
        query=query,
        wanted=asked_list(in_full, reading.kind),
        occasion=occasion_of(in_full),
        year=year,
        leave_out=follow_up.leave_out,
    )


def _find(asked: _Asked, index: PassageIndex) -> _Found:
    """Search, without what was shown before, what is of the time asked about first."""
    every = index.search(asked.query, _LOOKED_AT + len(asked.leave_out))
    documents: dict[str, Document] = {}

    def opened(path: str) -> Document:
        return documents.setdefault(path, index.document(path))

    hits = [hit for hit in every if not _was_shown(asked, hit)]
    hits = [hit for hit in hits if not _says_opposite(asked, hit)]
    timed = [(hit, _is_of_time(asked, hit, opened)) for hit in hits]
    hits = [hit for hit, fits in timed if fits is not False]
    named = of_this_name(hits, asked.occasion)
    hits = [*named, *(hit for hit in hits if hit not in named)]
    listed = None
    if asked.wanted:
        listed = answer_by_lists(
            asked.text, asked.wanted, asked.reading, asked.occasion, hits, opened
        )
    if listed and any(_overlaps(one, listed) for one in asked.leave_out):
        listed = None
    hits = _in_order(asked, hits, listed, opened)
    times = asked.reading.dates_named
    folded = fold_duplicates(hits, asked.text, times, in_order=asked.occasion.first)
    citations = tuple(cite(folded, opened))
    confidence = confidence_of(asked.reading, hits[0] if hits else None)
    others = () if hits else _days_of([hit for hit, _ in timed], opened)
    return _Found(folded, citations, confidence, listed, others)


def _was_shown(asked: _Asked, hit: Hit) -> bool:
    """Whether an earlier answer to the question has shown a hit's passage, or its quote."""
    path, passage, (start, end) = hit.source.path, hit.passage, hit.quote
    return any(
        one.document == path
        and (one.start == passage.start or (one.quote_start < end and start < one.quote_end))
        for one in asked.leave_out
    )


def _overlaps(shown: Citation, listed: ListAnswer) -> bool:
    return shown.document == listed.document.path and any(
        shown.quote_start < one.quote[1] and one.quote[0] < shown.quote_end for one in listed.lists
    )


def _is_much_worse(asked: _Asked, hits: Sequence[Hit]) -> bool:
    """Whether what is left is far from as good as what earlier answers have shown."""
    best = max((one.score for one in asked.leave_out), default=None)
    if best is None:
        return False
    left = max((one.score for one in hits), default=-inf)
    return left < best - _LEAST_SHARE * abs(best)


def _says_opposite(asked: _Asked, hit: Hit) -> bool:
    """Whether a quote tells of those who did the opposite of what is asked, and of no others."""
    if asked.wanted is None:
        return False
    start, end = hit.quote
    said = roles_told(hit.passage.text[start - hit.passage.start : end - hit.passage.start])
    return any(OPPOSITE.get(role) in said and role not in said for role in asked.wanted.roles)


def _is_of_time(asked: _Asked, hit: Hit, opened: Callable[[str], Document]) -> bool | None:
    """Whether a quote tells of a time asked about; None where its document has no times."""
    periods = asked.query.periods
    by_time = asked.occasion.is_event or any(map(is_open, periods))
    if not periods or not by_time or asked.reading.kind == "when":
        return None
    document = opened(hit.source.path)
    if not any(section.time for section in document.sections):
        return None
    days = days_at(document, hit.quote[0])
    return None if days is None else is_within(days, asked.query.periods)


def _in_order(
    asked: _Asked,
    hits: Sequence[Hit],
    listed: ListAnswer | None,
    opened: Callable[[str], Document],
) -> list[Hit]:
    """Return hits with those of the event that is meant first."""
    if listed:
        return sorted(hits, key=lambda hit: hit.source.path != listed.hit.source.path)
    if not (asked.occasion.latest or asked.occasion.first) or not hits:
        return list(hits)
    least = hits[0].score - 0.5 * abs(hits[0].score)
    dated = [
        (days, place, hit)
        for place, hit in enumerate(hits)
        if hit.score >= least and (days := days_at(opened(hit.source.path), hit.quote[0]))
    ]
    dated.sort(key=lambda one: one[0], reverse=asked.occasion.latest)
    first = [hit for _, _, hit in dated]
    return [*first, *(hit for hit in hits if hit not in first)]


def _days_of(hits: Sequence[Hit], opened: Callable[[str], Document]) -> tuple[date, ...]:
    """Return the days of the events that hits tell of, the latest first."""
    days = {
        found[0]
        for hit in hits
        if (found := days_at(opened(hit.source.path), hit.quote[0])) and found[0] == found[1]
    }
    return tuple(sorted(days, reverse=True)[:_MOST_OTHERS])


def _answer(typed: str, asked: _Asked, found: _Found, index: PassageIndex, needed: float) -> Answer:
    """Return the answer that what was found makes."""
    settled = settle_year(asked.reading, found.citations, asked.year)
    listed = found.listed
    grade = Grade.ANSWER if listed else grade_of(found.confidence, needed)
    if not listed and _is_much_worse(asked, found.hits):
        grade = Grade.NOT_FOUND
    cited = list(settled.citations)
    items: tuple[AnswerItem, ...] = ()
    if listed and cited:
        cited, items = _cite_lists(listed, cited)
        shown = max(item.citation for item in items)
    else:
        shown = _count_needed(found.folded, grade, asked.query.periods)
    parts: tuple[tuple[int, str], ...] = ()
    if grade is Grade.ANSWER and not asked.leave_out:
        first = shown if items else 1
        cited, shown, parts = _with_second_part(asked, cited, first, shown, index, needed)
    every = renumbered([*cited, *settled.set_aside])
    citations = every[:shown] if grade is not Grade.NOT_FOUND else ()
    said = Wording(
        grade=grade,
        items=items if citations else (),
        asked=asked.wanted,
        checked=_checked(asked),
        others=found.others,
        missing=() if citations else missing_from(asked.reading, found.hits),
        parts=parts,
        again=bool(asked.leave_out),
    )
    text = compose_text(settled.reading, citations, said)
    return Answer(
        question=typed,
        reading=settled.reading,
        text=f"{text}\n{settled.note}" if citations and settled.note else text,
        citations=citations,
        nearest=() if citations else every[:_NEAREST],
        confidence=max(found.confidence, SURE) if listed else found.confidence,
        missing=said.missing,
        seconds=0.0,
        further=every[shown:] if citations else every[_NEAREST:],
        items=said.items,
        complete=True if said.items else None,
        grade=grade if citations else Grade.NOT_FOUND,
        other_years=settled.other_years if citations else (),
        shown_before=asked.leave_out,
    )


def _cite_lists(
    listed: ListAnswer, cited: Sequence[Citation]
) -> tuple[list[Citation], tuple[AnswerItem, ...]]:
    """Return citations with the lists first, and the entries that answer."""
    text = listed.document.text
    lists = [
        replace(
            cite_span(listed.hit, listed.document, one.quote),
            number=number,
            highlights=one.entries,
        )
        for number, one in enumerate(listed.lists, 1)
    ]
    items = tuple(
        AnswerItem(text[start:end], number, start, end)
        for number, one in enumerate(listed.lists, 1)
        for start, end in one.entries
    )
    others = [one for one in cited if not any(_overlap(one, new) for new in lists)]
    return [*lists, *others], items


def _count_needed(folded: Sequence[Folded], grade: Grade, periods: Sequence[Period]) -> int:
    """Return how many of the first hits are shown: as few as likely hold the answer.

    Of a time without end or beginning several may have what is asked for. Versions of one
    text are shown together, and what only repeats one adds nothing.
    """
    if grade is Grade.NOT_FOUND:
        return 0
    enough = 1.0 if any(map(is_open, periods)) else _ENOUGH
    scores: dict[int, float] = {}
    for one in folded:
        scores[one.matter] = max(one.hit.score, scores.get(one.matter, one.hit.score))
    best = max(scores.values(), default=0.0)
    likelihoods = {matter: exp(_SHARPNESS * (score - best)) for matter, score in scores.items()}
    total, so_far, count = sum(likelihoods.values()), 0.0, 0
    for matter, versions in groupby(folded, key=lambda one: one.matter):
        if so_far >= enough * total or matter not in likelihoods:
            break
        count += sum(1 for _ in versions)
        so_far += likelihoods.pop(matter)
    return min(count, MOST_CITATIONS)


def _with_second_part(
    asked: _Asked, cited: list[Citation], first: int, shown: int, index: PassageIndex, needed: float
) -> tuple[list[Citation], int, tuple[tuple[int, str], ...]]:
    """Return citations with what answers the second part of a question after the first ones."""
    parts = split_parts(asked.text)
    if parts is None or not cited:
        return cited, shown, ()
    within = Scope(document=cited[0].document)
    query = replace(asked.query, text=parts.second_in_full, scope=within)
    best = next(iter(index.search(query, 1)), None)
    if best is None or grade_of(confidence_of(asked.reading, best), needed) is not Grade.ANSWER:
        return cited, shown, ((1, parts.first_asks), (0, parts.second_asks))
    (second,) = cite([Folded(best)], index.document)
    if any(_overlap(one, second) for one in cited[:first]):
        return cited, shown, ()
    others = [one for one in cited[first:] if not _overlap(one, second)]
    says = ((1, parts.first_asks), (first + 1, parts.second_asks))
    return [*cited[:first], second, *others], max(shown, first + 1), says


def _checked(asked: _Asked) -> str:
    """Return whom it is asked of whether they are in a list; "" where nobody is."""
    if not (asked.wanted and asked.wanted.is_check and asked.reading.insists):
        return ""
    return asked.reading.insists[0]


def _overlap(one: Citation, other: Citation) -> bool:
    return (
        one.document == other.document
        and one.quote_start < other.quote_end
        and other.quote_start < one.quote_end
    )


def _tail(text: str) -> str:
    """Return the end of what stands before a quote, from a line or sentence on where it can."""
    if len(text) <= _AROUND:
        return text
    cut = text[-_AROUND:]
    begin = _BEGINS.search(cut)
    return cut[begin.end() :] if begin else cut


def _head(text: str) -> str:
    """Return the beginning of what stands after a quote, up to the end of a line or sentence."""
    if len(text) <= _AROUND:
        return text
    ends = [match.start() for match in _BEGINS.finditer(text, 0, _AROUND)]
    return text[: ends[-1] if ends else _AROUND]
