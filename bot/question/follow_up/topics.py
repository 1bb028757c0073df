"""Finds the topic of a question, so that a later question can refer to it."""

import re
from typing import Final

from bot.question.follow_up.question_words import (
    ASKING,
    JOINING,
    PREPOSITION,
    VERBS,
    Word,
    lowered,
    own_matter,
    words_of,
)
from bot.types import Answer
from corpus.languages.detection import detect_language
from corpus.languages.known import WORDS, all_of, either
from corpus.types import Period, Span

_DEFINITE_ARTICLES: Final = frozenset(all_of(lambda w: w.follow_ups.definite_articles))
_ARTICLES: Final = _DEFINITE_ARTICLES | frozenset(all_of(lambda w: w.follow_ups.articles))
_AT_PLACE: Final = frozenset(all_of(lambda w: w.follow_ups.at_place))
_ABOUT: Final = frozenset(all_of(lambda w: w.follow_ups.regarding))
_AUXILIARIES: Final = frozenset(all_of(lambda w: w.follow_ups.auxiliaries))
_ARTICLE: Final = either(lambda w: w.times.article)
_JOINS: Final = frozenset(all_of(lambda w: w.times.joins.split("|")))
# Verbs that end a subject; in Swedish most come before it.
_MAIN_VERBS: Final = frozenset(all_of(lambda w: w.follow_ups.main_verbs))
_VERB_ENDING: Final = {
    code: re.compile(rf"\w+(?:{words.follow_ups.verb_ending})") for code, words in WORDS.items()
}
_DEFINITE: Final = {
    code: re.compile(words.follow_ups.definite_noun) for code, words in WORDS.items()
}
_JOINED: Final = re.compile(rf"\b(?:{PREPOSITION})\s(?:(?:{_ARTICLE})\s)?$", re.IGNORECASE)
CONTEXT: Final = re.compile(r"\(([^()]+)\)\?$")


def find_topic(question: str, language: str) -> Span | None:
    """Return the span of a question's topic, such as "the January meeting", if any.

    It starts with an article, a name or a Swedish definite noun, and includes what is attached:
    "the roof of the mill", "styrelsemötet i april 2024". What follows "about" comes first, then a
    definite thing, then any thing. A name that only gives the place does not count.
    """
    words = words_of(question)
    starts = [at for at in range(1, len(words)) if _begins(words, at, language)]
    starts += [
        at
        for at in range(1, len(words))
        if words[at - 1].lower in _ABOUT and words[at].carries_matter and at not in starts
    ]
    starts.sort(
        key=lambda at: (
            words[at - 1].lower not in _ABOUT,
            words[at].lower in _ARTICLES - _DEFINITE_ARTICLES,
        )
    )
    for first in starts:
        end = _end_of_topic(words, first, language)
        place = _tells_place(words, first) and all(
            word.is_name or word.lower in JOINING for word in words[first:end]
        )
        if end > first and not place:
            return words[first].start, words[end - 1].end
    return None


def _tells_place(words: list[Word], first: int) -> bool:
    """Return whether "in" or similar precedes a name, or several joined by "and"."""
    at = first - 1
    while at > 0 and (words[at].is_name or words[at].lower in _JOINS):
        at -= 1
    return words[at].lower in _AT_PLACE


def _end_of_topic(words: list[Word], first: int, language: str) -> int:
    end = first
    while end < len(words) and _goes_on(words[end], language):
        end += 1
    while end > first and words[end - 1].lower in JOINING | _ARTICLES:
        end -= 1
    asked_of = words[first - 1].lower in _AUXILIARIES
    if asked_of and end == len(words) and end - first > 2 and not words[end - 1].is_name:
        return end - 1  # "did the new roof collapse": the verb belongs to "did".
    return end


def _begins(words: list[Word], at: int, language: str) -> bool:
    word = words[at]
    if word.lower in _ARTICLES:
        return at + 1 < len(words) and words[at + 1].carries_matter
    form = _DEFINITE.get(language)
    definite = form and form.fullmatch(word.lower)
    return word.is_name or bool(definite and word.carries_matter)


def _goes_on(word: Word, language: str) -> bool:
    if word.is_name or word.lower in JOINING | _ARTICLES:
        return True
    ends = _VERB_ENDING.get(language)
    is_verb = word.lower in _MAIN_VERBS or bool(ends and ends.fullmatch(word.lower))
    return word.carries_matter and not is_verb


def find_date(question: str, periods: tuple[Period, ...]) -> Span | None:
    """Return the span of the last date of a question, with its preposition."""
    start = question.rfind(periods[-1].said) if periods else -1
    if start < 0:
        return None
    joined = _JOINED.search(question, 0, start)
    return (joined.start() if joined else start), start + len(periods[-1].said)


def topic_of(after: Answer) -> str | None:
    """Return the topic of the last question with its date; None if it has none."""
    question = after.full_question
    if given := CONTEXT.search(question):
        return None if words_of(given[1])[0].lower in ASKING | VERBS else given[1]
    topic = find_topic(question, detect_language(question, after.reading.language))
    if topic is None:
        return None
    about = question[slice(*topic)]
    date = find_date(question, after.reading.dates_named)
    outside = date is not None and not topic[0] <= date[0] < topic[1]
    return f"{about} {question[slice(*date)]}" if date and outside else about


def context_of(after: Answer) -> str:
    """Return the topic of the last question if it covers nearly all of it, or else the question."""
    topic = topic_of(after)
    told = {word.lower for word in words_of(topic or "")}
    untold = [word for word in own_matter(after.full_question) if word.lower not in told]
    nearly = topic and after.reading.dates_named and len(untold) <= 1
    return topic if topic and nearly else whole_of(after)


def whole_of(after: Answer) -> str:
    """Return the whole last question, or the part in brackets at its end."""
    question = after.full_question
    given = CONTEXT.search(question)
    return given[1] if given else lowered(question.rstrip(" ?.!"))


def with_context(asked: str, context: str) -> str:
    """Return a question with its context added in brackets."""
    return f"{asked.rstrip(' ?.!')} ({context})?"
