"""What of a passage goes into its vector and into the word index."""

from typing import Final

from corpus.types import Passage
from corpus.words import with_whole_words
from embeddings.types import Source

TEXT_VERSION: Final = 5
"""Raise it when reading, cutting or what is written here changes: old vectors no longer fit."""

_MONTHS: Final = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "January February March April May June July August September October November December",
}


def said_date(published: str | None, language: str) -> str:
    """Return a publication date as its month and year in words, "mars 2023"; "" without one."""
    year, _, rest = (published or "").partition("-")
    months = _MONTHS.get(language, _MONTHS["en"]).split()
    return f"{months[int(rest[:2]) - 1]} {year}" if rest else year


def said_days(time: tuple[str, str], language: str) -> str:
    """Return the time of a section in words: a day, or the months that it begins and ends in."""
    first, last = time
    if first == last:
        day = int(first[8:])
        month = said_date(first, language)
        return f"{month[:-5]} {day}, {month[-4:]}" if language == "en" else f"{day} {month}"
    return " – ".join(dict.fromkeys(said_date(end[:7], language) for end in time))


def heading_text(source: Source, passage: Passage) -> str:
    """Return what stands over a passage: title, date and headings, and when it took place."""
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
    """Return the text that is embedded for a passage, its title and date in front."""
    return f"{heading_text(source, passage)}\n{with_whole_words(passage.text)}"
