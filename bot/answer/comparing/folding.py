"""Merges copies of a quote, and groups versions of one text, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.answer.comparing.alignment import Pieces
from bot.answer.comparing.versions import Statement, compare, is_newer, statement_of
from bot.answer.confidence import OF_THE_TIME
from bot.answer.events import is_within
from corpus.types import Period, Span
from corpus.words import split_words
from embeddings.index.passage_dates import days_of
from embeddings.types import Hit

_MOST_VERSIONS: Final = 3
"""How many versions of one text are shown together; further ones come last."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A hit to be cited."""

    hit: Hit
    also_in: tuple[str, ...] = ()
    """Paths of other documents that contain this quote word for word."""
    matter: int = 0
    """Number of its group: versions of one text and near repeats have the same."""
    differs_in: tuple[Span, ...] = ()
    """Spans in which it differs from another version, as offsets into its document."""


@dataclass(slots=True)
class _Matter:
    """A hit, and other documents' versions of it."""

    best: Hit
    versions: list[tuple[Hit, Pieces]] = field(default_factory=list)
    """Each version, and where the best hit differs from it."""
    repeats: list[Hit] = field(default_factory=list)
    """Hits that say the same in nearly the same words."""

    @property
    def told(self) -> list[Hit]:
        """The best hit and the versions."""
        return [self.best, *(hit for hit, _ in self.versions)]


def fold_duplicates(
    hits: Sequence[Hit], question: str, times: Sequence[Period] = (), *, in_order: bool = False
) -> list[Folded]:
    """Return the hits to cite, in order, without those that repeat an earlier one.

    Versions of one text are limited to those of the `times` in the question, if there are any. They
    are sorted newest first, unless a time determines the version or `in_order` is set. Near repeats
    come last.
    """
    keeps = in_order or any(not time.recurring for time in times)
    matters: list[_Matter] = []
    for hit in hits:
        _file(hit, matters, question)
    told: list[Folded] = []
    left: list[Folded] = []
    for number, matter in enumerate(matters):
        shown = _of_the_time(matter.told, times)
        shown = (shown if keeps else _newest_first(shown))[:_MOST_VERSIONS]
        aside = [one for one in matter.told if one not in shown]
        differs_in = _differing(matter, shown)
        told += [
            Folded(one, _copies(one, hits), number, spans)
            for one, spans in zip(shown, differs_in, strict=True)
        ]
        left += [Folded(one, _copies(one, hits), number) for one in (*aside, *matter.repeats)]
    return told + left


def _file(hit: Hit, matters: list[_Matter], question: str) -> None:
    """Add a hit to its group, or start a new one; drop exact copies.

    If its passage differs from a quote that is cited, that part is quoted too.
    """
    if any(_repeats(hit, one) for matter in matters for one in matter.told):
        return
    for matter in matters:
        if matter.best.source.path == hit.source.path:
            continue
        if _text(hit) in _text(matter.best):
            matter.repeats.append(hit)
            return
        quoted = _quoted(hit)
        differing, is_alike = _compared(matter.best, hit, quoted, question)
        if differing:
            matter.versions.append((hit, differing))
            return
        if is_alike:
            matter.repeats.append(hit)
            return
        _add_counterpart(matter, hit, question)
    matters.append(_Matter(hit))


def _add_counterpart(matter: _Matter, hit: Hit, question: str) -> None:
    """Add the part of a hit's passage, beside its quote, that differs from the best hit."""
    quoted = _quoted(hit)
    for unit in hit.passage.units:
        other = replace(hit, quote=unit)
        if unit in quoted or any(_repeats(other, one) for one in matter.told):
            continue
        differing, _ = _compared(matter.best, other, (unit,), question)
        if differing:
            matter.versions.append((other, differing))
            return


def _compared(best: Hit, hit: Hit, units: Sequence[Span], question: str) -> tuple[Pieces, bool]:
    """Return where a hit's units differ from a quote, and whether any is nearly the same."""
    found = [
        pieces
        for own in _quoted(best)
        for unit in units
        if (pieces := compare(statement_of(best, own), statement_of(hit, unit), question))
        is not None
    ]
    return tuple(pair for pieces in found for pair in pieces), bool(found)


def _differing(matter: _Matter, shown: Sequence[Hit]) -> list[tuple[Span, ...]]:
    """Return, for the best hit and each version shown, where it differs."""
    if matter.best not in shown or len(shown) == 1:
        return [()] * len(shown)
    pieces = {id(hit): pairs for hit, pairs in matter.versions}
    newest = next(hit for hit in shown if hit is not matter.best)
    return [
        tuple(theirs for _, theirs in pieces[id(hit)])
        if hit is not matter.best
        else tuple(mine for mine, _ in pieces[id(newest)])
        for hit in shown
    ]


def _repeats(hit: Hit, other: Hit) -> bool:
    """Whether a hit quotes everything that another does, or the same place again."""
    if hit.source.path == other.source.path:
        return hit.quote[0] < other.quote[1] and other.quote[0] < hit.quote[1]
    return _text(other) in _text(hit)


def _of_the_time(versions: Sequence[Hit], times: Sequence[Period]) -> list[Hit]:
    """Return the versions from a time named in the question; all if there are none."""
    if not times:
        return list(versions)
    years = {str(time.start.year) for time in times if time.start.year == time.end.year}
    years -= {str(time.start.year) for time in times if time.recurring}
    named = [one for one in versions if years.intersection(split_words(_about(one)))]
    published = [
        one
        for one in versions
        if (days := days_of(one.source.published)) and is_within(days, times)
    ]
    return named or [one for one in versions if _is_timely(one)] or published or list(versions)


def _about(hit: Hit) -> str:
    """Return a hit's quote with the title and headings above it."""
    return f"{hit.source.title} {hit.passage.heading} {_text(hit)}"


def _is_timely(hit: Hit) -> bool:
    """Whether the search matched the hit to the time asked about."""
    told = hit.evidence.timely
    return told == 1 or bool(told and hit.matched.date >= OF_THE_TIME)


def _newest_first(versions: Sequence[Hit]) -> list[Hit]:
    """Return the versions so that each comes before those known to be older."""
    ordered: list[Hit] = []
    for one in versions:
        own = _statement(one)
        newer = (at for at, other in enumerate(ordered) if is_newer(own, _statement(other)))
        ordered.insert(next(newer, len(ordered)), one)
    return ordered


def _copies(hit: Hit, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the paths of other hits' documents that contain a quote word for word."""
    quoted = _text(hit)
    holding = (
        other.source.path
        for other in hits
        if other.source.path != hit.source.path and quoted in _folded(other, other.passage.units)
    )
    return tuple(dict.fromkeys(holding))


def _text(hit: Hit) -> str:
    return _folded(hit, _quoted(hit))


def _folded(hit: Hit, units: Sequence[Span]) -> str:
    """Return units of a hit's passage, white space folded, one per line, framed by line ends."""
    begin, text = hit.passage.start, hit.passage.text
    lines = (" ".join(text[start - begin : end - begin].split()) for start, end in units)
    return "\n".join(("", *lines, ""))


def _quoted(hit: Hit) -> tuple[Span, ...]:
    """Return the spans of the sentences and lists that a hit quotes."""
    first, last = hit.quote
    return tuple(one for one in hit.passage.units if first <= one[0] and one[1] <= last) or (
        hit.quote,
    )


def _statement(hit: Hit) -> Statement:
    return statement_of(hit, hit.quote)
