"""Chooses the year of a month, day or season named without one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.answer.confidence import AS_LIKELY
from bot.question.reading import in_year
from bot.texts import texts_for
from bot.types import Citation, Reading
from corpus.dates.calendar_names import months

_AS_GOOD: Final = 0.95
"""From this share on, another year answers as well as the best citation's."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A question with its year chosen, and the citations ordered accordingly."""

    reading: Reading
    citations: tuple[Citation, ...]
    """Citations of that year, or of no particular year, numbered from 1."""
    set_aside: tuple[Citation, ...] = ()
    """Citations of other years, with numbers that follow."""
    other_years: tuple[int, ...] = ()
    """Other years with good citations, newest first."""
    note: str = ""
    """The sentence about this in the answer."""


def settle_year(reading: Reading, cited: Sequence[Citation], chosen: int | None) -> Settled:
    """Choose the latest of the years that answer best, for a time named without a year.

    If the user has `chosen` a year, citations of that year come first.
    """
    if chosen is not None:
        return Settled(reading, _numbered(sorted(cited, key=lambda one: one.year != chosen)))
    recurring = [period for period in reading.periods if period.recurring]
    taken = _latest_year(cited) if recurring else None
    if taken is None:
        return Settled(reading, tuple(cited))
    # Keep what was named without a year as it is, for follow-ups.
    moved = in_year(reading, taken).periods
    periods = zip(moved, reading.periods, strict=True)
    settled = replace(
        reading, periods=tuple(replace(new, recurring=old.recurring) for new, old in periods)
    )
    kept = [citation for citation in cited if citation.year in (None, taken)]
    aside = [citation for citation in cited if citation not in kept]
    numbered = _numbered([*kept, *aside])
    others = {
        citation.year
        for citation in aside
        if citation.year and citation.score >= AS_LIKELY * cited[0].score
    }
    newest_first = tuple(sorted(others, reverse=True))
    expected = taken == recurring[0].end.year and not newest_first
    return Settled(
        settled,
        numbered[: len(kept)],
        numbered[len(kept) :],
        newest_first,
        "" if expected else _note(settled, newest_first),
    )


def _latest_year(cited: Sequence[Citation]) -> int | None:
    """Return the latest of the years that answer as well as the best citation's."""
    best = cited[0] if cited else None
    if best is None or best.year is None:
        return None
    near = (one.year for one in cited if one.year and one.score >= _AS_GOOD * best.score)
    return max(near, default=best.year)


def _numbered(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(replace(one, number=place) for place, one in enumerate(citations, 1))


def _note(reading: Reading, others: Sequence[int]) -> str:
    """Return the sentence that names the chosen year and the other ones."""
    texts = texts_for(reading.language)
    period = reading.periods[0]
    year = period.end.year
    date = f"{period.said} {year}"
    if period.start == period.end:
        date = texts.date(period.start.isoformat())
    elif (period.start, period.end) == months(year, period.end.month, period.end.month):
        date = texts.date(period.start.isoformat()[:7])
    if not others:
        return texts.year_taken.format(date=date)
    return texts.year_taken_of.format(date=date, others=", ".join(map(str, others)))
