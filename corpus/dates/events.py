"""The days that a text speaks of, as against the day on which it was published."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from corpus.dates.calendar_names import FULL_MONTHS, MONTHS, SEASONS, any_of
from corpus.dates.calendar_rules import GATHERING
from corpus.dates.periods import find_periods, in_year
from corpus.languages.known import either, merged
from corpus.types import Period

_PARTS: Final = merged(lambda w: w.times.year_parts)
_WEEK: Final = either(lambda w: w.times.week)
_NAMES_DAYS: Final = re.compile(
    rf"\b(?:(?:{any_of(FULL_MONTHS)})(?:{GATHERING}|s?\b)"
    rf"|(?:{any_of([*MONTHS, *SEASONS, *_PARTS])}|(?:19|20)\d\d"
    rf"|{_WEEK}|{either(lambda w: w.times.quarter)})\b)"
)
"""The words that dates are made of, in small letters."""
_BEFORE: Final = 32
"""Characters in front of such a word that can belong to its date."""
_AFTER: Final = 24

_LONGEST: Final = timedelta(days=366)
"""A longer stretch is an era or a term of office, and no event."""
_ANY_DAY: Final = date(2000, 1, 1)


def find_events(text: str, near: date | None) -> Iterator[Period]:
    """Yield the periods that a text speaks of, in order.

    A day, month or season named without a year is the one nearest to a day, such as that of
    publication, and passed over where that is None.
    """
    for part in _worth_reading(text):
        for period in find_periods(part, near or _ANY_DAY, relative=False):
            if period.recurring:
                if near:
                    yield _nearest(period, near)
            elif period.end - period.start <= _LONGEST:
                yield period


def may_name_days(word: str) -> bool:
    """Tell whether a word, in small letters, is one that dates are made of."""
    return bool(_NAMES_DAYS.match(word))


def _worth_reading(text: str) -> Iterator[str]:
    """Yield the parts of a text in which dates can stand: reading all takes several times longer.

    The words at their edges may be cut, which is too far off to matter.
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
    """Return the latest that has begun or the one that follows, whichever is nearer to a day."""
    latest = in_year(period, period.end.year)
    following = in_year(period, period.end.year + 1)
    return following if following.start - near < near - latest.end else latest
