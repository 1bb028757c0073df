"""What of a passage goes into its vector and into the word index."""

from typing import Final

from corpus.types import Passage
from embeddings.types import Source

TEXT_VERSION: Final = 1
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


def heading_text(source: Source, passage: Passage) -> str:
    """Return what stands over a passage: title, date and headings."""
    parts = (source.title, said_date(source.published, source.language), passage.heading)
    return ". ".join(part for part in parts if part)


def embedded_text(source: Source, passage: Passage) -> str:
    """Return the text that is embedded for a passage, its title and date in front."""
    return f"{heading_text(source, passage)}\n{passage.text}"
