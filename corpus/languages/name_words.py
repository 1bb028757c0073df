"""The words that a language must provide for finding names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """Words that distinguish names from other capitalised words, and kinds of names."""

    titles: frozenset[str]
    """Titles, in lower case; also as the end of a compound."""
    title_endings: str
    """Endings of titles: "ordföranden"."""
    before_title: str
    """Words before a title: "vice", "acting"."""
    title_subjects: str
    """Capitalised words before a title: "Prime", "Foreign"."""
    of_title: str
    """Words between a title and what it is of: "minister for"."""
    not_of_title: str
    """Articles after which that belongs to somebody else."""
    short_titles: str
    titles_before: frozenset[str]
    """Capitalised words, in lower case, that precede a name without being part of it."""
    prepositions: frozenset[str]
    """Words that a title does not end with."""
    is_clause: str
    """Words before a title in a clause: "who is"."""
    joins: str
    """Words between two names, or parts of a name."""
    leads_on: str
    """Further words that lead to the next name."""
    place_before: str
    """Words before the name of a place."""
    adjectives: frozenset[str]
    """Words in names of places and bodies that no person's name starts with."""
    openers: frozenset[str]
    """Capitalised words, in lower case, that start sentences and are not names."""
    bodies: str
    """Words in names of organisations, as written."""
    body_endings: str
    """Endings of such words."""
    body_links: str
    """Function words inside an organisation's name."""
