"""Rules for calendar dates in lower-case text, one per notation."""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from corpus.dates.calendar_names import (
    DAYS_SAID,
    FULL_MONTHS,
    MONTHS,
    ORDINALS,
    SEASONS,
    Days,
    any_of,
    day,
    months,
    season_days,
    session_days,
    week_days,
    year_days,
)
from corpus.dates.feasts import FEASTS
from corpus.languages.known import all_of, either, merged

Yearly: TypeAlias = Callable[[int], Days | None]
"""Gives the days of a date without a year, for a given year."""

_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_ENDING = rf"(?:{either(lambda w: w.times.day_endings)})?(?![\w:])"
_DAY = rf"(?P<day>3[01]|[12]\d|0?[1-9]){_ENDING}"
_TO_DAY = (
    rf"(?:\s?(?:[-–]|{either(lambda w: w.times.day_to)})\s?"
    rf"(?P<to>3[01]|[12]\d|0?[1-9]){_ENDING})?"
)
_MONTH = rf"(?P<month>{any_of(MONTHS)})(?!\w)\.?"
GATHERING = either(lambda w: w.times.joined_month)
"""What a month is compounded with, such as "januarimötet"."""
_VERB_MONTHS = frozenset(all_of(lambda w: w.times.verb_months))
_MONTH_FOLLOWS = re.compile(rf"\b(?:{either(lambda w: w.times.before_month)})[\s-]$")
_OF = rf"(?:(?:{either(lambda w: w.times.of_month)})\s)?"
_BEFORE_ITS_YEAR = rf",?\s(?:(?:{either(lambda w: w.times.of_year)})\s)?"
_YEAR_FOLLOWS = re.compile(rf",?\s{_OF}(?:19|20)\d\d")
_NUMBERED = re.compile(rf"(?:\b(?:{either(lambda w: w.times.before_number)})\b|[§#])[.:]?\s?$")
"""Words before a number within a year, such as "meeting 7/2023"."""
_AMOUNT = f"{either(lambda w: w.times.amounts)}|%"
_ARTICLE = rf"(?:{either(lambda w: w.times.article)})\s"
_TERMS = merged(lambda w: w.times.terms)
_YEAR_PARTS = merged(lambda w: w.times.year_parts)
_LETTERED_PARTS = {"q": 3, "h": 6}
_WEEK = either(lambda w: w.times.week)
_WEEK_LETTER = either(lambda w: w.times.week_letter)
_DECADE = either(lambda w: w.times.decade_ending)
_QUARTER = either(lambda w: w.times.quarter)


def _full_day(match: re.Match[str]) -> Days | Yearly | None:
    year = int(match["year"])
    return day(year if year > 99 else 2000 + year, int(match["month"]), int(match["day"]))


def _short_day(match: re.Match[str]) -> Days | Yearly | None:
    """Parse "14/1"."""
    month, number = int(match["month"]), int(match["day"])
    return lambda year: day(year, month, number)


def _full_month(match: re.Match[str]) -> Days | Yearly | None:
    """Parse "2023-07"; after certain words "7/2023" is number 7 of that year, not a month."""
    if "/" in match[0] and _NUMBERED.search(match.string, 0, match.start()):
        return year_days(int(match["year"]))
    return months(int(match["year"]), int(match["month"]), int(match["month"]))


def _day_of_month(match: re.Match[str]) -> Days | Yearly | None:
    """Parse "15 January", "January 15", "24-26 november"."""
    month, first = MONTHS[match["month"]], int(match["day"])
    last = int(match["to"] or first)

    def in_year(year: int) -> Days | None:
        start, end = day(year, month, first), day(year, month, last)
        return (start[0], end[1]) if start and end and first <= last else None

    return in_year


def _said_day(match: re.Match[str]) -> Days | Yearly | None:
    """Parse "the third of March", "första maj"."""
    month, number = MONTHS[match["month"]], DAYS_SAID[match["day"]]
    return lambda year: day(year, month, number)


def _feast(match: re.Match[str]) -> Days | Yearly | None:
    """Parse "julafton 2022", "Good Friday 2024"."""
    day_in = FEASTS[match["feast"].replace("’", "'")]
    return lambda year: (day_in(year), day_in(year))


def _month(match: re.Match[str]) -> Days | Yearly | None:
    name = match["month"]
    is_verb = name in _VERB_MONTHS and not (
        _MONTH_FOLLOWS.search(match.string, 0, match.start())
        or _YEAR_FOLLOWS.match(match.string, match.end())
    )
    if is_verb:
        return None
    number = MONTHS[name]
    return lambda year: months(year, number, number)


