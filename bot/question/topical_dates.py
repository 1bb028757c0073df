"""What looks like a time and is none: the year of "the 2026 budget", the month of a name."""

import re
from datetime import date
from typing import Final

from corpus.dates.calendar_names import year_days
from corpus.languages.known import all_of, either
from corpus.types import Period

_PLANNED: Final = f"(?:{either(lambda w: w.questions.planned)})"
"""What is made for a year, mostly before or after it."""
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


def is_topic(question: str, period: Period, today: date) -> bool:
    """Tell whether a year belongs to what is asked about, and says nothing of when."""
    if not period.said.isdigit() or (period.start, period.end) != year_days(period.start.year):
        return False
    before, after = _around(question, period)
    coming = period.start > today and _BEFORE_COMING_YEAR.search(before)
    return bool(coming or _BEFORE_YEAR.search(before) or _AFTER_YEAR.match(after))


def is_given_name(question: str, period: Period) -> bool:
    """Tell whether a month is somebody's given name, as in "April Andersson"."""
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
