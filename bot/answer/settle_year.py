"""Which year is meant by a month, day or season that is named without one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.question.reading import in_year
from bot.texts import texts_for
from bot.types import Citation, Reading
from corpus.dates.calendar_names import months

_WORTH_OFFERING: Final = 0.75
"""Share of the best citation's score from which another year is worth asking about."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A question with its year settled, and what was found in order of that."""

    reading: Reading
    citations: tuple[Citation, ...]
    """Those of that year, or of none in particular, numbered from 1."""
    set_aside: tuple[Citation, ...] = ()
    """Those of other years, numbered on."""
    other_years: tuple[int, ...] = ()
    """Those that there are good citations of, the newest first."""
    note: str = ""
    """What the asker is told of this."""


def settle_year(reading: Reading, cited: Sequence[Citation], chosen: int | None) -> Settled:
    """Take the year of the best citation for what the question names without a year.

    Where the asker has `chosen` one, citations of that year come first.
    """
    if chosen is not None:
        return Settled(reading, _numbered(sorted(cited, key=lambda one: one.year != chosen)))
    recurring = [period for period in reading.periods if period.recurring]
    taken = cited[0].year if cited and recurring else None
    if taken is None:
        return Settled(reading, tuple(cited))
    # What was named without a year stays so, for a question that goes on from this one.
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
        if citation.year and citation.score >= _WORTH_OFFERING * cited[0].score
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


def _numbered(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(replace(one, number=place) for place, one in enumerate(citations, 1))


def _note(reading: Reading, others: Sequence[int]) -> str:
    """Return which year was taken, and which others there are."""
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