def _season(match: re.Match[str]) -> Days | Yearly | None:
    first_month = SEASONS[match["season"]]
    return lambda year: season_days(year, first_month)


def _part_of_year(match: re.Match[str]) -> Days | Yearly | None:
    """Parse "Q1", "första kvartalet", "second half"."""
    number = ORDINALS[match["number"]]
    length = _YEAR_PARTS.get(match["unit"]) or _LETTERED_PARTS.get(match["unit"], 3)
    last = min(number * length, 12)
    return lambda year: months(year, last - length + 1, last)


def _part_of_said_year(match: re.Match[str]) -> Days | Yearly | None:
    """Parse "2024 Q1"."""
    part = _part_of_year(match)
    return part(int(match["year"])) if callable(part) else part


def _week(match: re.Match[str]) -> Days | Yearly | None:
    number = int(match["number"])
    return lambda year: week_days(year, number)


def _week_of_said_year(match: re.Match[str]) -> Days | Yearly | None:
    """Parse "2024-W03", "2024 v. 3"."""
    return week_days(int(match["year"]), int(match["number"]))


def _term(match: re.Match[str]) -> Days | Yearly | None:
    """Parse "spring term", "höstterminen": the half-year that it is in."""
    first = _TERMS[match["term"]]
    return lambda year: months(year, first, first + 5)


def _term_of_short_year(match: re.Match[str]) -> Days | Yearly | None:
    """Parse "VT25"."""
    term = _term(match)
    return term(2000 + int(match["year"])) if callable(term) else term


def _year(match: re.Match[str]) -> Days | Yearly | None:
    return year_days(int(match["year"]))


def _decade(match: re.Match[str]) -> Days | Yearly | None:
    """Parse "the 1990s", "90-talet"."""
    first = int(match["year"])
    first += 1900 if first < 100 else 0
    return year_days(first)[0], year_days(first + 9)[1]


def _session(match: re.Match[str]) -> Days | Yearly | None:
    """Parse "2023/24" or "2023-24", a school year or other period over two years."""
    first = int(match["year"])
    first += 2000 if first < 100 else 0
    follows = (first + 1) % 100 == int(match["to"]) % 100
    return session_days(first) if follows else None


_Reader: TypeAlias = Callable[[re.Match[str]], Days | Yearly | None]


def _rules(*pairs: tuple[str, _Reader]) -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    return tuple((re.compile(pattern), reader) for pattern, reader in pairs)


