"""Resolves "she", "it" and "they" in a question after an answer."""

import re
from datetime import date
from typing import Final

from bot.question.follow_up.persons import WHO_IS, find_person
from bot.question.follow_up.question_words import DEFINITE_NOUN, Word, own_matter, words_of
from bot.question.follow_up.topics import context_of, topic_of, with_context
from bot.types import Answer
from corpus.dates.periods import find_periods
from corpus.languages.base import compiled
from corpus.languages.known import WORDS, all_of, either

PERSONAL: Final = frozenset(all_of(lambda w: w.follow_ups.he | w.follow_ups.she))
_THING: Final = frozenset(all_of(lambda w: w.follow_ups.thing))
_MATTER: Final = frozenset(all_of(lambda w: w.follow_ups.matter))
_OWNING: Final = frozenset(all_of(lambda w: w.follow_ups.owning))
_EXPLETIVE: Final = compiled(either(lambda w: w.follow_ups.expletive))
_SUBJECT_AHEAD: Final = frozenset(all_of(lambda w: w.follow_ups.subject_ahead))
_LINKING: Final = frozenset(all_of(lambda w: w.follow_ups.linking))
_DESCRIBED: Final = re.compile(either(lambda w: w.follow_ups.described))
_ARTICLE_BEFORE: Final = frozenset(all_of(lambda w: w.follow_ups.article_before))
_AFTER_ARTICLE: Final = frozenset(all_of(lambda w: w.follow_ups.after_article))
_POINTING: Final = frozenset(all_of(lambda w: w.follow_ups.pointing))
_PARTICIPLE: Final = re.compile(either(lambda w: w.follow_ups.participle))
_ARTICLES: Final = frozenset(all_of(lambda w: w.follow_ups.article_pronouns))
_AFTER_PRONOUN: Final = re.compile(either(lambda w: w.follow_ups.after_article_pronoun))
_DOER: Final = frozenset(all_of(lambda w: w.follow_ups.doer))
_MOST_MATTER: Final = 3
"""A question with more content words than this is not a follow-up."""
_LONGEST: Final = 12
"""A follow-up has at most this many words."""


def with_pronoun(asked: str, after: Answer, today: date) -> str | None:
    """Rewrite "who is she?", "what did they decide?" with the name or context of the pronoun.

    None if no pronoun refers outside the question.
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
        return with_context(asked, after.citations[0].title)  # No person is an "it".
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
            described = at + 2 == len(words) and words[at - 1].lower in _LINKING
            return None if _is_article(word.lower, following) and not described else word
    return None


def _only_begins(words: list[Word], at: int) -> bool:
    """Return whether "det" refers to what follows: "är det loppis?", but not "är det öppet?"."""
    if at == 0 or words[at].lower not in _SUBJECT_AHEAD:
        return False
    matter = [word for word in words[at + 1 :] if word.carries_matter]
    if any(DEFINITE_NOUN.match(word.lower) for word in matter):
        return True
    if words[at - 1].lower not in _LINKING:
        return False
    described = bool(matter) and bool(_DESCRIBED.fullmatch(matter[0].lower))
    return bool(matter) and not (described and len(matter) == 1)


def _is_article(word: str, following: str) -> bool:
    """Return whether a word that can be a pronoun belongs to the noun or clause after it."""
    if word in _ARTICLE_BEFORE and following in _AFTER_ARTICLE:
        return True
    if not following or not own_matter(following):
        return False
    if word in _POINTING:
        return not _PARTICIPLE.fullmatch(following)
    return word in _ARTICLES and bool(_AFTER_PRONOUN.fullmatch(following))


def _is_what_was_done(words: list[Word], pronoun: Word) -> bool:
    """Return whether "det" ends a question about who did it, and so means an action."""
    done = words[0].lower in _DOER and pronoun.lower in _SUBJECT_AHEAD
    return done and pronoun == words[-1]


def _put(asked: str, pronoun: Word, meant: str, after: Answer) -> str:
    """Return the question with a pronoun replaced by what it means."""
    rest = asked[pronoun.end :]
    owned = pronoun.lower in _OWNING and bool(own_matter(rest))
    language = WORDS.get(after.reading.language, WORDS["en"])
    ending = language.follow_ups.owner_ending if owned else ""
    return asked[: pronoun.start] + meant + ending + rest
