"""Lines of plain text that are headings for the lines below: a date, a week, a role alone."""

import re
from collections.abc import Sequence
from typing import Final

from corpus.dates.calendar_names import WEEKDAYS, any_of
from corpus.dates.occasions import days_in_heading
from corpus.languages.base import compiled
from corpus.languages.known import either
from corpus.languages.roles import roles_in
from corpus.names.name_patterns import CAPITAL

_SOME_YEAR: Final = 2000
_LONGEST: Final = 60
_MOST_WORDS: Final = 5
_MOST_WORDS_BELOW: Final = 9
_SENTENCE_END: Final = (".", "!", "?", ":", ",", ";", "…")
_WEEKDAY: Final = re.compile(
    rf"(?:{any_of(WEEKDAYS)})(?:{either(lambda w: w.times.weekday_endings)})?", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"(\d{1,2})[.)]? +(?=[A-ZÅÄÖ])")
_SEVERAL: Final = 2
"""From this many commas on, a line names several people."""
_EVENT: Final = compiled(either(lambda w: w.event))
_NAME: Final = re.compile(rf"{CAPITAL}[\w.'’-]*(?: [\w.'’-]+)? {CAPITAL}[\w'’-]+(?:\s*[(,–-].*)?")


def names_time(line: str) -> bool:
    """Whether a line is only a day, week or month, or the meeting of one."""
    if len(line) > _LONGEST or line.endswith(_SENTENCE_END):
        return False
    if _WEEKDAY.fullmatch(line):
        return True
    found = days_in_heading(line, _SOME_YEAR)
    is_event = len(line.split()) <= _MOST_WORDS and _EVENT.match(line)
    return found is not None and bool(found[1] or is_event)


def tells_time(line: str) -> bool:
    """Whether a line contains a date."""
    return days_in_heading(line, _SOME_YEAR) is not None


def names_role(line: str) -> bool:
    """Whether a line is only a role: "Present", "Beslutande ledamöter"."""
    return _is_label(line) and bool(roles_in(line))


def is_head(line: str) -> bool:
    """Whether a line is only a time or a role, and so not the title of a text."""
    return (names_time(line) and not _EVENT.match(line)) or names_role(line)


def head_lines(runs: Sequence[Sequence[str]]) -> frozenset[int]:
    """Return which runs between blank lines start with a heading for the rest of the run.

    A day, a role or capitals alone; numbers if there are several in sequence; and near roles any
    label above names: "Deputies" below "Present".
    """
    roles = {at for at, run in enumerate(runs) if _heads_people(run) and names_role(run[0])}
    found = {at for at, run in enumerate(runs) if len(run) > 1 and names_time(run[0])}
    found |= roles | _in_capitals(runs) | _numbered(runs)
    for at in roles:
        for step in (-1, 1):
            beside = at + step
            while 0 <= beside < len(runs) and beside not in found and _heads_names(runs[beside]):
                found.add(beside)
                beside += step
    return frozenset(found)


def _in_capitals(runs: Sequence[Sequence[str]]) -> set[int]:
    return {
        at
        for at, run in enumerate(runs)
        if len(run) > 1 and run[0].isupper() and not run[1].isupper() and _is_label(run[0])
    }


def _numbered(runs: Sequence[Sequence[str]]) -> set[int]:
    """Return the runs that start with "1. Opening", "2. Budget", and continue with text."""
    numbers = {
        at: int(number[1])
        for at, run in enumerate(runs)
        if len(run) > 1
        and (number := _NUMBER.match(run[0]))
        and len(run[0]) <= _LONGEST
        and not run[0].endswith(_SENTENCE_END)
        and not _NUMBER.match(run[1])
    }
    counted = list(numbers.values())
    return set(numbers) if len(set(counted)) > 1 and counted == sorted(counted) else set()


def _is_label(line: str) -> bool:
    words = line.split()
    return (
        len(line) <= _LONGEST
        and len(words) <= _MOST_WORDS
        and line[0].isupper()
        and not line.endswith(_SENTENCE_END)
        and (line.isupper() or not any(word[0].isupper() for word in words[1:]))
        and "," not in line
    )


def _heads_people(run: Sequence[str]) -> bool:
    """Whether the lines below the first one of a run are entries rather than sentences."""
    return len(run) > 1 and not any(
        line[0].islower()
        or line.endswith((".", "!", "?"))
        or (len(line.split()) > _MOST_WORDS_BELOW and "," not in line)
        for line in run[1:]
    )


def is_roll(lines: Sequence[str]) -> bool:
    """Whether all lines are names, with or without a description."""
    return all(_NAME.fullmatch(line) and line.count(",") < _SEVERAL for line in lines)


def _heads_names(run: Sequence[str]) -> bool:
    return len(run) > 1 and _is_label(run[0]) and _heads_people(run) and is_roll(run[1:])
