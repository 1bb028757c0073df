"""The words of a question, and what they can be to each other."""

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
"""The verbs that a question of yes or no begins with, and that no name of a thing holds."""
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
    """A word of a question and where it stands in it."""

    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def is_name(self) -> bool:
        """Whether it is written with a capital though nothing but its being a name asks for one."""
        return self.start > 0 and self.text[0].isupper() and self.text != "I"

    @property
    def carries_matter(self) -> bool:
        """Whether it is more than a function word."""
        return self.lower not in FUNCTION_WORDS


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order, hyphens and apostrophes inside them kept."""
    return [Word(*match.span(), match[0]) for match in _WORD.finditer(text)]


def is_preposition(word: Word) -> bool:
    """Return whether a word joins a thing to another: "of", "i"."""
    return word.lower in JOINING


def own_matter(text: str, periods: tuple[Period, ...] = ()) -> list[Word]:
    """Return the words of a question that carry matter, function words and dates left out."""
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
    """Return a question as it stands within a sentence."""
    return question[:1].lower() + question[1:]
