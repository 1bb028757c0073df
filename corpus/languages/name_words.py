"""What has to be known of a language to find names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """The words that tell names from other words with a capital, and from each other."""

    titles: frozenset[str]
    """What somebody is, in small letters; also at the end of a compound."""
    title_endings: str
    """What a title may end in: "ordföranden"."""
    before_title: str
    """What may stand before a title: "vice", "acting"."""
    title_subjects: str
    """What may stand before a title with a capital: "Prime", "Foreign"."""
    of_title: str
    """What stands between a title and what it is of, as in "minister for"."""
    not_of_title: str
    """Articles, after which that is somebody else's."""
    short_titles: str
    titles_before: frozenset[str]
    """Capitalised words, in small letters, that stand before a name without being part of it."""
    prepositions: frozenset[str]
    """Words that no title ends in."""
    is_clause: str
    """What tells in a clause what somebody is: "who is"."""
    joins: str
    """What stands between two names, or two parts of a name."""
    leads_on: str
    """Further words that lead on to the next name."""
    place_before: str
    """What stands before the name of a place."""
    adjectives: frozenset[str]
    """Words that places and bodies are called by, and that no person's name begins with."""
    openers: frozenset[str]
    """Capitalised words, in small letters, that begin sentences and are no names."""
    bodies: str
    """Words that no person is called, as they are written."""
    body_endings: str
    """What such words end in."""
    body_links: str
    """Small words that a name of a body goes on with."""
