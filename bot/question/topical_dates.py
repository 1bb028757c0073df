"""What looks like a time and is none: the year of "the 2026 budget", the month of a name."""

import re
from datetime import date
from typing import Final

from corpus.dates.calendar_names import year_days
from corpus.types import Period

_PLANNED: Final = (
    r"(?:\w*(?:budget(?:en|ens|s)?|budgetproposition(?:en)?|(?:mål|klimatmål)(?:et|en)?"
    r"|redovisning(?:en|ar)?|prognos(?:en|er)?|verksamhetsplan(?:en)?|bokslut(?:et)?"
    r"|berättelse(?:n)?|avgift(?:en)?|kvot(?:en|er|erna)?)"
    r"|goals?|targets?|accounts|(?:annual|yearly|financial) (?:report|statement)s?"
    r"|forecasts?|outlook|quotas?|fees?)"
)
"""What is made for a year, mostly before or after it."""
_BEFORE_YEAR: Final = re.compile(
    r"\b(?:för|for|inför|ahead of|avseende|gällande)(?: (?:år(?:et)?|the year))? $"
    rf"|\b{_PLANNED} (?:(?:för|for|till|to|of|by|i|in|år|the year) ){{0,2}}$",
    re.IGNORECASE,
)
_BEFORE_COMING_YEAR: Final = re.compile(
    r"\b(?:till|by|to|until|senast|före|before) (?:år )?$", re.I
)
_AFTER_YEAR: Final = re.compile(
    rf"(?: års|'s)?[ -](?:\w+ ){{0,2}}?{_PLANNED}(?!\w)|-\w", re.IGNORECASE
)
_GIVEN_NAMES: Final = frozenset("april may june august maj juni juli".split())
_SURNAME: Final = re.compile(r" [A-ZÅÄÖ][a-zåäöé]+")
_TIME_FOLLOWS: Final = re.compile(
    r"\b(?:in|of|on|last|this|next|since|until|by|during|i|under|sedan|den|the|\d+) $",
    re.IGNORECASE,
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
