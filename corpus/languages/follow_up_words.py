"""The words that a language must provide for follow-up questions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpWords:
    """Words in follow-up questions; patterns match text of any case."""

    prepositions: frozenset[str]
    verbs: frozenset[str]
    """Verbs that yes-no questions start with, and that no name contains."""
    being: frozenset[str]
    """Those of them that mean "to be"."""
    definite_noun: str
    """The form of a noun that is definite by its ending, as in Swedish."""
    links: str
    """Words that link a question to the last: "and"."""
    about: str
    """Words that ask the last question about something else: "what about"."""
    also: str
    """Words at the end of a linked question: "then"."""
    more: str
    """Complete questions for more of the same."""
    asking_more: str
    """Question words that ask for more if one of `more_of` follows."""
    more_of: str
    who: frozenset[str]
    """Question words for people; `where` has those for places, `when` for times."""
    where: frozenset[str]
    when: frozenset[str]
    why: str
    """Question words for a reason, which precede the unchanged last question."""
    ask_why: str
    """The word to put there."""
    bare: str
    """Questions that consist of a question word."""
    before_bare: str
    """Words that may precede it: "since when"."""
    after_bare: str
    """Words that may follow it: "when exactly"."""
    light: frozenset[str]
    """Words without a topic of their own: "who took part?"."""
    nameless: str
    """Questions that name at most one thing: "what was decided?"."""
    who_is: str
    """Words that ask who someone is, before the name."""
    he: frozenset[str]
    she: frozenset[str]
    owning: frozenset[str]
    """Possessive pronouns."""
    owner_ending: str
    """The possessive ending of a name."""
    womans_name: str
    """Endings of most women's first names, and few men's."""
    thing: frozenset[str]
    """Pronouns for a thing."""
    matter: frozenset[str]
    """Pronouns for several things, or for everything said."""
    expletive: str
    """Phrases with such a pronoun that refers to nothing: "is there"."""
    subject_ahead: frozenset[str]
    """Pronouns that may refer to what follows: "är det loppis?"."""
    linking: frozenset[str]
    """Verbs before such a pronoun in descriptions."""
    described: str
    """The form of a word that describes such a pronoun: "öppet"."""
    article_before: frozenset[str]
    """Pronouns that are articles before one of `after_article`: "that the"."""
    after_article: frozenset[str]
    pointing: frozenset[str]
    """Pronouns that are articles unless a `participle` follows."""
    participle: str
    article_pronouns: frozenset[str]
    """Pronouns that are articles before a word like `after_article_pronoun`."""
    after_article_pronoun: str
    doer: frozenset[str]
    """Question words for who did something; a pronoun at the end then means the action."""
    definite_articles: frozenset[str]
    noun_article: frozenset[str]
    """Articles separate from nouns that are not definite by form."""
    articles: frozenset[str]
    """All other articles."""
    at_place: frozenset[str]
    """Prepositions before places."""
    regarding: frozenset[str]
    """Prepositions before the topic of a question."""
    setting: frozenset[str]
    """Prepositions of a thing's setting rather than the thing itself."""
    auxiliaries: frozenset[str]
    """Verbs whose main verb may end the question: "did the roof collapse"."""
    main_verbs: frozenset[str]
    """Verbs that end a subject."""
    verb_ending: str
    """Endings of other such verbs."""
    days: str
    """Starts of names of days, besides the weekdays: "helg"."""
    in_month: str
    """Words between a thing and its month: "mötet i mars"."""
    before_year: str
    """The word before a year on its own: "in 2024"."""
