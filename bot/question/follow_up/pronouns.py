"""What "she", "it" and "they" of a question stand for after an answer."""

import re
from datetime import date
from typing import Final

from bot.question.follow_up.persons import WHO_IS, find_person
from bot.question.follow_up.question_words import DEFINITE_NOUN, Word, own_matter, words_of
from bot.question.follow_up.topics import context_of, topic_of, with_context
from bot.types import Answer
from corpus.dates.periods import find_periods

PERSONAL: Final = frozenset("he she him her his hers han hon honom henne hans hennes".split())
_THING: Final = frozenset("it its det den dess".split())
_MATTER: Final = frozenset(
    """that this they them their theirs those these there denna detta de dem dom deras där
    dit""".split()
)
_POSSESSIVE: Final = frozenset("his her its hans hennes dess".split())
_EXPLETIVE: Final = re.compile(
    r"\b(?:(?:is|are|was|were) there|f[ia]nns det|it\b.*\b(?:to|that)|det\b.*\b(?:att|som)"
    r"|there (?:is|are|was|were|be)|det (?:f[ia]nns|är|var))\b",
    re.IGNORECASE,
)
_PARTICIPLE: Final = re.compile(r"\w+(?:ed|en|[aiu]ght|[ao]ld|made|done)$")
_AFTER_ARTICLE: Final = re.compile(r"\w+(?:a|e|en|et|er|na)$")
_MOST_MATTER: Final = 3
"""Words of its own above which a question is not read as leaning on another."""
_LONGEST: Final = 12
"""Words of a question that leans on another."""


def with_pronoun(asked: str, after: Answer, today: date) -> str | None:
    """Read "who is she?", "what did they decide?": the pronoun's name or context given.

    None where no pronoun points outside of the question.
    """
    periods = find_periods(asked, today)
    words, matter = words_of(asked), own_matter(asked, periods)
    named = any(word.is_name for word in matter)
    if named or len(words) > _LONGEST or len(matter) > _MOST_MATTER:
        return None
    pronoun = _find_pronoun(asked, words)
    if pronoun is None or sum(word.start < pronoun.start for word in matter) > 1:
        return None
    if pronoun.lower in PERSONAL:
        name = find_person(after, pronoun.lower)
        whole = with_context(asked, context_of(after))
        return _put(asked, pronoun, name, after) if name else whole
    if pronoun.lower in _THING and WHO_IS.match(after.full_question) and after.citations:
        return with_context(asked, after.citations[0].title)  # Nobody is an "it".
    topic = topic_of(after)
    if topic is None or not matter or pronoun.lower in _MATTER or _is_what_was_done(words, pronoun):
        return with_context(asked, context_of(after))
    return _put(asked, pronoun, topic, after)


def _find_pronoun(asked: str, words: list[Word]) -> Word | None:
    for at, word in enumerate(words):
        following = words[at + 1].lower if at + 1 < len(words) else ""
        if word.lower in PERSONAL:
            return word
        if word.lower in _THING | _MATTER:
            if _EXPLETIVE.search(asked) or _only_begins(words, at):
                return None
            described = at + 2 == len(words) and words[at - 1].lower in ("är", "var", "blir")
            return None if _is_article(word.lower, following) and not described else word
    return None


def _only_begins(words: list[Word], at: int) -> bool:
    """Return whether "det" stands for what follows: "är det loppis?", not "är det öppet?"."""
    if at == 0 or words[at].lower != "det":
        return False
    matter = [word for word in words[at + 1 :] if word.carries_matter]
    if any(DEFINITE_NOUN.match(word.lower) for word in matter):
        return True
    if words[at - 1].lower not in ("är", "var", "blir"):
        return False
    described = bool(matter) and matter[0].lower.endswith("t")
    return bool(matter) and not (described and len(matter) == 1)


def _is_article(word: str, following: str) -> bool:
    """Return whether a word that can be a pronoun belongs to the noun or clause after it."""
    if word == "that" and following in ("the", "a", "an", "all", "no"):
        return True
    if not following or not own_matter(following):
        return False
    if word in ("that", "this", "those", "these"):
        return not _PARTICIPLE.match(following)
    return word in ("det", "den", "de", "denna", "detta") and bool(_AFTER_ARTICLE.match(following))


def _is_what_was_done(words: list[Word], pronoun: Word) -> bool:
    """Return whether "det" ends a question of who did it, and so means more than a thing."""
    subject = words[0].lower in ("vem", "vilka")
    return subject and pronoun.lower == "det" and pronoun == words[-1]


def _put(asked: str, pronoun: Word, meant: str, after: Answer) -> str:
    """Return the question with what a pronoun means in its place."""
    rest = asked[pronoun.end :]
    owned = pronoun.lower in _POSSESSIVE and bool(own_matter(rest))
    ending = ("s" if after.reading.language == "sv" else "'s") if owned else ""
    return asked[: pronoun.start] + meant + ending + rest