_WITH_MONTH: Final = _rules(
    (
        rf"(?:\b{_ARTICLE})?(?<![\w.,:/-]){_DAY}{_TO_DAY}\.?\s{_OF}{_MONTH}",
        _day_of_month,
    ),
    (rf"\b{_MONTH}\s(?:{_ARTICLE})?{_DAY}{_TO_DAY}(?!\d|\s?(?:{_AMOUNT})\b)", _day_of_month),
    (
        rf"(?:\b{_ARTICLE})?\b(?P<day>{any_of(DAYS_SAID)})\s{_OF}"
        rf"(?P<month>{any_of(FULL_MONTHS)})\b",
        _said_day,
    ),
    (rf"\b(?P<month>{any_of(FULL_MONTHS)})(?:s?(?!\w)|(?={GATHERING}))", _month),
    (rf"\b(?P<month>{any_of(MONTHS)})\.?(?=\s(?:19|20)\d\d(?!\d))", _month),
)
_WITH_YEAR: Final = _rules(
    (rf"(?<![\w-]){_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)(?!\d|-\d)", _full_day),
    (rf"(?<![\w-]){_YEAR}/(?P<month>0?[1-9]|1[0-2])/(?P<day>\d\d?)(?!\d|/)", _full_day),
    (r"(?<![\w-])(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?![\d-])", _full_day),
    (r"(?<![\w./])(?P<day>\d{1,2})\.(?P<month>0?[1-9]|1[0-2])[. -]" + _YEAR, _full_day),
    (r"(?<![\w./])(?P<day>\d{1,2})/(?P<month>0?[1-9]|1[0-2])[. -]" + _YEAR, _full_day),
    # With slashes or dashes either number may be the month: parsed only if just one of them can be.
    (
        r"(?<![\w./-])(?P<day>1[3-9]|2\d|3[01]|0?(\d)(?=([/-])0?\2\3))([/-])"
        r"(?P<month>0?[1-9]|1[0-2])\4" + _YEAR,
        _full_day,
    ),
    (
        r"(?<![\w./-])(?P<month>0?[1-9]|1[0-2])([/-])(?P<day>1[3-9]|2\d|3[01])\2" + _YEAR,
        _full_day,
    ),
    (
        rf"(?<!\w){_YEAR}[\s-]?(?:w|{_WEEK_LETTER})\.?\s?(?P<number>0?[1-9]|[1-4]\d|5[0-3])(?!\w)",
        _week_of_said_year,
    ),
    (rf"(?<![\w-]){_YEAR}-(?P<month>0[1-9]|1[0-2])(?![\d-])", _full_month),
    (rf"(?<![\w/.-])(?P<month>0?[1-9]|1[0-2])/{_YEAR}(?![\d/])", _full_month),
    (rf"(?<!\w){_YEAR}\s(?P<unit>q|h)(?P<number>[1-4])\b", _part_of_said_year),
    (rf"(?<![\w-]){_YEAR}[/–-](?P<to>\d\d(?:(?<=/\d\d)\d\d)?)(?![\w:/–-])", _session),
    (rf"\b(?P<year>(?:19|20)\d0)(?:{_DECADE})\b", _decade),
    (
        rf"(?<![\w:/.,-])(?<!agenda ){_YEAR}(?![\w:/]|[.,]\d|-\d\d\b|\s?(?:{_AMOUNT})(?!\w))",
        _year,
    ),
)
_WITH_SEASON: Final = _rules(
    *((pattern, _season) for pattern in all_of(lambda w: w.times.seasons_said))
)
_FEAST = any_of(FEASTS).replace("'", "['’]")
_WITH_FEAST: Final = _rules(
    # Without a year it usually means every year.
    (rf"\b(?P<feast>{_FEAST})(?={_BEFORE_ITS_YEAR}(?:19|20)\d\d(?!\d))", _feast),
)
_WITH_TERM: Final = _rules(
    *((pattern, _term) for pattern in all_of(lambda w: w.times.terms_said)),
    (
        rf"\b(?P<term>{either(lambda w: w.times.short_terms)})[\s-]?(?P<year>[0-4]\d)\b",
        _term_of_short_year,
    ),
)
_WITH_NUMBER: Final = _rules(
    (rf"\b(?:{_WEEK}|(?:{_WEEK_LETTER})\.)\s?(?P<number>[1-4]?\d|5[0-3])\b", _week),
    (rf"\b(?:(?P<unit>q)|(?:{_QUARTER})\s)(?P<number>[1-4])\b", _part_of_year),
    (r"\b(?P<unit>h)(?P<number>[12])\b(?=\s(?:19|20)\d\d)", _part_of_year),
    (
        r"(?<![\w./,:-])(?P<day>3[01]|[12]\d|0?[1-9])/(?P<month>1[0-2]|0?[1-9])"
        r"(?:[-/](?P<year>\d\d))(?![\w/:-])",
        _full_day,
    ),
    (
        rf"(?<![\w./,:-])(?:{_ARTICLE})?(?P<day>3[01]|[12]\d|0?[1-9])/(?P<month>1[0-2]|0?[1-9])"
        rf"(?![\w/:-]|\s(?:{either(lambda w: w.times.part_of)})\b)",
        _short_day,
    ),
    (
        rf"\b(?:{either(lambda w: w.times.session)})\s(?P<year>\d\d)/"
        r"(?P<to>\d\d)\b",
        _session,
    ),
    *((pattern, _decade) for pattern in all_of(lambda w: w.times.short_decades)),
)
_WITH_ORDINAL: Final = _rules(
    (
        rf"\b(?P<number>{any_of(ORDINALS)})\s(?P<unit>{any_of(_YEAR_PARTS)})\b",
        _part_of_year,
    ),
)
CALENDAR_RULES: Final = tuple(
    (re.compile(opening), rules)
    for opening, rules in (
        (rf"\b(?:{any_of(MONTHS)})", _WITH_MONTH),
        (r"(?:19|20)\d\d", _WITH_YEAR),
        (rf"\b(?:{any_of(SEASONS)})", _WITH_SEASON),
        (rf"\b(?:{any_of(_TERMS)})", _WITH_TERM),
        (rf"\b(?:{_FEAST})", _WITH_FEAST),
        (
            rf"\d/\d|\d0(?:{_DECADE})|\b(?:{_WEEK}|(?:{_WEEK_LETTER})\.|[qh]\d|{_QUARTER})",
            _WITH_NUMBER,
        ),
        (rf"\b(?:{any_of(_YEAR_PARTS)})\b", _WITH_ORDINAL),
    )
)
"""Groups of rules, each with a pattern that a text must contain for any of them to match."""
