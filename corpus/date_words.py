"""The words of a text that name days: each rule knows one way to write them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from corpus.calendar_names import (
    FULL_MONTHS,
    MONTHS,
    ORDINALS,
    SEASONS,
    Days,
    day,
    months,
    season_days,
    week_days,
    year_days,
)

Yearly: TypeAlias = Callable[[int], Days | None]
"""Gives the days of what is named without a year, once there is a year."""


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words of a text that name days: certain ones, or ones of a year not said."""

    start: int
    end: int
    meaning: Days | Yearly


def find_date_words(text: str, today: date) -> list[DateWords]:
    """Return the words that name days, in order; of those that overlap the longest."""
    small = text.lower()  # Patterns that need not mind capitals are more than twice as quick.
    if len(small) != len(text):
        small = text  # A few letters of other languages change their length.
    found = [
        DateWords(*match.span(), meaning)
        for pattern, read in _RULES
        for match in pattern.finditer(small)
        if (meaning := read(match, today)) is not None
    ]
    found.sort(key=lambda words: (words.start, -words.end))
    kept: list[DateWords] = []
    for words in found:
        if not kept or words.start >= kept[-1].end:
            kept.append(words)
    return kept


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_ENDING = r"(?::?(?:e|a)|st|nd|rd|th)?(?![\w:])"
_DAY = rf"(?P<day>3[01]|[12]\d|0?[1-9]){_ENDING}"
_TO_DAY = rf"(?:\s?(?:[-–]|och|and|till|to)\s?(?P<to>3[01]|[12]\d|0?[1-9]){_ENDING})?"
_MONTH = rf"(?P<month>{_any_of(MONTHS)})(?!\w)\.?"
GATHERING = "möte|mote|samman|protokoll|rapport|budget|beslut|träff|stämma|avtal|val|nummer|dag"
"""What a month is joined with in one Swedish word, such as "januarimötet"."""
# English "may" and "march" are verbs as well, and months only after words like these.
_MONTH_FOLLOWS = re.compile(
    r"\b(?:in|of|on|last|this|next|since|until|by|during|early|late|mid|before|after|and|to|from"
    r"|between|the|every)[\s-]$",
    re.IGNORECASE,
)
_YEAR_FOLLOWS = re.compile(r",?\s(?:of\s)?(?:19|20)\d\d")
_AMOUNT = r"kr|kronor|miljoner|miljarder|personer|people|sek|euro|dollars?|procent|percent|%"


def _iso_day(match: re.Match[str], _: date) -> Days | Yearly | None:
    return day(int(match["year"]), int(match["month"]), int(match["day"]))


def _iso_month(match: re.Match[str], _: date) -> Days | Yearly | None:
    return months(int(match["year"]), int(match["month"]), int(match["month"]))


def _day_of_month(match: re.Match[str], _: date) -> Days | Yearly | None:
    """Read "15 January", "January 15", "24-26 november"."""
    month, first = MONTHS[match["month"].casefold()], int(match["day"])
    last = int(match["to"] or first)

    def in_year(year: int) -> Days | None:
        start, end = day(year, month, first), day(year, month, last)
        return (start[0], end[1]) if start and end and first <= last else None

    return in_year


def _month(match: re.Match[str], _: date) -> Days | Yearly | None:
    name = match["month"].casefold()
    is_verb = name in ("may", "march") and not (
        _MONTH_FOLLOWS.search(match.string, 0, match.start())
        or _YEAR_FOLLOWS.match(match.string, match.end())
    )
    if is_verb:
        return None
    number = MONTHS[name]
    return lambda year: months(year, number, number)


def _season(match: re.Match[str], _: date) -> Days | Yearly | None:
    first_month = SEASONS[match["season"].casefold()]
    return lambda year: season_days(year, first_month)


def _part_of_year(match: re.Match[str], _: date) -> Days | Yearly | None:
    """Read "Q1", "första kvartalet", "second half"."""
    number = ORDINALS[match["number"].casefold()]
    length = 6 if match["unit"].casefold().startswith("h") else 3
    last = min(number * length, 12)
    return lambda year: months(year, last - length + 1, last)


def _week(match: re.Match[str], _: date) -> Days | Yearly | None:
    number = int(match["number"])
    return lambda year: week_days(year, number)


def _year(match: re.Match[str], _: date) -> Days | Yearly | None:
    return year_days(int(match["year"]))


def _decade(match: re.Match[str], _: date) -> Days | Yearly | None:
    first = int(match["year"])
    return year_days(first)[0], year_days(first + 9)[1]


