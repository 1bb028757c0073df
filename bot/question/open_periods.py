"""Times that a question leaves open at one end: "after 2023", "före den 3 maj"."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from corpus.languages.known import either
from corpus.types import Period

_ARTICLE: Final = either(lambda w: w.times.article)


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b({words})\s+(?:(?:{_ARTICLE})\s+)?$", re.IGNORECASE)


_AFTER: Final = _before(either(lambda w: w.after))
_BEFORE: Final = _before(either(lambda w: w.before))
_LONGEST: Final = timedelta(days=366)
FIRST_DAY: Final = date(1, 1, 1)
LAST_DAY: Final = date(9999, 12, 31)


def opened(question: str, period: Period) -> Period:
    """Return a period that a question names, open at one end where a word before it says so."""
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


def is_open(period: Period) -> bool:
    """Tell whether a period has no end or beginning, or reaches over years."""
    return period.end - period.start > _LONGEST
