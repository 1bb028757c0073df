"""Publication dates of documents, and the dates that their passages are about."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.dates.calendar_names import Days
from corpus.dates.events import find_events, may_name_days
from corpus.dates.periods import in_year
from corpus.types import Passage, Period
from corpus.words import split_words
from embeddings.types import Source, Vectors

_FIRST_YEAR: Final = 1900
_TO_COME: Final = 2
"""A recurring period also counts this many years after the latest date."""
_PUBLISHED: Final = 0.98
"""Weight of being published in a period, where being about it counts 1."""
_HALF: Final = 0.5
_MONTH: Final = 31
"""A publication this many days outside a period still counts half."""

_NO_EVENTS: Final = np.empty((0, 2), dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Timing:
    """How passages relate to the times in a question."""

    nearness: Vectors
    """1 for being about it, slightly less for being published then, 0.5 for near or unknown dates,
    otherwise 0."""
    years: NDArray[np.int32]
    """The year in which a passage matches the time; 0 for none."""


def time_passages(
    published: NDArray[np.int32],
    events: NDArray[np.int32],
    owners: NDArray[np.intp],
    periods: Sequence[Period],
) -> Timing:
    """Return how passages relate to the periods of a question.

    `published` has the first and last possible publication day of each passage, and `events` those
    of what the passages in `owners` are about, as ordinals, 0 if unknown.
    """
    nearness = np.zeros(len(published), dtype=np.float32)
    years = np.zeros(len(published), dtype=np.int32)
    for period in periods:
        near, when = _published_in(published, period)
        spoken, spoken_when = _compare(events, _occurrences(period, whole_months=False))
        np.maximum.at(near, owners, spoken)
        # The latest matching event determines the year.
        deciding = np.flatnonzero((spoken > 0) & (spoken == near[owners]))
        deciding = deciding[np.argsort(spoken_when[deciding], kind="stable")]
        when[owners[deciding]] = spoken_when[deciding]
        nearness = np.maximum(nearness, near)
        years = np.where(years > 0, years, when)
    return Timing(nearness, years)


def _published_in(
    published: NDArray[np.int32], period: Period
) -> tuple[Vectors, NDArray[np.int32]]:
    """Return how near publications are to a period, and in which year they are within it."""
    times = _occurrences(period, whole_months=True)
    overlaps, years = _compare(published, times)
    near = np.where(overlaps > 0, np.float32(_PUBLISHED), np.float32(0))
    if not period.recurring:
        away = np.maximum(published[:, 0] - times[0, 1], times[0, 0] - published[:, 1])
        near[(away > 0) & (away <= _MONTH)] = _HALF
    near[published[:, 0] == 0] = _HALF
    return near, years


def _compare(
    days: NDArray[np.int32], times: NDArray[np.int32]
) -> tuple[Vectors, NDArray[np.int32]]:
    """Return 1 for days within one of the times, 0.5 for an overlap, otherwise 0; and the year.

    `times` are sorted and a year apart.
    """
    latest = np.searchsorted(times[:, 0], days[:, 1], side="right") - 1
    starts, ends = times[np.maximum(latest, 0)].T
    overlaps = (latest >= 0) & (days[:, 0] <= ends)
    within = overlaps & (starts <= days[:, 0]) & (days[:, 1] <= ends)
    values = _HALF * (overlaps.astype(np.float32) + within)
    first_year = date.fromordinal(int(times[0, 1])).year
    return values, np.where(overlaps, first_year + latest, 0).astype(np.int32)


@lru_cache(maxsize=16)  # Each language's passages are compared with the same ones.
def _occurrences(period: Period, *, whole_months: bool) -> NDArray[np.int32]:
    """Return first and last day of a period; for a recurring one, those of every year."""
    if not period.recurring:
        return np.array([(period.start.toordinal(), period.end.toordinal())], dtype=np.int32)
    if whole_months:
        last = monthrange(period.end.year, period.end.month)[1]
        period = replace(
            period, start=period.start.replace(day=1), end=period.end.replace(day=last)
        )
    each = [in_year(period, year) for year in range(_FIRST_YEAR, period.end.year + _TO_COME + 1)]
    return np.array([(one.start.toordinal(), one.end.toordinal()) for one in each], dtype=np.int32)


def days_of(published: str | None) -> tuple[date, date] | None:
    """Return the first and last day of a date such as 2023, 2023-03 or 2023-03-21."""
    if published is None:
        return None
    year, month, day = (*(int(part) for part in published.split("-")), 0, 0)[:3]
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not day:
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(days=1)
    return date(year, month, day), date(year, month, day)


class EventFinder:
    """Finds the dates that passages are about; a document's passages must come in order."""

    def __init__(self) -> None:
        self._nameless: set[str] = set()
        """Words that are part of no date."""
        self._path = ""
        self._near: date | None = None
        self._over = ""
        self._over_it: frozenset[Days] = frozenset()
        """The events in the title and headings of the passage before."""

    def find(
        self, source: Source, passage: Passage, words: Sequence[Sequence[str]]
    ) -> NDArray[np.int32]:
        """Return first and last day of each event, as ordinals; shape (events, 2).

        `words` are those of each unit. The times of a passage's sections are events of it, and
        dates without a year are taken to be near them. An undated document counts as written on the
        last full date it has named so far.
        """
        times = [
            (date.fromisoformat(first), date.fromisoformat(last)) for first, last in passage.times
        ]
        over = f"{source.title}. {passage.heading}"
        if source.path != self._path:
            published = days_of(source.published)
            self._path, self._over = source.path, ""
            self._near = published and published[0] + (published[1] - published[0]) // 2
        if times:
            self._near = times[0][0]
        if over != self._over:
            self._over = over
            self._over_it = frozenset(self._events(over, split_words(over)))
        found = {*self._over_it, *times}
        for text, said in zip(passage.unit_texts(), words, strict=True):
            for first, last in self._events(text, said):
                found.add((first, last))
                if source.published is None and first == last:
                    self._near = first
        if not found:
            return _NO_EVENTS
        ordinals = [(first.toordinal(), last.toordinal()) for first, last in sorted(found)]
        return np.array(ordinals, dtype=np.int32)

    def _events(self, text: str, words: Sequence[str]) -> Iterator[Days]:
        """Yield the days of events; texts that can't contain a date are skipped."""
        if self._nameless.issuperset(words):
            return
        unknown = [word for word in words if word not in self._nameless]
        naming = [word for word in unknown if may_name_days(word)]
        self._nameless.update(set(unknown).difference(naming))
        if naming:
            for event in find_events(text, self._near):
                yield event.start, event.end
