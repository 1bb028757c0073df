"""Finds the periods named in a question or text."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.dates.calendar_names import Days, part_of, session_days, year_days
from corpus.dates.calendar_rules import CALENDAR_RULES, Yearly
from corpus.dates.relative_dates import RELATIVE_RULES
from corpus.languages.known import WORDS, either
from corpus.types import Period

ANY_DAY = date(2000, 1, 1)
"""The day to read dates from where only those count that hold their year."""
_YEAR = timedelta(days=366)
_ARTICLE = either(lambda w: w.times.article)
_INSIDE = either(lambda w: w.times.inside)
_BEFORE_YEAR = re.compile(
    rf"(?:,?\s?(?:{either(lambda w: w.times.of_year)})?\s?|\s)$", re.IGNORECASE
)
_TO = re.compile(
    rf"\s?(?:[-–—]|{either(lambda w: w.times.until)})\s?(?:(?:{_ARTICLE}|{_INSIDE})\s)?$",
    re.IGNORECASE,
)
_AND = re.compile(rf"\s(?:{either(lambda w: w.times.joins)})\s", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"\b(?:{either(lambda w: w.times.between)})\s(?:(?:{_ARTICLE})\s)?$", re.IGNORECASE
)
_SINCE = re.compile(
    rf"\b(?:{either(lambda w: w.times.since)})\s(?:(?:{_ARTICLE}|{_INSIDE})\s)?$", re.IGNORECASE
)
_PREVIOUS = either(lambda w: w.times.previous)
_FOLLOWING = either(lambda w: w.times.following)
_WHICH = re.compile(
    rf"\b(?:(?P<previous>{_PREVIOUS})|(?P<following>{_FOLLOWING})"
    rf"|{either(lambda w: w.times.this)})\s$",
    re.IGNORECASE,
)
_PART = tuple(
    (re.compile(rf"\b(?:{words})[\s-](?:(?:{_ARTICLE})\s)?$", re.IGNORECASE), part)
    for part, words in enumerate(
        (
            either(lambda w: w.times.early),
            either(lambda w: w.times.middle),
            either(lambda w: w.times.late),
        )
    )
)
_WRITTEN = [name for words in WORDS.values() for name in words.times.months_written]
_WRITTEN_SMALL = frozenset(filter(str.islower, _WRITTEN)) - {
    name.lower() for name in _WRITTEN if not name.islower()
}
"""Swedish months that are given names when capitalised: "Maj-Lis", "Maj Frisk"."""
_NAME_FOLLOWS = re.compile(r"[- ][A-ZÅÄÖ][a-zåäöé]")
_PAST_BY_FORM = re.compile(either(lambda w: w.times.past_by_form), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Named:
    """Words that name days: certain ones, or ones without a year."""

    start: int
    end: int
    meaning: Days | Yearly


@dataclass(frozen=True, slots=True)
class _Found:
    """Words with the days they mean."""

    start: int
    end: int
    days: Days
    recurring: bool = False


def find_periods(text: str, today: date, *, relative: bool = True) -> tuple[Period, ...]:
    """Return the periods that a text names, in order.

    A day, month or season without a year is the latest one that has begun by `today`, and marked as
    recurring. Periods relative to today, such as "last week", are only included if `relative`.
    """
    found = _with_years(text, _find_named(text, today, relative=relative), today)
    return tuple(
        Period(*words.days, text[words.start : words.end], words.recurring)
        for words in (_narrowed(text, words, today) for words in _joined(text, found))
    )


def _find_named(text: str, today: date, *, relative: bool) -> list[_Named]:
    """Return the words that name days, in order; the longest of overlapping ones.

    Periods relative to today are only included if `relative`.
    """
    small = text.lower()  # Case-sensitive patterns are more than twice as fast.
    if len(small) != len(text):
        small = text  # Lower-casing changes the length of a few foreign letters.
    found = [
        _Named(*match.span(), meaning)
        for opening, rules in CALENDAR_RULES
        if opening.search(small)
        for pattern, read in rules
        for match in pattern.finditer(small)
        if (meaning := read(match)) is not None and not _is_given_name(text, match)
    ]
    if relative:
        found += [
            _Named(*match.span(), days)
            for pattern, read_from in RELATIVE_RULES
            for match in pattern.finditer(small)
            if (days := read_from(match, today)) is not None
        ]
    found.sort(key=lambda words: (words.start, -words.end))
    kept: list[_Named] = []
    for words in found:
        if not kept or words.start >= kept[-1].end:
            kept.append(words)
    return kept


def _is_given_name(text: str, match: re.Match[str]) -> bool:
    """Whether a match in a text is a person's given name."""
    word = text[match.start() : match.end()]
    return (
        word.istitle()
        and word.lower() in _WRITTEN_SMALL
        and bool(_NAME_FOLLOWS.match(text, match.end()))
    )


