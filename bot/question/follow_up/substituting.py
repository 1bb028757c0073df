"""Replaces one part of the last question with another date, name or thing."""

import re
from itertools import pairwise
from typing import Final

from bot.question.follow_up.question_words import (
    DEFINITE_NOUN,
    PREPOSITION,
    Word,
    is_preposition,
    words_of,
)
from bot.question.follow_up.topics import CONTEXT, find_date, find_topic, with_context
from bot.types import Reading
from corpus.dates.calendar_names import WEEKDAYS, any_of
from corpus.languages.detection import detect_language
from corpus.languages.follow_up_words import FollowUpWords
from corpus.languages.known import WORDS, all_of, either
from corpus.types import Period, Span

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PREPOSITION_FIRST: Final = re.compile(rf"(?:{PREPOSITION})\s", re.IGNORECASE)
_ARTICLE: Final = frozenset(all_of(lambda w: w.follow_ups.noun_article))
_ARTICLE_BEFORE: Final = re.compile(rf"\b(?:{any_of(_ARTICLE)})\s$", re.IGNORECASE)
_SETTING: Final = frozenset(all_of(lambda w: w.follow_ups.setting))
"""Prepositions of a thing's setting rather than the thing itself."""
_DAY: Final = re.compile(
    rf"{any_of(WEEKDAYS)}|{either(lambda w: w.follow_ups.days)}", re.IGNORECASE
)
_BEING: Final = frozenset(all_of(lambda w: w.follow_ups.being))


def with_date(
    question: str, periods: tuple[Period, ...], said: str, period: Period, in_year: str = ""
) -> str:
    """Return a question with another date in place of its own, or added.

    A month takes the year of the date it replaces, or else `in_year`; a year keeps the month.
    """
    date = find_date(question, periods)
    if date is None:
        before = _words(question).before_year if _YEAR.fullmatch(said) else ""
        return _added(question, f"{before} {said}".lstrip())
    old = periods[-1]
    if _YEAR.fullmatch(old.said) and not _YEAR.fullmatch(period.said) and len(periods) > 1:
        # "the March meeting 2025": the year belongs to the month and is replaced with it.
        without = question[: date[0]].rstrip() + question[date[1] :]
        return with_date(without, periods[:-1], said, period, old.said)
    start, end = date[1] - len(old.said), date[1]
    if _YEAR.fullmatch(period.said):
        new, year = old.said, period.said
    else:
        new, year = period.said, (_year_of(old) or in_year) if period.recurring else ""
    dated = f"{_YEAR.sub('', new).rstrip(' ,')} {year}".lstrip() if year else new
    if end < len(question) and question[end].isalpha():
        return question[:start] + _parted(question, end, new, year)
    belongs = _ARTICLE_BEFORE.search(question, 0, start)  # "the 2025 budget"
    if start > date[0] and not belongs and _PREPOSITION_FIRST.match(said):
        return question[: date[0]] + said.replace(period.said, dated) + question[end:]
    return question[:start] + dated + question[end:]


def _parted(question: str, end: int, month: str, year: str) -> str:
    """Return the rest of "januarimötet" with another month: "mötet i mars 2024"."""
    rest = question[end:]
    head = words_of(rest)[0]
    joined = _words(question).in_month
    return f"{head.text} {joined} {month} {year}{rest[head.end :]}" if year else month + rest


def _words(question: str) -> FollowUpWords:
    """Return the words of the question's language."""
    return WORDS.get(detect_language(question), WORDS["sv"]).follow_ups


def _year_of(period: Period) -> str:
    """Return the one year that a date is certainly in; "" if there is none."""
    same = period.start.year == period.end.year
    return str(period.start.year) if same and not period.recurring else ""


def with_thing(question: str, reading: Reading, language: str, said: str) -> str:
    """Return a question with another name, place or thing in place of its topic."""
    date = find_date(question, reading.dates_named) or (0, 0)
    words = [word for word in words_of(question) if not date[0] <= word.start < date[1]]
    if _PREPOSITION_FIRST.match(said):
        span = _joined_alike(question, words, language, said)
    else:
        span = _only_name(words, said) or _thing(question, language)
    if span is None:
        if is_preposition(words_of(said)[0]):
            return _added(question, said)
        bracketed = CONTEXT.search(question)
        return _added(question, f"– {said}") if bracketed else with_context(question, said)
    return question[: span[0]] + said + question[span[1] :]


def _joined_alike(question: str, words: list[Word], language: str, said: str) -> Span | None:
    """Return the span of a part with the same preposition as the new one."""
    preposition, *rest = words_of(said)
    days = any(_DAY.match(word.text) for word in rest)
    for word, following in pairwise(words):
        if word.lower == preposition.lower and days == bool(_DAY.match(following.text)):
            thing = find_topic(question[word.start :], language)
            if thing is not None and not question[word.end : word.start + thing[0]].strip():
                return word.start, word.start + thing[1]
            if following.carries_matter:
                return word.start, following.end
    return None


def _only_name(words: list[Word], said: str) -> Span | None:
    """Return the span of the only name in a question, if the new part is a name too."""
    if not all(word.text[0].isupper() for word in words_of(said)):
        return None
    names: list[Span] = []
    for word in words:
        if word.is_name and names and names[-1][1] == word.start - 1:
            names[-1] = names[-1][0], word.end
        elif word.is_name:
            names.append((word.start, word.end))
    return names[0] if len(names) == 1 else None


def _thing(question: str, language: str) -> Span | None:
    """Return the span of the thing asked about.

    In "is the chair of the club" it is the club; in "the roof in the budget", only the roof.
    """
    topic = find_topic(question, language)
    if topic is None:
        return None
    inside = [word for word in words_of(question[: topic[1]]) if word.start > topic[0]]
    if question[: topic[0]].rsplit(maxsplit=1)[-1].lower() in _BEING:
        objects = [word.end + 1 for word in inside if is_preposition(word)]
        return (objects[-1] if objects else topic[0]), topic[1]
    setting = next((word.start - 1 for word in inside if word.lower in _SETTING), topic[1])
    return topic[0], setting


def with_whole_name(asked: str, topic: str) -> str | None:
    """Return a question with the full topic for its short name, "the meeting", "mötet", or None."""
    heads = [
        word.lower for word in words_of(topic) if not _PREPOSITION_FIRST.match(word.text + " ")
    ]
    before: Word | None = None
    for word in words_of(asked):
        article = before is not None and before.lower in _ARTICLE
        definite = bool(DEFINITE_NOUN.match(word.lower)) and word.carries_matter
        if article and before and word.lower in heads:
            return asked[: before.start] + topic + asked[word.end :]
        if definite and any(head.endswith(word.lower) for head in heads):
            return asked[: word.start] + topic + asked[word.end :]
        before = word
    return None


def _added(question: str, said: str) -> str:
    """Return a question with words added at its end, inside its brackets if it has any."""
    if given := CONTEXT.search(question):
        return f"{question[: given.end(1)]} {said})?"
    return f"{question.rstrip(' ?.!')} {said}?"
