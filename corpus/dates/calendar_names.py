"""Months, seasons, quarters and weeks: their Swedish and English names, and their days."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeAlias

Days: TypeAlias = tuple[date, date]
"""First and last day, both included."""

_FULL_NAMES = (
    ("januari", "january"),
    ("februari", "february"),
    ("mars", "march"),
    ("april",),
    ("maj", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("augusti", "august"),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("december",),
)
_SHORT_NAMES = (
    ("jan",),
    ("feb", "febr"),
    ("mar",),
    ("apr",),
    (),
    ("jun",),
    ("jul",),
    ("aug",),
    ("sep", "sept"),
    ("okt", "oct"),
    ("nov",),
    ("dec",),
)
FULL_MONTHS = {name: number for number, names in enumerate(_FULL_NAMES, 1) for name in names}
"""Number of a month by its name in small letters."""
MONTHS = FULL_MONTHS | {
    name: number for number, names in enumerate(_SHORT_NAMES, 1) for name in names
}
"""The same with abbreviations, without their full stop."""

SEASONS = {
    **dict.fromkeys(("våren", "vår", "våras", "vårens", "spring"), 3),
    **dict.fromkeys(("sommaren", "sommar", "somras", "sommarens", "summer"), 6),
    **dict.fromkeys(("hösten", "höst", "höstas", "höstens", "autumn", "fall"), 9),
    **dict.fromkeys(("vintern", "vinter", "vintras", "vinterns", "winter"), 12),
}
"""First month of a season by its name in small letters."""

ORDINALS = {
    **dict.fromkeys(("första", "first", "1:a", "1st", "1"), 1),
    **dict.fromkeys(("andra", "second", "2:a", "2nd", "2"), 2),
    **dict.fromkeys(("tredje", "third", "3:e", "3rd", "3"), 3),
    **dict.fromkeys(("fjärde", "fourth", "sista", "last", "4:e", "4th", "4"), 4),
}
"""Number of a quarter or half by its name in small letters."""

_DAYS_SAID = (
    """första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde
    fjortonde femtonde sextonde sjuttonde artonde nittonde tjugonde tjugoförsta tjugoandra
    tjugotredje tjugofjärde tjugofemte tjugosjätte tjugosjunde tjugoåttonde tjugonionde trettionde
    trettioförsta""",
    """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first
    twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth
    twenty-ninth thirtieth thirty-first""",
)
DAYS_SAID = {
    word: number for words in _DAYS_SAID for number, word in enumerate(words.split(), start=1)
}
"""Number of a day of the month by its name."""

WEEKDAYS = {
    name: number
    for names in (
        "måndag tisdag onsdag torsdag fredag lördag söndag",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for number, name in enumerate(names.split())
}
"""Number of a weekday by its name in small letters, Monday 0."""

_NUMBERS = (
    "en två tre fyra fem sex sju åtta nio tio elva tolv",
    "one two three four five six seven eight nine ten eleven twelve",
)
NUMBERS = {
    **{word: number for words in _NUMBERS for number, word in enumerate(words.split(), start=1)},
    "ett": 1,
    "a": 1,
    "couple of": 2,
    "par": 2,
}
"""Small numbers by their names."""


def any_of(names: Iterable[str]) -> str:
    """Return a pattern for one of some names, the longest that fits."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def day(year: int, month: int, number: int) -> Days | None:
    """Return the day, or None where the calendar has no such day."""
    try:
        found = date(year, month, number)
    except ValueError:
        return None
    return found, found


def months(year: int, first: int, last: int) -> Days:
    """Return the days from the first month to the last of a year."""
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def year_days(year: int) -> Days:
    """Return the days of a year."""
    return months(year, 1, 12)


def season_days(year: int, first_month: int) -> Days:
    """Return the days of a season; a winter is named for the year it ends in."""
    if first_month == 12:
        return date(year - 1, 12, 1), months(year, 2, 2)[1]
    return months(year, first_month, first_month + 2)


def week_days(year: int, week: int) -> Days | None:
    """Return the days of a week, numbered as ISO 8601 does."""
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday, monday + timedelta(days=6)


def part_of(days: Days, part: int) -> Days:
    """Return the beginning (0), middle (1) or end (2) of a stretch of days, a third of it."""
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
