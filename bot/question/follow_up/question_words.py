"""The words of a question and their properties."""

import re
from dataclasses import dataclass
from typing import Final

from corpus.dates.calendar_names import any_of
from corpus.languages.known import FUNCTION_WORDS, all_of, either
from corpus.types import Period

JOINING: Final = frozenset(all_of(lambda w: w.follow_ups.prepositions))
PREPOSITION: Final = any_of(JOINING)
ASKING: Final = frozenset(all_of(lambda w: w.questions.asking))
VERBS: Final = frozenset(all_of(lambda w: w.follow_ups.verbs))
"""Verbs that yes-no questions start with and that no name contains."""
DEFINITE_NOUN: Final = re.compile(rf"(?:{either(lambda w: w.follow_ups.definite_noun)})$")
_WORD: Final = re.compile(r"\w[\w'’./&-]*\w|\w")
_LEAD: Final = re.compile(
    rf"(?:(?:{either(lambda w: w.follow_ups.links)})\b,?\s+)?"
    rf"(?P<about>(?:{either(lambda w: w.follow_ups.about)})\s)?",
    re.IGNORECASE,
)
_TRAIL: Final = re.compile(
    rf"(?P<then>,?\s+(?:{either(lambda w: w.follow_ups.also)}))?[\s?.!]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question with its offsets."""

    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def is_name(self) -> bool:
        """Whether it is capitalised for no other reason than being a name."""
        return self.start > 0 and self.text[0].isupper() and self.text != "I"

    @property
    def carries_matter(self) -> bool:
        """Whether it is a content word."""
        return self.lower not in FUNCTION_WORDS


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order, including inner hyphens and apostrophes."""
    return [Word(*match.span(), match[0]) for match in _WORD.finditer(text)]


def is_preposition(word: Word) -> bool:
    """Return whether a word is a preposition: "of", "i"."""
    return word.lower in JOINING


def own_matter(text: str, periods: tuple[Period, ...] = ()) -> list[Word]:
    """Return the content words of a question, dates left out."""
    for period in periods:
        text = text.replace(period.said, " " * len(period.said))
    return [word for word in words_of(text) if word.carries_matter]


def without_link(asked: str) -> tuple[str, bool]:
    """Return a question without "and", "what about" and "then", and whether it had any."""
    lead, trail = _LEAD.match(asked), _TRAIL.search(asked)
    start = lead.end() if lead else 0
    end = trail.start() if trail else len(asked)
    return asked[start:end], bool(start or (trail and trail["then"]))


def lowered(question: str) -> str:
    """Return a question as it would be written inside a sentence."""
    return question[:1].lower() + question[1:]
