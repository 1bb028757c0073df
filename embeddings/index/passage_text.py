"""The text of a passage as it is embedded and indexed."""

from typing import Final

from corpus.languages.known import WORDS
from corpus.languages.time_words import TimeWords
from corpus.types import Passage
from corpus.words import with_whole_words
from embeddings.types import Source

TEXT_VERSION: Final = 6
"""Increase it when reading, cutting or this text changes, since old vectors no longer match."""
_ELSEWHERE: Final = "{day} {month} {year}"
"""Date format for unknown languages."""


def said_date(published: str | None, language: str) -> str:
    """Return a publication date as month and year in words, "mars 2023"; "" without one."""
    year, _, rest = (published or "").partition("-")
    return f"{_times(language).months_written[int(rest[:2]) - 1]} {year}" if rest else year


def _times(language: str) -> TimeWords:
    return WORDS.get(language, WORDS["en"]).times


def said_days(time: tuple[str, str], language: str) -> str:
    """Return the time of a section in words: a day, or its first and last month."""
    first, last = time
    if first == last:
        words = _times(language)
        month = words.months_written[int(first[5:7]) - 1]
        written = words.date_written if language in WORDS else _ELSEWHERE
        return written.format(day=int(first[8:]), month=month, year=first[:4])
    return " – ".join(dict.fromkeys(said_date(end[:7], language) for end in time))


def heading_text(source: Source, passage: Passage) -> str:
    """Return the text above a passage: title, date and headings, and when it took place."""
    over = f"{source.title}. {passage.heading}"
    times = [said_days(time, source.language) for time in passage.times]
    parts = (
        source.title,
        said_date(source.published, source.language),
        passage.heading,
        *(time for time in times if time not in over),
    )
    return ". ".join(part for part in parts if part)


def embedded_text(source: Source, passage: Passage) -> str:
    """Return the text that is embedded for a passage, starting with title and date."""
    return f"{heading_text(source, passage)}\n{with_whole_words(passage.text)}"
