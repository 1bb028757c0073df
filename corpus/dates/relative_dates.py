"""Rules for dates relative to today: "last week", "i fredags", "two years ago"."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from corpus.dates.calendar_names import NUMBERS, WEEKDAYS, Days, any_of, months, year_days
from corpus.languages.known import WORDS, all_of, either, merged

_PAST: Final = all_of(lambda w: w.times.last_unit)
_COMING: Final = all_of(lambda w: w.times.next_unit)
_THIS: Final = all_of(lambda w: w.times.this_unit)
_NEAR_DAYS: Final = merged(lambda w: w.times.near_days)
_NEAR_YEARS: Final = merged(lambda w: w.times.near_years)
_UNITS: Final = {
    name: unit
    for words in WORDS.values()
    for unit, names in zip(("day", "week", "month", "year"), words.times.units, strict=True)
    for name in names.split()
}
_NUMBER: Final = rf"(?P<number>\d{{1,2}}|{any_of(NUMBERS)})"
_UNIT: Final = rf"(?P<unit>{any_of(_UNITS)})\b"
_WEEKDAY: Final = f"(?P<weekday>{any_of(WEEKDAYS)})"


def _spaced(names: Iterable[str]) -> str:
    """Return a pattern for names whose spaces may be missing."""
    return any_of(names).replace(r"\ ", " ?")


def _shift(shifts: Mapping[str, int], said: str) -> int:
    return next(
        shift for name, shift in shifts.items() if name.replace(" ", "") == said.replace(" ", "")
    )


def _near_day(match: re.Match[str], today: date) -> Days | None:
    day = today + timedelta(days=_shift(_NEAR_DAYS, match["when"]))
    return day, day


def _near_unit(match: re.Match[str], today: date) -> Days | None:
    """Parse "last week", "förra månaden", "this year"."""
    shift = -1 if match["which"] in _PAST else 1 if match["which"] in _COMING else 0
    return _unit_of(_shifted(today, _UNITS[match["unit"]], shift), _UNITS[match["unit"]])


def _near_year(match: re.Match[str], today: date) -> Days | None:
    return year_days(today.year + _shift(_NEAR_YEARS, match["when"]))


def _ago(match: re.Match[str], today: date) -> Days | None:
    """Parse "two years ago", "för tre månader sedan": that whole year, month, week or day."""
    unit = _UNITS[match["unit"]]
    return _unit_of(_shifted(today, unit, -_number(match["number"])), unit)


def _up_to_now(match: re.Match[str], today: date) -> Days | None:
    """Parse "the last two years", "de senaste sex månaderna"."""
    return _shifted(today, _UNITS[match["unit"]], -_number(match["number"])), today


def _last_weekday(match: re.Match[str], today: date) -> Days | None:
    """Parse "i fredags", "last Friday"."""
    day = today - timedelta(days=(today.weekday() - WEEKDAYS[match["weekday"]] - 1) % 7 + 1)
    return day, day


def _next_weekday(match: re.Match[str], today: date) -> Days | None:
    """Parse "på fredag", "next Friday"."""
    day = today + timedelta(days=(WEEKDAYS[match["weekday"]] - today.weekday() - 1) % 7 + 1)
    return day, day


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def _shifted(today: date, unit: str, shift: int) -> date:
    """Return a day some units from today; the last of the month if that is shorter."""
    if unit in ("day", "week"):
        return today + timedelta(days=shift * (7 if unit == "week" else 1))
    whole = today.year * 12 + today.month - 1 + shift * (12 if unit == "year" else 1)
    first, last = months(whole // 12, whole % 12 + 1, whole % 12 + 1)
    return first.replace(day=min(today.day, last.day))


def _unit_of(day: date, unit: str) -> Days:
    """Return the week, month or year that contains a day."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return months(day.year, day.month, day.month)
    return year_days(day.year) if unit == "year" else (day, day)


RELATIVE_RULES: Final = tuple(
    (re.compile(rf"\b{pattern}\b"), reader)
    for pattern, reader in (
        (rf"(?P<when>{_spaced(_NEAR_DAYS)})", _near_day),
        (
            rf"(?P<which>{any_of((*_PAST, *_COMING, *_THIS))})\s"
            rf"(?P<unit>{either(lambda w: w.times.near_units)})",
            _near_unit,
        ),
        (rf"(?P<when>{_spaced(_NEAR_YEARS)})", _near_year),
        (
            rf"(?:(?:{either(lambda w: w.times.before_ago)})\s)?{_NUMBER}\s{_UNIT}\s"
            rf"(?:{either(lambda w: w.times.ago)})",
            _ago,
        ),
        (rf"(?:{either(lambda w: w.times.last_few)})\s{_NUMBER}\s{_UNIT}", _up_to_now),
        *((p.format(_WEEKDAY), _last_weekday) for p in all_of(lambda w: w.times.last_weekday)),
        *((p.format(_WEEKDAY), _next_weekday) for p in all_of(lambda w: w.times.next_weekday)),
    )
)
"""Patterns for lower-case text, each with a function from match and today to days."""
