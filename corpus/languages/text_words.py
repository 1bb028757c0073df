"""The words that a language must provide for running text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWords:
    """Function words, and signs of the end of a sentence."""

    stemmer: str
    """Name of the language's Snowball stemmer, https://snowballstem.org."""
    stop_words: frozenset[str]
    """Words ignored in a search."""
    small_words: frozenset[str]
    """The most common words, for language detection."""
    letters: str
    """Pattern of letters that only this one of the known languages has."""
    shapes: str
    """Typical forms of words, for texts without function words such as tables."""
    abbreviations: frozenset[str]
    """Abbreviations that are always followed by something: a name, a number, more words."""
    may_end: frozenset[str]
    """Abbreviations that can end a sentence, unless a number follows."""
    before_number: frozenset[str]
    """Ordinary words that are abbreviations before a number."""
    open_ends: tuple[str, ...]
    """Abbreviations with which a paragraph announces a list."""
    joins: str
    """Words between the last two entries of a list."""
    breaks: str
    """Words after a hyphen that stands for the rest of a word: "för- och nackdelar"."""
    leans_back: str
    """Starts of sentences that can't be understood without the one before."""
    no_leaning: str
    """Words after such a start that make it independent."""
    compound_links: tuple[str, ...]
    """Letters that may join two words; empty if the language has no compounds."""
    compound_endings: frozenset[str]
    """Suffixes that also happen to be words."""
