"""Questions too short to name their topic."""

import re
from datetime import date
from typing import Final

from bot.question.follow_up.question_words import (
    ASKING,
    VERBS,
    is_preposition,
    lowered,
    own_matter,
    without_link,
    words_of,
)
from bot.question.follow_up.substituting import with_whole_name
from bot.question.follow_up.topics import context_of, topic_of, whole_of, with_context
from bot.types import Answer
from corpus.dates.periods import find_periods
from corpus.languages.known import WORDS, all_of, either

_BARE: Final = re.compile(
    rf"(?:(?:{either(lambda w: w.follow_ups.before_bare)})\s)?"
    rf"(?:(?P<why>{either(lambda w: w.follow_ups.why)})|{either(lambda w: w.follow_ups.bare)})"
    rf"(?P<rest>\s(?:{either(lambda w: w.follow_ups.after_bare)}))?"
)
_MOST_MATTER: Final = 2
"""A question with more content words than this is not a follow-up."""


_LIGHT: Final = frozenset(all_of(lambda w: w.follow_ups.light))
"""Words without a topic of their own: "who took part?"."""
_DONE: Final = re.compile(either(lambda w: w.follow_ups.nameless), re.IGNORECASE)
"""A question that names at most one thing: "what was decided?", "hur många dörrar?"."""
_TOO_SHORT: Final = 2
"""A question with at most this many words can't name its topic: "who paid?"."""


def with_bare_word(asked: str, after: Answer) -> str | None:
    """Rewrite "why?" and "när då?": another question word before the last question."""
    part, _ = without_link(asked)
    match = _BARE.fullmatch(" ".join(word.lower for word in words_of(part)))
    if match is None:
        return None
    question = after.full_question.rstrip(" ?.!")
    if match["why"]:
        if match["rest"]:
            return with_context(part, whole_of(after))
        word = _ask_why(match["why"])
        if after.reading.kind == "yesno":
            return f"{word} {lowered(question)}?"
        if after.reading.kind in ("when", "where") and " " in question:
            return f"{word} {question.split(maxsplit=1)[1]}?"
        return with_context(part, whole_of(after))
    return with_context(part, context_of(after))


def _ask_why(said: str) -> str:
    """Return the word for "why" in the language of a text."""
    every = [words.follow_ups for words in WORDS.values()]
    return next(words.ask_why for words in every if re.fullmatch(words.why, said))


def with_link(asked: str, after: Answer, today: date) -> str | None:
    """Rewrite "and who was absent?", "vem betalar?": linked by "and", or too short alone."""
    part, marked = without_link(asked)
    words = words_of(part)
    if words and is_preposition(words[0]):
        words = words[1:]
    matter = [word for word in own_matter(part) if word.lower not in _LIGHT]
    elliptic = not matter or len(words) == _TOO_SHORT or _DONE.fullmatch(part)
    asking = ASKING if matter else ASKING | VERBS
    if not (marked or elliptic) or not words or words[0].lower not in asking:
        return None
    named = any(word.is_name for word in words) or find_periods(part, today)
    return None if named or len(matter) > _MOST_MATTER else with_context(part, context_of(after))


def with_known_thing(asked: str, after: Answer, today: date) -> str | None:
    """Rewrite "who chaired the meeting?": the meeting of the last question, with its date."""
    topic = topic_of(after)
    matter = own_matter(asked)
    named = any(word.is_name for word in matter) or find_periods(asked, today)
    asking = words_of(asked)[0].lower in ASKING
    if not (topic and after.reading.dates_named and asking) or named or len(matter) > _MOST_MATTER:
        return None
    return with_whole_name(asked, topic)