def _session(match: re.Match[str], _: date) -> Days | Yearly | None:
    """Read "2023/24", a school year or a season over two years."""
    first = int(match["year"])
    follows = (first + 1) % 100 == int(match["to"]) % 100
    return (date(first, 7, 1), date(first + 1, 6, 30)) if follows else None


def _relative_day(match: re.Match[str], today: date) -> Days | Yearly | None:
    word = match["when"].casefold().replace(" ", "")
    shift = {"today": 0, "idag": 0, "yesterday": -1, "igår": -1}.get(word, 1)
    found = today + timedelta(days=shift)
    return found, found


def _relative_unit(match: re.Match[str], today: date) -> Days | Yearly | None:
    """Read "last week", "förra månaden", "this year"."""
    which = match["which"].casefold()
    shift = -1 if which in _PAST else 1 if which in _COMING else 0
    unit = match["unit"].casefold()
    if unit in ("week", "veckan", "vecka"):
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
        return monday, monday + timedelta(days=6)
    if unit in ("month", "månaden", "månad"):
        year, month = divmod(today.year * 12 + today.month - 1 + shift, 12)
        return months(year, month + 1, month + 1)
    return year_days(today.year + shift)


def _swedish_year(match: re.Match[str], today: date) -> Days | Yearly | None:
    return year_days(today.year - (match["when"].casefold().endswith("fjol")))


_PAST = ("last", "förra", "previous", "föregående", "senaste")
_COMING = ("next", "nästa", "kommande", "coming")
_Reader: TypeAlias = Callable[[re.Match[str], date], Days | Yearly | None]
_RULES: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"(?<![\w-]){_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)(?!\d|-\d)", _iso_day),
        (rf"(?<![\w-]){_YEAR}-(?P<month>0[1-9]|1[0-2])(?![\d-])", _iso_month),
        (r"(?<![\w./])(?P<day>\d{1,2})[/.](?P<month>0?[1-9]|1[0-2])[/. -]" + _YEAR, _iso_day),
        (
            rf"(?:\bden\s|\bthe\s)?(?<![\w.,:/-]){_DAY}{_TO_DAY}\.?\s(?:of\s)?{_MONTH}",
            _day_of_month,
        ),
        (rf"\b{_MONTH}\s(?:the\s)?{_DAY}{_TO_DAY}(?!\d|\s?(?:{_AMOUNT})\b)", _day_of_month),
        (rf"\b(?P<month>{_any_of(FULL_MONTHS)})(?:s?(?!\w)|(?={GATHERING}))", _month),
        (rf"\b(?P<month>{_any_of(MONTHS)})\.?(?=\s(?:19|20)\d\d(?!\d))", _month),
        (r"\b(?P<season>våren|sommaren|hösten|vintern|våras|somras|höstas|vintras)s?\b", _season),
        (r"(?<=\bi\s)(?P<season>vår|sommar|höst|vinter)\b", _season),
        (r"\b(?P<season>spring|summer|autumn|winter|fall)(?=,?\s(?:of\s)?(?:19|20)\d\d)", _season),
        (r"(?<=\bthe\s)(?P<season>spring|summer|autumn|winter|fall)\b", _season),
        (r"(?<=\b(?:last|this|next)\s)(?P<season>spring|summer|autumn|winter|fall)\b", _season),
        (r"\b(?P<unit>q|kvartal\s)(?P<number>[1-4])\b", _part_of_year),
        (
            rf"\b(?P<number>{_any_of(ORDINALS)})\s(?P<unit>kvartalet|quarter|halvåret|half)\b",
            _part_of_year,
        ),
        (r"\b(?:vecka|week|v\.)\s?(?P<number>[1-4]?\d|5[0-3])\b", _week),
        (r"\b(?P<when>today|yesterday|tomorrow|i ?dag|i ?går|i ?morgon)\b", _relative_day),
        (
            rf"\b(?P<which>{_any_of((*_PAST, *_COMING, 'this', 'denna', 'den här', 'det här'))})\s"
            r"(?P<unit>week|month|year|veckan?|månad(?:en)?|året?)\b",
            _relative_unit,
        ),
        (r"\b(?P<when>i ?år|i ?fjol)\b", _swedish_year),
        (rf"(?<![\w-]){_YEAR}/(?P<to>\d\d(?:\d\d)?)(?![\w:])", _session),
        (r"\b(?P<year>(?:19|20)\d0)(?:s\b|-talet\b)", _decade),
        (
            rf"(?<![\w:/.,-])(?<!agenda ){_YEAR}(?![\w:/]|[.,]\d|-\d\d\b|\s?(?:{_AMOUNT})(?!\w))",
            _year,
        ),
    )
)
