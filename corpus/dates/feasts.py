"""Holidays by name, and their date in a year."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final, TypeAlias

from corpus.languages.known import merged

DayOfYear: TypeAlias = Callable[[int], date]


def easter(year: int) -> date:
    """Return Easter Sunday.

    Source: the anonymous Gregorian algorithm in Meeus, "Astronomical Algorithms", 1991, chapter 8.
    """
    century, of_century = divmod(year, 100)
    golden = year % 19
    skipped = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + skipped + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def midsummer(year: int) -> date:
    """Return the Friday from 19 to 25 June."""
    first = date(year, 6, 19)
    return first + timedelta(days=(4 - first.weekday()) % 7)


def _fixed(month: int, day: int) -> DayOfYear:
    return lambda year: date(year, month, day)


def _counted(start: DayOfYear, feasts: Mapping[str, int]) -> dict[str, DayOfYear]:
    def after(days: int) -> DayOfYear:
        return lambda year: start(year) + timedelta(days=days)

    return {name: after(days) for name, days in feasts.items()}


FEASTS: Final[Mapping[str, DayOfYear]] = {
    **{name: _fixed(*day) for name, day in merged(lambda w: w.times.feasts).items()},
    **_counted(easter, merged(lambda w: w.times.easter_feasts)),
    **_counted(midsummer, merged(lambda w: w.times.midsummer_feasts)),
}
"""The date of each holiday by its lower-case name."""
