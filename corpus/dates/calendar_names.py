"""Names of months, seasons, quarters and weeks in all languages, and their days."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Final, TypeAlias

from corpus.languages.known import WORDS, merged
from corpus.languages.time_words import TimeWords

Days: TypeAlias = tuple[date, date]
"""First and last day, both included."""


def _numbered(names: Callable[[TimeWords], Iterable[str]], first: int = 1) -> dict[str, int]:
    """Return the position of each name in the languages' lists; a space separates synonyms."""
    return {
        name: number
        for words in WORDS.values()
        for number, same in enumerate(names(words.times), first)
        for name in same.split()
    }


FULL_MONTHS: Final = _numbered(lambda times: times.months)
"""Number of a month by its lower-case name."""
MONTHS: Final = FULL_MONTHS | _numbered(lambda times: times.short_months)
"""The same including abbreviations, without a full stop."""
SEASONS: Final = {
    name: number * 3 for name, number in _numbered(lambda times: times.seasons).items()
}
"""First month of a season by its lower-case name."""
ORDINALS: Final = _numbered(lambda times: times.ordinals) | {str(n): n for n in range(1, 5)}
"""Number of a quarter or half-year by its lower-case name."""
DAYS_SAID: Final = _numbered(lambda times: times.days_said.split())
"""Number of a day of the month by its name."""
WEEKDAYS: Final = _numbered(lambda times: times.weekdays.split(), 0)
"""Number of a weekday by its lower-case name; Monday is 0."""
NUMBERS: Final = merged(lambda words: words.times.numbers)
"""Small numbers by name."""


def any_of(names: Iterable[str]) -> str:
    """Return a pattern for one of several names, longest first."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def day(year: int, month: int, number: int) -> Days | None:
    """Return the date, or None if the calendar has no such day."""
    try:
        found = date(year, month, number)
    except ValueError:
        return None
    return found, found


def months(year: int, first: int, last: int) -> Days:
    """Return the days from the first to the last month of a year."""
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def year_days(year: int) -> Days:
    """Return the days of a year."""
    return months(year, 1, 12)


def season_days(year: int, first_month: int) -> Days:
    """Return the days of a season; a winter is named after the year it ends in."""
    if first_month == 12:
        return date(year - 1, 12, 1), months(year, 2, 2)[1]
    return months(year, first_month, first_month + 2)


def session_days(first: int) -> Days:
    """Return the days of a school year, or another period over two years, from its first year."""
    return date(first, 7, 1), date(first + 1, 6, 30)


def week_days(year: int, week: int) -> Days | None:
    """Return the days of an ISO 8601 week."""
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday, monday + timedelta(days=6)


def part_of(days: Days, part: int) -> Days:
    """Return the first (0), middle (1) or last (2) third of a period."""
    first, last = days
    if days == year_days(first.year):
        return months(first.year, part * 4 + 1, part * 4 + 4)
    third = timedelta(days=((last - first).days + 1) // 3)
    one_day = timedelta(days=1)
    thirds = (
        (first, first + third - one_day),
        (first + third, last - third),
        (last - third + one_day, last),
    )
    return thirds[part] if third else days
