"""What has to be known of a language to read running text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWords:
    """The words that carry grammar rather than matter, and what ends a sentence or does not."""

    stemmer: str
    """Name of the language's Snowball stemmer, https://snowballstem.org."""
    stop_words: frozenset[str]
    """Words left out of what a question is searched by."""
    small_words: frozenset[str]
    """The commonest words, by which the language of a text is told."""
    letters: str
    """Pattern of letters that only this one of the known languages has."""
    shapes: str
    """What words look like where there are no small words between them, as in tables and lists."""
    abbreviations: frozenset[str]
    """Those that something always follows: a name, a number, the rest of the phrase."""
    may_end: frozenset[str]
    """Abbreviations that can be a sentence's last word, unless a number follows."""
    before_number: frozenset[str]
    """Ordinary words that before a number are abbreviations."""
    open_ends: tuple[str, ...]
    """Abbreviations with which a paragraph announces the list that follows."""
    joins: str
    """What stands between the last two entries of a list."""
    breaks: str
    """What stands after a hyphen where a word goes on elsewhere: "för- och nackdelar"."""
    leans_back: str
    """What begins a sentence that can't be understood without the one before."""
    no_leaning: str
    """What follows such a word where it can be."""
    compound_links: tuple[str, ...]
    """Letters that may join two words to one; none where words are not joined."""
    compound_endings: frozenset[str]
    """What makes a word of another, and is a word by chance."""
