"""What has to be known of a language to read questions."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWords:
    """The words that tell what is asked for; patterns match in text of any case."""

    kinds: Mapping[str, str]
    """What each kind of question begins with."""
    courtesy: str
    """What is put in front out of courtesy: "can you tell me"."""
    scene: str
    """What a clause in front begins with that only sets the scene, up to its comma."""
    scene_of_clause: str
    """The same, where a comma is not needed to tell."""
    clause_borders: str
    """What begins a clause that sets the scene, anywhere in a question."""
    asking: frozenset[str]
    """The question words."""
    misspelt: tuple[str, ...]
    """Those that a slip of the finger is mended to."""
    verbs: str
    """Verbs that may follow what a second part of a question asks with."""
    before_asking: str
    """What may stand before a question word: "from when"."""
    asks_by_itself: str
    """Question words that ask with a verb, or as the last word."""
    asks_with_verb: str
    asks_who: str
    no_asking: str
    """What follows "who" where that asks nothing: "vem som kom"."""
    degree: str
    how_many: str
    asks_which: str
    which_plural: str
    """What stands before the kind of thing of which several are asked for."""
    plural_endings: str
    planned: str
    """What is made for a year, mostly before or after it."""
    for_year: str
    """What stands before a year that something is made for."""
    the_year: str
    of_planned: str
    """What may stand between what is planned and its year."""
    by_year: str
    """What stands before a coming year that is aimed at."""
    year_genitive: str
    before_time: str
    """What stands before a month that is no given name."""
    given_months: frozenset[str]
    """Months that are given names as well."""
    name_links: str
    """What joins two names to one."""
    common_capitals: str
    """What is written with a capital though it is no name."""
    small_talk: Mapping[str, str]
    """What is said to be polite, or to the program itself, by what it is said for."""
    small_talk_fillers: str
