"""When what is found happened, and which event a question means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.languages.base import compiled
from corpus.languages.roles import WORDS
from corpus.structure.sections import section_at
from corpus.types import Document, Period, Span
from embeddings.index.passage_dates import days_of

_LATEST: Final = "|".join(words.latest for words in WORDS.values())
_FIRST: Final = "|".join(words.first for words in WORDS.values())
_EVENT: Final = "|".join(words.event for words in WORDS.values())
# "The latest board meeting": the event stands at most two words after.
_ORDERED: Final = compiled(
    rf"(?:(?P<latest>{_LATEST})|(?P<first>{_FIRST}))\s+(?:\S+\s+){{0,2}}?(?:{_EVENT})"
)
_AN_EVENT: Final = compiled(_EVENT)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Which of several events a question asks about."""

    is_event: bool
    """Whether it speaks of a meeting or the like at all."""
    latest: bool = False
    first: bool = False


def occasion_of(question: str) -> Occasion:
    """Return which event a question means, as far as it says so without a date."""
    ordered = _ORDERED.search(question)
    return Occasion(
        is_event=bool(_AN_EVENT.search(question)),
        latest=bool(ordered and ordered["latest"]),
        first=bool(ordered and ordered["first"]),
    )


def days_at(document: Document, offset: int) -> tuple[date, date] | None:
    """Return the days of what a place in a document tells of, else when it was published."""
    section = section_at(document, offset)
    if section and section.time:
        first, last = section.time
        return date.fromisoformat(first), date.fromisoformat(last)
    return days_of(document.published)


def is_within(days: tuple[date, date], periods: Sequence[Period]) -> bool:
    """Whether days touch one of some periods; one that recurs, in any year."""
    return any(_touches(days, period) for period in periods)


def _touches(days: tuple[date, date], period: Period) -> bool:
    start, end = period.start, period.end
    if period.recurring:
        moved = days[0].year - start.year
        start, end = _moved(start, moved), _moved(end, moved)
    return days[0] <= end and start <= days[1]


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)


def stretches_within(document: Document, periods: Sequence[Period]) -> list[Span]:
    """Return the stretches of a document that tell of one of some periods, largest first.

    Where a section has no time of its own, that of what is around it counts.
    """
    whole = (0, len(document.text))
    if not periods:
        return [whole]
    dated = [one for one in document.sections if one.time]
    fitting = [
        (one.start, one.end) for one in dated if one.time and is_within(_days(one.time), periods)
    ]
    if dated:
        return fitting
    published = days_of(document.published)
    return [whole] if published and is_within(published, periods) else []


def _days(time: tuple[str, str]) -> tuple[date, date]:
    return date.fromisoformat(time[0]), date.fromisoformat(time[1])