def in_year(period: Period, year: int) -> Period:
    """Return the days of a recurring period in the year that it ends in."""
    start_year = year + period.start.year - period.end.year
    start = _within_month(start_year, period.start.month, period.start.day)
    end = _within_month(year, period.end.month, period.end.day)
    if period.start != period.end and (period.end + timedelta(days=1)).day == 1:
        end = _within_month(year, period.end.month, 31)
    return replace(period, start=start, end=end, recurring=False)


def _within_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _with_years(text: str, words: list[_Named], today: date) -> list[_Found]:
    """Add the missing years: said after the words, shared with the next, or the latest."""
    found: list[_Found] = []  # from the last to the first
    for word in reversed(words):
        following = found[-1] if found else None
        gap = text[word.end : following.start] if following else ""
        if isinstance(word.meaning, tuple):
            found.append(_Found(word.start, word.end, word.meaning))
        elif following and _names_year(following) and _BEFORE_YEAR.fullmatch(gap):
            days = _in_said_year(word.meaning, following.days)
            found[-1:] = [_Found(word.start, following.end, days)] if days else [following]
        elif following and _TO.fullmatch(gap):
            days = _not_after(word.meaning, following.days[0])
            found += [_Found(word.start, word.end, days, following.recurring)] if days else []
        else:
            found += _latest(text, word, word.meaning, today)
    return found[::-1]


def _names_year(words: _Found) -> bool:
    first = words.days[0].year
    return words.days in (year_days(first), session_days(first))


def _in_said_year(yearly: Yearly, said: Days) -> Days | None:
    """Return the days in a year, or within a period over two: "winter 2022/23"."""
    first, last = said[0].year, said[1].year
    if first == last:
        return yearly(first)
    both = (yearly(first), yearly(last))
    return next((days for days in both if days and said[0] <= days[0] <= said[1]), None)


def _not_after(yearly: Yearly, limit: date) -> Days | None:
    """Return the days in the year of the limit, or the year before if they come after it."""
    days = yearly(limit.year)
    return yearly(limit.year - 1) if days and days[0] > limit else days


def _latest(text: str, word: _Named, yearly: Yearly, today: date) -> list[_Found]:
    """Return the latest one that has begun, or the one that "last" or "next" refers to."""
    which = _WHICH.search(text, 0, word.start)
    start = which.start() if which else word.start
    every = [days for year in range(today.year - 4, today.year + 5) if (days := yearly(year))]
    over = bool(which and which["previous"])
    past = [days for days in every if (days[1] if over else days[0]) <= today]
    coming = [days for days in every if days[0] > today]
    chosen = coming[:1] if which and which["following"] else past[-1:]
    # "I våras" means last spring, "på våren" any.
    recurring = not which and not _PAST_BY_FORM.fullmatch(text, word.start, word.end)
    return [_Found(start, word.end, days, recurring) for days in chosen]


def _joined(text: str, found: list[_Found]) -> list[_Found]:
    """Join ranges: "from 3 May to 5 June", "between March and May"."""
    joined: list[_Found] = []
    for words in found:
        before = joined[-1] if joined else None
        gap = text[before.end : words.start] if before else ""
        stretch = before and _TO.fullmatch(gap) and before.days[0] <= words.days[0]
        if before and stretch and (not _AND.match(gap) or _BETWEEN.search(text, 0, before.start)):
            days = before.days[0], words.days[1]
            joined[-1] = _Found(before.start, words.end, days, words.recurring)
        else:
            joined.append(words)
    return joined


def _narrowed(text: str, words: _Found, today: date) -> _Found:
    """Apply modifiers before the words: "early", "slutet av", "since"."""
    for pattern, part in _PART:
        if said := pattern.search(text, 0, words.start):
            words = replace(words, start=said.start(), days=part_of(words.days, part))
    if said := _SINCE.search(text, 0, words.start):
        days = words.days[0], max(words.days[1], today)
        words = replace(words, start=said.start(), days=days, recurring=False)
    return words


def is_long(period: Period) -> bool:
    """Tell whether a period is longer than a year: an era or a term of office, and no event."""
    return period.end - period.start > _YEAR


def overlaps(first: date, last: date, period: Period) -> bool:
    """Return whether days overlap a period; for a recurring one, in any year."""
    start, end = period.start, period.end
    if period.recurring:
        years = first.year - start.year
        start, end = _in_other_year(start, years), _in_other_year(end, years)
    return first <= end and start <= last


def _in_other_year(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)
