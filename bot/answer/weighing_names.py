"""What speaks for a sentence or list being where the names stand that a question asks for."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from bot.question.asked_names import AskedNames
from corpus.names.finding import Name
from corpus.words import split_words
from embeddings.types import UnitRead

_COMPANY: Final = re.compile(
    r"(?<!\w)(?:del(?:tog|tar|ta|tagit|tagare)(?!\w)|närvar|medverka|träffa|represent|led[ds](?!\w)"
    r"|möt|tillsammans|present(?!\w)|attend|participa|met(?!\w)|meet|joined|inbj|åtfölj|invite)",
    re.IGNORECASE,
)
_ROLL: Final = re.compile(
    r"(?<!\w)(?:närvarande|deltagare|del(?:tog|tar)|medverka|present|participants|attend(?:ed|ing))"
    r"[^:.\n]{0,40}:",
    re.IGNORECASE,
)
_OFFICE: Final = re.compile(r"minist|statsråd|secretar|sekreter|direktör|director", re.IGNORECASE)
_OFFICE_LETTERS: Final = 5
"""Letters of a word from which it can be an office."""

# Each on the scale of how well a unit renders the question, which is 1 at most.
_COUNT_RIGHT: Final = 0.2
_IN_COMPANY: Final = 0.1
_ON_ROLL: Final = 0.3
_HAS_ROLE: Final = 0.3
_OFFICE_ASKED: Final = 0.1
_IN_TITLE: Final = 0.1
_BESIDE_KNOWN: Final = 0.1
_A_NAME_MORE: Final = 0.05
_NAMES_COUNTED: Final = 4
_NOT_ONE: Final = 0.05


def worth(
    unit: UnitRead,
    names: Sequence[Name],
    others: Sequence[Name],
    asked: AskedNames,
    known: Collection[str],
) -> float:
    """Return how well a unit with those names answers; `others` are all the names in it.

    `known` are the words of the question.
    """
    different = len({name.name for name in names})
    title = set(split_words(unit.source.title))
    in_title = any(set(split_words(name.name)) <= title for name in names)
    beside = any(" " in one.name and set(split_words(one.name)) <= set(known) for one in others)
    return (
        unit.support
        + _COUNT_RIGHT * (asked.count == different)
        + _IN_COMPANY * bool(_COMPANY.search(unit.text))
        + _ON_ROLL * (asked.taking_part and bool(_ROLL.search(unit.text)))
        + _HAS_ROLE * (asked.one and any(has_role(name, known) for name in names))
        + _IN_TITLE * in_title
        + _BESIDE_KNOWN * beside
        + _OFFICE_ASKED * _office(names, asked)
        + _number(different, asked)
    )


def has_role(name: Name, known: Collection[str]) -> bool:
    """Whether what is said of a name is what the question asks for: "who is the mayor?"."""
    return any(
        len(word) >= _OFFICE_LETTERS and any(one.startswith(word[:-2]) for one in known)
        for word in split_words(name.detail)
    )


def _office(names: Sequence[Name], asked: AskedNames) -> int:
    """Return 1 where all hold an office and one is asked for, and -1 where something else is."""
    if not asked.noun or not all(_OFFICE.search(name.detail) for name in names):
        return 0
    return 1 if _OFFICE.search(asked.noun) else -1


def _number(different: int, asked: AskedNames) -> float:
    if asked.one:
        return -_NOT_ONE * (different > 1)
    return _A_NAME_MORE * (min(different, _NAMES_COUNTED) - 2)
