"""What has to be known of a language to read questions that lean on the answer before them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpWords:
    """The words by which a question leans on another; patterns match in text of any case."""

    prepositions: frozenset[str]
    verbs: frozenset[str]
    """The verbs that a question of yes or no begins with, and that no name of a thing holds."""
    being: frozenset[str]
    """Those of them that say what something is."""
    definite_noun: str
    """What a noun looks like whose ending makes it definite, as in Swedish."""
    links: str
    """What ties a question to the last: "and"."""
    about: str
    """What asks the last question of something else: "what about"."""
    also: str
    """What ends a question that is tied to the last: "then"."""
    more: str
    """Whole questions for more of the same."""
    asking_more: str
    """Question words that ask for more where one of `more_of` follows."""
    more_of: str
    who: frozenset[str]
    """Question words that ask for people, as `where` does for places and `when` for times."""
    where: frozenset[str]
    when: frozenset[str]
    why: str
    """Question words for a reason, which go before the last question as it is."""
    ask_why: str
    """The word that goes there."""
    bare: str
    """Questions of nothing but a question word."""
    before_bare: str
    """What may stand before such a word: "since when"."""
    after_bare: str
    """What may stand after it: "when exactly"."""
    light: frozenset[str]
    """Words that tell of no matter by themselves: "who took part?"."""
    nameless: str
    """Questions whose words name no thing, or one alone: "what was decided?"."""
    who_is: str
    """What asks who somebody is, before the name."""
    he: frozenset[str]
    she: frozenset[str]
    owning: frozenset[str]
    """Pronouns that own what follows."""
    owner_ending: str
    """What makes an owner of a name."""
    womans_name: str
    """How most women's first names end, and few men's."""
    thing: frozenset[str]
    """Pronouns for a thing."""
    matter: frozenset[str]
    """Pronouns for several things, or for all that was said."""
    expletive: str
    """What holds such a pronoun that stands for nothing: "is there"."""
    subject_ahead: frozenset[str]
    """Pronouns that may stand for what follows: "är det loppis?"."""
    linking: frozenset[str]
    """Verbs that such a pronoun follows where something is described."""
    described: str
    """What a word looks like that describes such a pronoun: "öppet"."""
    article_before: frozenset[str]
    """Pronouns that are articles where one of `after_article` follows: "that the"."""
    after_article: frozenset[str]
    pointing: frozenset[str]
    """Pronouns that are articles but where a `participle` follows."""
    participle: str
    article_pronouns: frozenset[str]
    """Pronouns that are articles where a word like `after_article_pronoun` follows."""
    after_article_pronoun: str
    doer: frozenset[str]
    """Question words for who did it; a pronoun at the end is then what was done."""
    definite_articles: frozenset[str]
    noun_article: frozenset[str]
    """Articles that stand apart from a noun whose form does not say that it is definite."""
    articles: frozenset[str]
    """All articles beside the definite ones."""
    at_place: frozenset[str]
    """Prepositions before places."""
    regarding: frozenset[str]
    """Prepositions before what a question is about."""
    setting: frozenset[str]
    """Prepositions of what a thing is seen in, rather than of what it is."""
    auxiliaries: frozenset[str]
    """Verbs whose other half may end the question: "did the roof collapse"."""
    main_verbs: frozenset[str]
    """Verbs that end a subject."""
    verb_ending: str
    """What other such verbs end in."""
    days: str
    """What begins the name of a day, beside the weekdays: "helg"."""
    in_month: str
    """What stands between a thing and its month: "mötet i mars"."""
    before_year: str
    """What a year alone needs before it: "in 2024"."""
