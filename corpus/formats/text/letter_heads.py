"""Letters saved as plain text: sender, recipient, date and subject."""

import re
from datetime import date
from itertools import chain, islice, takewhile
from typing import Final

from corpus.dates.calendar_names import MONTHS, WEEKDAYS, any_of
from corpus.dates.periods import find_periods
from corpus.languages.international import MAIL_FROM
from corpus.languages.known import either

_MOST: Final = 10
"""Maximum number of lines of a head."""
_FEWEST: Final = 2
_LONGEST: Final = 60
"""Maximum length of a line with place and date."""
_ENDS: Final = 600
"""Such a line is looked for in this many characters at either end of a text."""
_FROM: Final = f"{either(lambda w: w.pages.mail_from)}|{MAIL_FROM}"
_FIELDS: Final = {
    "title": re.compile(rf"(?:{either(lambda w: w.pages.mail_subject)}): *(\S.*)", re.IGNORECASE),
    "published": re.compile(rf"(?:{either(lambda w: w.pages.mail_dated)}): *(\S.*)", re.IGNORECASE),
}
_LINE: Final = re.compile(
    rf"(?:{_FROM}|{either(lambda w: w.pages.mail_labels)}"
    rf"|{either(lambda w: w.pages.mail_subject)}): *(\S.*)?",
    re.IGNORECASE,
)
_NAME: Final = r"[A-ZÅÄÖ][a-zåäöéü]+"
# The part before the date in "Norrby den 12 april 2023", "New Town, Monday 3 May 2021".
_PLACE: Final = re.compile(
    rf"({_NAME}(?:[ -]{_NAME}){{0,2}}),?"
    rf"(?i: (?:{any_of(WEEKDAYS)})(?:{either(lambda w: w.times.weekday_endings)})?,?)?"
    rf"(?i: (?:{either(lambda w: w.times.before_published)}))?"
)
# "Board Meeting 3 May 2021", "Protokoll 2023-04-12", "Updated 3 May 2021" are about something else.
_NO_PLACE: Final = re.compile(
    rf"\w*(?:{either(lambda w: w.event)}|{either(lambda w: w.times.opening)}"
    rf"|{either(lambda w: w.pages.kinds)}|{either(lambda w: w.pages.stamped)}"
    rf"|{either(lambda w: w.times.date_label)}|{any_of(MONTHS)}|{any_of(WEEKDAYS)})\b",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ANY_DAY: Final = date(2000, 1, 1)  # only days that hold their year are used
_SENDER: Final = re.compile(rf"(?:{_FROM}):", re.IGNORECASE)


def letter_head(text: str) -> dict[str, str]:
    """Return title and time of a letter, from a mail head or from a line of place and date."""
    return _mail_head(text) or _written(text)


def _written(text: str) -> dict[str, str]:
    """Return the date from a line of place and date at the start or end of a letter."""
    head, foot = (part.split("\n") for part in (text.lstrip()[:_ENDS], text.rstrip()[-_ENDS:]))
    above = takewhile(lambda line: len(line) <= _LONGEST, filter(None, map(str.strip, head)))
    below = filter(None, map(str.strip, reversed(foot)))
    for line in chain(islice(above, _MOST), islice(below, _MOST)):
        if len(line) <= _LONGEST and _YEAR.search(line) and (day := _day_beside_place(line)):
            return {"published": day.isoformat()}
    return {}


def _day_beside_place(line: str) -> date | None:
    line = line.removesuffix(".")
    found = [one for one in find_periods(line, _ANY_DAY, relative=False) if not one.recurring]
    if len(found) != 1 or found[0].start != found[0].end or not line.endswith(found[0].said):
        return None
    place = _PLACE.fullmatch(line.removesuffix(found[0].said).rstrip())
    return found[0].start if place and not _NO_PLACE.search(place[1]) else None


def _mail_head(text: str) -> dict[str, str]:
    lines = [line.strip() for line in text.lstrip().split("\n", _MOST)[:_MOST]]
    head = list(takewhile(_LINE.fullmatch, lines))
    if len(head) < _FEWEST or not any(map(_SENDER.match, head)):
        return {}
    return {
        field: found[1]
        for field, pattern in _FIELDS.items()
        for line in head
        if (found := pattern.fullmatch(line))
    }
