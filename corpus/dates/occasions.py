"""When something took place, according to a heading, a line such as "Date: ..." or a file name."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from corpus.dates.calendar_names import FULL_MONTHS, WEEKDAYS, Days, any_of, day, year_days
from corpus.dates.periods import ANY_DAY, find_periods, in_year, is_long
from corpus.languages.base import compiled
from corpus.languages.known import either, merged
from corpus.types import Period, Span

_DATE_LABEL: Final = re.compile(
    rf"^[^\w\n]{{0,12}}(?:(?:{either(lambda w: w.times.date_label)})\s{{0,9}}[:|]?"
    rf"|(?:{either(lambda w: w.times.time_label)})\s{{0,9}}[:|])"
    r"[ \t]*\n?(?P<said>[^\n]{4,100})",
    re.IGNORECASE | re.MULTILINE,
)
_MAY_NAME_DAYS: Final = re.compile(
    rf"\d|\b(?:{any_of([*FULL_MONTHS, *merged(lambda w: w.times.year_parts)])})", re.IGNORECASE
)
# Refers to the meeting before or after the one that the text is about.
_ANOTHER: Final = re.compile(rf"\b(?:{either(lambda w: w.times.another)})\b", re.IGNORECASE)
_SIX_DIGITS: Final = re.compile(
    r"(?<![\d.,-])(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\d.,]|-\d)"
)
_EIGHT_DIGITS: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)"
)
_THIS_CENTURY: Final = 70
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIRST_WORDS: Final = 40
"""The date starts within this many characters of a labelled line."""
_OPENING: Final = re.compile(
    rf"[\W_]{{0,9}}(?:{either(lambda w: w.times.opening)})\b", re.IGNORECASE
)
"""The start of a sentence that says which meeting the minutes are of."""
_MINUTES: Final = compiled(either(lambda w: w.times.opening))
_EVENT: Final = compiled(either(lambda w: w.event))
_MOST_WORDS: Final = 6
# What may surround a date in a heading that is nothing but a date: a weekday, a time, "the meeting
# of".
_WORDS: Final = re.compile(r"[^\W\d_]{2,}")
_AROUND: Final = re.compile(
    rf"(?:{any_of(WEEKDAYS)})(?:{either(lambda w: w.times.weekday_endings)})?"
    rf"|{either(lambda w: w.times.around_date)}|utc|cet|cest",
    re.IGNORECASE,
)


def days_in_heading(text: str, year: int | None) -> tuple[Days, bool] | None:
    """Return the days in a heading, and whether it contains nothing else.

    A day without a year is in `year`. None if the heading has no date, or that of another meeting.
    """
    if not _MAY_NAME_DAYS.search(text) or _ANOTHER.search(text):
        return None
    found = _first_days(text, year)
    if found is None:
        return None
    days, (start, end) = found
    rest = _WORDS.findall(f"{text[:start]} {text[end:]}")
    return days, all(_AROUND.fullmatch(word) for word in rest)


def days_in_opening(text: str, year: int | None) -> Days | None:
    """Return the days in a first sentence such as "Minutes of the meeting held on 5 March 2024"."""
    if not _OPENING.match(text):
        return None
    found = days_in_heading(text, year)
    return found[0] if found else None


def days_in_head(title: str, lines: Sequence[str], year: int | None) -> Days | None:
    """Return the days of a meeting from the lines under a title.

    One of them must be a date, and one, or the title, must say what the text is: "Board meeting",
    "Minutes". The date of a news item about a meeting is when it was published.
    """
    found = [days_in_heading(line, year) for line in lines]
    named = [
        len(_WORDS.findall(line)) <= _MOST_WORDS
        and bool(_EVENT.search(line) or _MINUTES.search(line))
        for line in lines
    ]
    days = [one[0] for one, own in zip(found, named, strict=True) if one and (one[1] or own)]
    is_named = any(named) or _MINUTES.search(title) or _EVENT.fullmatch(title)
    return days[0] if days and is_named else None


def labelled_days(text: str, year: int | None) -> list[tuple[int, Days]]:
    """Return the days in lines such as "Date: 5 March 2024", each with its offset."""
    found = []
    for line in _DATE_LABEL.finditer(text):
        named = _first_days(line["said"], year) if _MAY_NAME_DAYS.search(line["said"]) else None
        if named and named[1][0] <= _FIRST_WORDS:
            found.append((line.start("said"), named[0]))
    return found


def days_in_file_name(path: str) -> Days | None:
    """Return the days in a file name, such as "2024-01-17", "190205" or "2024-W03"."""
    name = PurePosixPath(path).stem
    if full := _EIGHT_DIGITS.search(name):
        return day(int(full[1]), int(full[2]), int(full[3]))
    found = _first_days(name.replace("_", " "), None) or _first_days(
        name.replace("_", " ").replace("-", " "), None
    )
    return found[0] if found else None


def year_in_path(path: str) -> int | None:
    """Return the last year in a path."""
    years = _YEAR.findall(path)
    return int(years[-1]) if years else None


def _first_days(text: str, year: int | None) -> tuple[Days, Span] | None:
    """Return the first days in a short text, and the words that name them."""
    first: Period | None = None
    for period in find_periods(text, ANY_DAY, relative=False):
        known = period if not period.recurring else in_year(period, year) if year else None
        if known is None or is_long(known):
            continue
        if (known.start, known.end) != year_days(known.start.year):
            return (known.start, known.end), _place(text, period)
        # The year may come before the day: "the autumn meeting 2011, on 20 December".
        first, year = first or known, known.start.year
    if first:
        return (first.start, first.end), _place(text, first)
    if six := _SIX_DIGITS.search(text):
        short = int(six[1])
        full = short + (2000 if short < _THIS_CENTURY else 1900)
        if days := day(full, int(six[2]), int(six[3])):
            return days, six.span()
    return None


def _place(text: str, period: Period) -> Span:
    start = text.find(period.said)
    return start, start + len(period.said)
