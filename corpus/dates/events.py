"""Finds the dates that a text is about, as opposed to its publication date."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from corpus.dates.calendar_names import FULL_MONTHS, MONTHS, SEASONS, any_of
from corpus.dates.calendar_rules import GATHERING
from corpus.dates.periods import ANY_DAY, find_periods, in_year, is_long
from corpus.languages.known import either, merged
from corpus.types import Period

_PARTS: Final = merged(lambda w: w.times.year_parts)
_WEEK: Final = either(lambda w: w.times.week)
_NAMES_DAYS: Final = re.compile(
    rf"\b(?:(?:{any_of(FULL_MONTHS)})(?:{GATHERING}|s?\b)"
    rf"|(?:{any_of([*MONTHS, *SEASONS, *_PARTS])}|(?:19|20)\d\d"
    rf"|{_WEEK}|{either(lambda w: w.times.quarter)})\b)"
)
"""Lower-case words that dates consist of."""
_BEFORE: Final = 32
"""How many characters before such a word can belong to its date."""
_AFTER: Final = 24


def find_events(text: str, near: date | None) -> Iterator[Period]:
    """Yield the periods that a text is about, in order.

    A day, month or season without a year is the one nearest to the day `near`, such as the
    publication date, and skipped if that is None.
    """
    for part in _worth_reading(text):
        for period in find_periods(part, near or ANY_DAY, relative=False):
            if period.recurring:
                if near:
                    yield _nearest(period, near)
            elif not is_long(period):
                yield period


def may_name_days(word: str) -> bool:
    """Return whether a lower-case word can be part of a date."""
    return bool(_NAMES_DAYS.match(word))


def _worth_reading(text: str) -> Iterator[str]:
    """Yield the parts of a text that can contain dates; reading all takes several times longer.

    Words at their edges may be cut, but are too far away to matter.
    """
    start = end = 0
    for name in _NAMES_DAYS.finditer(text.lower()):
        if name.start() - _BEFORE > end:
            if end:
                yield text[start:end]
            start = max(0, name.start() - _BEFORE)
        end = name.end() + _AFTER
    if end:
        yield text[start:end]


def _nearest(period: Period, near: date) -> Period:
    """Return the last occurrence that has begun or the next one, whichever is nearer to a day."""
    latest = in_year(period, period.end.year)
    following = in_year(period, period.end.year + 1)
    return following if following.start - near < near - latest.end else latest
