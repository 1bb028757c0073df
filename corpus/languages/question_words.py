"""The words that a language must provide for parsing questions."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWords:
    """Words of questions; patterns match text of any case."""

    kinds: Mapping[str, str]
    """The starts of each kind of question."""
    courtesy: str
    """Polite openings: "can you tell me"."""
    scene: str
    """The start of an opening clause that only sets the scene, up to its comma."""
    scene_of_clause: str
    """The same without the need for a comma."""
    clause_borders: str
    """The start of a scene-setting clause anywhere in a question."""
    asking: frozenset[str]
    """The question words."""
    misspelt: tuple[str, ...]
    """Question words to which typing errors are corrected."""
    verbs: str
    """Verbs that may follow the question word of a second part."""
    before_asking: str
    """Words before a question word: "from when"."""
    asks_by_itself: str
    """Question words that need only a verb, or come last."""
    asks_with_verb: str
    asks_who: str
    no_asking: str
    """Words after "who" that make it a relative pronoun: "vem som kom"."""
    degree: str
    how_many: str
    asks_which: str
    which_plural: str
    """Words before the kind of thing of which several are asked for."""
    plural_endings: str
    planned: str
    """Things made for a year, mostly before or after it."""
    for_year: str
    """Words before the year that something is made for."""
    the_year: str
    of_planned: str
    """Words between such a thing and its year."""
    by_year: str
    """Words before a future target year."""
    year_genitive: str
    before_time: str
    """Words before a month that is not a given name."""
    given_months: frozenset[str]
    """Months that are also given names."""
    name_links: str
    """Words that join two names into one."""
    common_capitals: str
    """Capitalised words that are not names."""
    small_talk: Mapping[str, str]
    """Politeness and questions to the program, by purpose."""
    small_talk_fillers: str
