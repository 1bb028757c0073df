"""Whether two documents tell of one event."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from corpus.types import Period
from embeddings.index.passage_dates import days_of

_PEOPLE_SHARED: Final = 2
"""People whom two documents both name, from which they can tell of one event."""
_DAYS_APART: Final = 7


def is_same_event(
    shared: Collection[str], first: str | None, other: str | None, periods: Sequence[Period]
) -> bool:
    """Whether two documents share people, and no date speaks against their being of one event.

    `shared` are the people that both name, `first` and `other` their dates of publication, and
    `periods` the times that are asked for.
    """
    if len(shared) < _PEOPLE_SHARED:
        return False
    days = days_of(other)
    if days is None:
        return True
    own = days_of(first)
    if not periods:
        return own is None or _apart(days, own) <= _DAYS_APART
    return any(_apart(days, (period.start, period.end)) <= 0 for period in periods)


def _apart(days: tuple[date, date], others: tuple[date, date]) -> int:
    """Return the days between two stretches of days; 0 or less where they touch."""
    return max((days[0] - others[1]).days, (others[0] - days[1]).days)
