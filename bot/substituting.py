"""The last question with one part exchanged: another date, name or thing in place of its own."""

import re
from typing import Final

from bot.topics import PREPOSITION, Word, find_dates, find_topic, words_of
from bot.types import Reading
from corpus.types import Period

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PREPOSITION_FIRST: Final = re.compile(rf"(?:{PREPOSITION})\s", re.IGNORECASE)
_OBJECT: Final = re.compile(rf"^(?:is|are|was|were)\b.*\b(?:{PREPOSITION})\s", re.IGNORECASE)


def with_date(question: str, periods: tuple[Period, ...], said: str, period: Period) -> str:
    """Return a question with what was said of another date in place of its own, or added.

    A month takes over the year of the date before it; a year leaves the month.
    """
    dated = find_dates(question, periods)
    if dated is None:
        return _added(question, said)
    old = periods[-1]
    start, end = question.rfind(old.said), dated[1]
    if _YEAR.fullmatch(period.said):
        return _in_year(question, old, start, end, period.said)
    year = _year_of(old)
    if period.recurring and year and not _YEAR.search(said):
        said, new = f"{said} {year}", f"{period.said} {year}"
    else:
        new = period.said
    if end < len(question) and question[end].isalpha():  # "januarimötet"
        moved = question[:start] + period.said + question[end:]
        return _added(moved, str(year)) if new != period.said else moved
    if start > dated[0] and _PREPOSITION_FIRST.match(said):
        return question[: dated[0]] + said + question[end:]
    return question[:start] + new + question[end:]


def _in_year(question: str, old: Period, start: int, end: int, year: str) -> str:
    if _YEAR.search(old.said):
        return question[:start] + _YEAR.sub(year, old.said) + question[end:]
    if question[end : end + 1].isalpha():
        return _added(question, year)
    return question[:end] + f" {year}" + question[end:]


def _year_of(period: Period) -> int | None:
    """Return the one year that a date was certainly meant in."""
    same = period.start.year == period.end.year
    return period.start.year if same and not period.recurring else None


def with_thing(question: str, reading: Reading, said: str) -> str:
    """Return a question with another name, place or thing in place of what it was about."""
    span = _place(question, said) or _name(question, reading, said) or _object(question, reading)
    if span is None:
        return _added(question, said if _PREPOSITION_FIRST.match(said) else f"– {said}")
    return question[: span[0]] + said + question[span[1] :]


def _place(question: str, said: str) -> tuple[int, int] | None:
    """Return where a name stands with the same preposition as in what was said."""
    first = _PREPOSITION_FIRST.match(said)
    if first is None:
        return None
    words = words_of(question)
    for at, word in enumerate(words[:-1]):
        if word.lower == first[0].strip().lower() and words[at + 1].is_name:
            return word.start, _end_of_name(words, at + 1)
    return None


def _name(question: str, reading: Reading, said: str) -> tuple[int, int] | None:
    """Return where the only name of a question stands, if what was said is a name as well."""
    if not all(word.text[0].isupper() for word in words_of(said)):
        return None
    dated = find_dates(question, reading.periods) or (0, 0)
    words = words_of(question)
    starts = [
        at for at, word in enumerate(words)
        if word.is_name and not dated[0] <= word.start < dated[1] and not words[at - 1].is_name
    ]  # fmt: skip
    if len(starts) != 1:
        return None
    return words[starts[0]].start, _end_of_name(words, starts[0])


def _end_of_name(words: list[Word], at: int) -> int:
    while at + 1 < len(words) and words[at + 1].is_name:
        at += 1
    return words[at].end


def _object(question: str, reading: Reading) -> tuple[int, int] | None:
    """Return where the thing asked about stands: of "the chair of the club" the club."""
    topic = find_topic(question, reading.language)
    if topic is None:
        return None
    before = question[: topic[0]].split()
    about = " ".join(before[-1:]) + " " + question[slice(*topic)]
    inner = _OBJECT.match(about)
    if inner is None:
        return topic
    return topic[1] - (len(about) - inner.end()), topic[1]


def _added(question: str, said: str) -> str:
    return f"{question.rstrip(' ?.!')} {said}?"
