"""Ways to name days by how far they are from today: "last week", "i fredags", "two years ago"."""

import re
from datetime import date, timedelta
from typing import Final

from corpus.dates.calendar_names import NUMBERS, WEEKDAYS, Days, any_of, months, year_days

_PAST: Final = ("last", "förra", "previous", "föregående", "senaste")
_COMING: Final = ("next", "nästa", "kommande", "coming")
_DAY_SHIFTS: Final = {
    **dict.fromkeys(("today", "idag"), 0),
    **dict.fromkeys(("yesterday", "igår"), -1),
    **dict.fromkeys(("tomorrow", "imorgon"), 1),
    **dict.fromkeys(("iförrgår", "thedaybeforeyesterday"), -2),
    **dict.fromkeys(("iövermorgon", "thedayaftertomorrow"), 2),
}
_YEAR_SHIFTS: Final = {"år": 0, "fjol": -1, "förrförra året": -2, "the year before last": -2}
_UNITS: Final = {
    **dict.fromkeys(("day", "days", "dag", "dagen", "dagar", "dagarna"), "day"),
    **dict.fromkeys(("week", "weeks", "vecka", "veckan", "veckor", "veckorna"), "week"),
    **dict.fromkeys(("month", "months", "månad", "månaden", "månader", "månaderna"), "month"),
    **dict.fromkeys(("year", "years", "år", "året", "åren"), "year"),
}
_NUMBER: Final = rf"(?P<number>\d{{1,2}}|{any_of(NUMBERS)})"
_UNIT: Final = rf"(?P<unit>{any_of(_UNITS)})\b"


def _near_day(match: re.Match[str], today: date) -> Days | None:
    day = today + timedelta(days=_DAY_SHIFTS[match["when"].replace(" ", "")])
    return day, day


def _near_unit(match: re.Match[str], today: date) -> Days | None:
    """Read "last week", "förra månaden", "this year"."""
    shift = -1 if match["which"] in _PAST else 1 if match["which"] in _COMING else 0
    return _unit_of(_shifted(today, _UNITS[match["unit"]], shift), _UNITS[match["unit"]])


def _near_year(match: re.Match[str], today: date) -> Days | None:
    return year_days(today.year + _YEAR_SHIFTS[match["when"]])


def _ago(match: re.Match[str], today: date) -> Days | None:
    """Read "two years ago", "för tre månader sedan": the whole of that year, month, week or day."""
    unit = _UNITS[match["unit"]]
    return _unit_of(_shifted(today, unit, -_number(match["number"])), unit)


def _up_to_now(match: re.Match[str], today: date) -> Days | None:
    """Read "the last two years", "de senaste sex månaderna"."""
    return _shifted(today, _UNITS[match["unit"]], -_number(match["number"])), today


def _weekday(match: re.Match[str], today: date) -> Days | None:
    """Read "i fredags" and "last Friday", before today, and "next Friday", after it."""
    ahead = WEEKDAYS[match["weekday"]] - today.weekday()
    if match["which"] in ("next", "nästa", "på"):
        day = today + timedelta(days=(ahead - 1) % 7 + 1)
    else:
        day = today - timedelta(days=(-ahead - 1) % 7 + 1)
    return day, day


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def _shifted(today: date, unit: str, shift: int) -> date:
    """Return a day some units from today, the last of its month where that has no such day."""
    if unit in ("day", "week"):
        return today + timedelta(days=shift * (7 if unit == "week" else 1))
    whole = today.year * 12 + today.month - 1 + shift * (12 if unit == "year" else 1)
    first, last = months(whole // 12, whole % 12 + 1, whole % 12 + 1)
    return first.replace(day=min(today.day, last.day))


def _unit_of(day: date, unit: str) -> Days:
    """Return the week, month or year that a day is in."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return months(day.year, day.month, day.month)
    return year_days(day.year) if unit == "year" else (day, day)


RELATIVE_RULES: Final = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (
            r"\b(?P<when>today|yesterday|tomorrow|the day before yesterday|the day after tomorrow"
            r"|i ?(?:dag|går|morgon|förrgår|övermorgon))\b",
            _near_day,
        ),
        (
            rf"\b(?P<which>{any_of((*_PAST, *_COMING, 'this', 'denna', 'den här', 'det här'))})\s"
            r"(?P<unit>week|month|year|veckan?|månad(?:en)?|året?)\b",
            _near_unit,
        ),
        (r"\bi ?(?P<when>år|fjol)\b", _near_year),
        (r"\b(?P<when>förrförra året|the year before last)\b", _near_year),
        (rf"\b(?:för\s)?(?:a\s)?{_NUMBER}\s{_UNIT}\s(?:ago|sedan|sen)\b", _ago),
        (
            rf"\b(?:the|de|den|det)\s(?:last|past|senaste)\s{_NUMBER}\s{_UNIT}",
            _up_to_now,
        ),
        (
            rf"\b(?P<which>i)\s(?P<weekday>{any_of(WEEKDAYS)})s\b",
            _weekday,
        ),
        (
            rf"\b(?P<which>last|next|förra|nästa|på)\s(?P<weekday>{any_of(WEEKDAYS)})(?:en)?\b",
            _weekday,
        ),
    )
)
"""Each with what reads its match, given today; for text in small letters."""
