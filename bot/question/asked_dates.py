"""Interprets dates in a question: open-ended periods, dates that are topics, and names."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from corpus.dates.calendar_names import year_days
from corpus.languages.known import all_of, either
from corpus.types import Period

_ARTICLE: Final = either(lambda w: w.times.article)


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b({words})\s+(?:(?:{_ARTICLE})\s+)?$", re.IGNORECASE)


_AFTER: Final = _before(either(lambda w: w.after))
_BEFORE: Final = _before(either(lambda w: w.before))
FIRST_DAY: Final = date(1, 1, 1)
LAST_DAY: Final = date(9999, 12, 31)
_PLANNED: Final = f"(?:{either(lambda w: w.questions.planned)})"
"""Things made for a year, mostly before or after it, such as budgets."""
_THE_YEAR: Final = either(lambda w: w.questions.the_year)
_BEFORE_YEAR: Final = re.compile(
    rf"\b(?:{either(lambda w: w.questions.for_year)})(?: (?:{_THE_YEAR}))? $"
    rf"|\b{_PLANNED} (?:(?:{either(lambda w: w.questions.of_planned)}) ){{0,2}}$",
    re.IGNORECASE,
)
_BEFORE_COMING_YEAR: Final = re.compile(
    rf"\b(?:{either(lambda w: w.questions.by_year)}) (?:(?:{_THE_YEAR}) )?$", re.IGNORECASE
)
_AFTER_YEAR: Final = re.compile(
    rf"(?:{either(lambda w: w.questions.year_genitive)})?[ -](?:\w+ ){{0,2}}?{_PLANNED}(?!\w)|-\w",
    re.IGNORECASE,
)
_GIVEN_NAMES: Final = frozenset(all_of(lambda w: w.questions.given_months))
_SURNAME: Final = re.compile(r" [A-ZÅÄÖ][a-zåäöé]+")
_TIME_FOLLOWS: Final = re.compile(
    rf"\b(?:{either(lambda w: w.questions.before_time)}|\d+) $", re.IGNORECASE
)


def opened(question: str, period: Period) -> Period:
    """Return a period of a question, open-ended if a word before it says so ("after", "before")."""
    if period.recurring:
        return period
    before = question[: max(question.find(period.said), 0)]
    if said := _AFTER.search(before):
        start = period.end + timedelta(days=1)
        return replace(period, start=start, end=LAST_DAY, said=f"{said[1]} {period.said}")
    if said := _BEFORE.search(before):
        end = period.start - timedelta(days=1)
        return replace(period, start=FIRST_DAY, end=end, said=f"{said[1]} {period.said}")
    return period


def is_topic(question: str, period: Period, today: date) -> bool:
    """Return whether a year is part of the topic rather than the time asked about."""
    if not period.said.isdigit() or (period.start, period.end) != year_days(period.start.year):
        return False
    before, after = _around(question, period)
    coming = period.start > today and _BEFORE_COMING_YEAR.search(before)
    return bool(coming or _BEFORE_YEAR.search(before) or _AFTER_YEAR.match(after))


def is_given_name(question: str, period: Period) -> bool:
    """Return whether a month is a given name, as in "April Andersson"."""
    before, after = _around(question, period)
    return bool(
        period.said.istitle()
        and period.said.lower() in _GIVEN_NAMES
        and _SURNAME.match(after)
        and not _TIME_FOLLOWS.search(before)
    )


def _around(question: str, period: Period) -> tuple[str, str]:
    before, _, after = question.partition(period.said)
    return before, after
