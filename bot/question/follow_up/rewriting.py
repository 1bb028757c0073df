"""Rewrites a follow-up question into a complete one, by rule."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.question.follow_up.elliptic import with_bare_word, with_known_thing, with_link
from bot.question.follow_up.pronouns import PERSONAL, with_pronoun
from bot.question.follow_up.question_words import ASKING, VERBS, own_matter, without_link, words_of
from bot.question.follow_up.substituting import with_date, with_thing
from bot.question.follow_up.topics import context_of, with_context
from bot.types import Answer, Citation
from corpus.dates.periods import find_periods
from corpus.languages.detection import detect_language
from corpus.languages.known import all_of, either
from corpus.words import stem

_MORE: Final = re.compile(
    rf"{either(lambda w: w.follow_ups.more)}"
    rf"|(?:(?:{either(lambda w: w.times.joins)})\s)?"
    rf"(?P<asking>{either(lambda w: w.follow_ups.asking_more)})"
    rf"\s(?:{either(lambda w: w.follow_ups.more_of)})(?P<rest>\s.+)?"
)
_KINDS: Final = (
    dict.fromkeys(all_of(lambda w: w.follow_ups.who), ("who", "list"))
    | dict.fromkeys(all_of(lambda w: w.follow_ups.where), ("where",))
    | dict.fromkeys(all_of(lambda w: w.follow_ups.when), ("when",))
)
"""Kinds of question that "who else" and similar repeat."""
_LONGEST_FRAGMENT: Final = 6
"""A fragment that replaces a part of the last question has at most this many words."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A complete question, and the citations its answer need not repeat."""

    question: str
    leave_out: tuple[Citation, ...] = ()


def read_follow_up(asked: str, after: Answer, today: date) -> FollowUp | None:
    """Return what a follow-up means after an answer; None if the question is complete."""
    if after.is_small_talk:
        return None
    resolved = (
        _more(asked, after)
        or _with_other_part(asked, after, today)
        or with_bare_word(asked, after)
        or with_pronoun(asked, after, today)
        or with_link(asked, after, today)
        or with_known_thing(asked, after, today)
    )
    if resolved is None:
        return None
    again = resolved == after.full_question
    shown = (*after.citations, *after.nearest, *after.shown_before) if again else ()
    return FollowUp(resolved[0].upper() + resolved[1:], shown)


def _more(asked: str, after: Answer) -> str | None:
    """Rewrite "who else?", "berätta mer": the last question again, if it matches."""
    match = _MORE.fullmatch(" ".join(word.lower for word in words_of(asked)))
    if match is None or not _nothing_new(match["rest"] or "", after):
        return None
    kinds = _KINDS.get(match["asking"] or "")
    if kinds and after.reading.kind not in kinds:
        return with_context(asked, context_of(after))
    return after.full_question


def _nothing_new(text: str, after: Answer) -> bool:
    language = after.reading.language
    known = {stem(word.lower, language) for word in words_of(after.full_question)}
    return all(stem(word.lower, language) in known for word in own_matter(text))


def _with_other_part(asked: str, after: Answer, today: date) -> str | None:
    """Rewrite "and in February?", "och biblioteket?": last question, other date or thing."""
    part, marked = without_link(asked)
    words = words_of(part)
    lower = {word.lower for word in words}
    if not 0 < len(words) <= _LONGEST_FRAGMENT or lower & (VERBS | ASKING | PERSONAL):
        return None
    periods = find_periods(part, today)
    rest = part
    for period in periods:
        rest = rest.replace(period.said, " ")
    if periods and not own_matter(rest):
        return with_date(after.full_question, after.reading.dates_named, part, periods[0])
    if not marked or not own_matter(part):
        return None
    question = after.full_question
    language = detect_language(question, after.reading.language)
    return with_thing(question, after.reading, language, part)
