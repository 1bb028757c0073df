"""Chooses, among the lists with the right role, the lists and entries a question asks for."""

import re
from collections.abc import Sequence
from typing import Final

from bot.answer.lists import FoundList, entries_matching, lists_of_kind, meets
from corpus.dates.events import may_name_days
from corpus.languages.known import all_of, either
from corpus.types import Document, Span
from corpus.words import stems

# "Which guests", "vilka röstberättigade medlemmar"; "from Region Dalarna", "from the Red Cross".
_WHICH: Final = re.compile(
    rf"\b(?:{either(lambda w: w.questions.which_plural)})\s+"
    rf"((?:[\w-]+\s+){{0,2}}?[\w-]+?(?:{either(lambda w: w.questions.plural_endings)})?)\s",
    re.IGNORECASE,
)
_ARTICLES: Final = "|".join(all_of(lambda w: w.follow_ups.definite_articles))
_FROM: Final = re.compile(
    rf"\b(?:{'|'.join(all_of(lambda w: w.changed_from))})\s+(?:(?:{_ARTICLES})\s+)?"
    r"((?:[A-ZÅÄÖ][\w-]*\s?)+)"
)


def conditions_in(question: str) -> list[str]:
    """Return the conditions that entries must meet, in the question's words."""
    return [match[1].strip() for match in _WHICH.finditer(question)]


def origins_in(question: str) -> list[str]:
    """Return the places that entries must be from, in the question's words."""
    found = (match[1].strip() for match in _FROM.finditer(question))
    return [one for one in found if not may_name_days(one.casefold())]


def of_kind(
    question: str, document: Document, found: list[FoundList], within: Sequence[Span]
) -> list[FoundList]:
    """Return the lists whose label names the kind of people that the question asks for."""
    kinds = conditions_in(question)
    entries = [entry for one in found for entry in (one.quote, *one.entries)]
    if not kinds or any(meets(document, entry, kind) for entry in entries for kind in kinds):
        return found
    return list(lists_of_kind(document, kinds, within)) or found


def called_so(question: str, document: Document, found: list[FoundList]) -> list[FoundList]:
    """Return the lists that start with a word of the question, if any; otherwise all.

    This distinguishes words for one role, such as note-taker and scribe.
    """
    asked = set(stems(question, document.language))

    def label_of(one: FoundList) -> str:
        start, end = one.quote
        return document.text[start : min((entry[0] for entry in one.entries), default=end)]

    named = [one for one in found if asked.intersection(stems(label_of(one), document.language))]
    return named or found


def entries_asked_for(
    question: str, document: Document, entries: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the entries of a list that a question asks for.

    If it asks for those from a place that no entry names, there are none.
    """
    chosen = entries_matching(document, entries, conditions_in(question))
    for origin in origins_in(question):
        chosen = [span for span in chosen if meets(document, span, origin)]
    return tuple(chosen)
