"""The sentences and lists of a document in which the names stand that a question asks for."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.answer.weighing_names import has_role, worth
from bot.question.asked_names import AskedNames
from corpus.names.finding import Name
from corpus.words import split_words
from embeddings.types import UnitRead

_ABSENT: Final = re.compile(
    r"(?:^|\n)[^\n:]{0,20}(?:frånvarande|förhinder|apologies|absent)[^\n:]{0,20}:", re.IGNORECASE
)
_NOT_THERE: Final = re.compile(
    r"del(?:tog|tar) (?:inte|ej)(?!\w)|(?<!\w)(?:inte|ej) (?:närvarande|deltog|deltar)"
    r"|(?<!\w)not (?:attend|present|take part)",
    re.IGNORECASE,
)
_TO_A_PLACE: Final = re.compile(r"(?<!\w)(?:i|in|till|to)\s$", re.IGNORECASE)
_GOES_ON: Final = re.compile(
    r"(?<!\w)(?:även|också|dessutom|vidare|därutöver|also|further|as well)(?!\w)", re.IGNORECASE
)
# What stands between these words and a name: "says the minister", "Photo:".
_SAYS: Final = re.compile(
    r"(?<!\w)(?:säger|sade|sa|berättar|menar|skriver|konstaterar|says|said|writes"
    r"|foto|photo|\w*kontakt|contact)(?!\w)[^.!?\n]{0,80}$",
    re.IGNORECASE,
)
_JOINS: Final = re.compile(r"[,;\n]|(?<!\w)(?:och|samt|and|&)(?!\w)")
_APART: Final = 30
"""Characters between two names from which they are not of one enumeration."""
_NEAR: Final = 0.8
"""Share of the best unit's worth from which another unit's names count, too."""
_OFFICE_RENDERED: Final = 0.4
"""Support from which a sentence can tell who holds an office without giving it as their title."""
_TOO_MANY: Final = 3
"""Names from which a unit does not tell who the one is that is asked for."""


@dataclass(frozen=True, slots=True)
class NamingUnit:
    """A unit of a document with the names in it that may answer; spans are into the document."""

    unit: UnitRead
    names: tuple[Name, ...]
    worth: float
    place: int
    """Which of the document's units it is."""
    in_role: bool
    """Whether it is the office that makes the name the answer."""


def choose_naming(
    units: Sequence[UnitRead], names: Sequence[Name], asked: AskedNames, question: str
) -> list[NamingUnit]:
    """Return the units of a document whose names answer a question, the best one first.

    `names` are all the names in it.
    """
    named = sorted(_naming_units(units, names, asked, question), key=lambda one: -one.worth)
    chosen = named[:1]
    for unit in named[1:]:
        told = {name.name for one in chosen for name in one.names}
        every = told | {name.name for name in unit.names}
        if asked.one or every == told or (asked.count and len(every) > asked.count):
            continue
        if unit.worth >= _NEAR * named[0].worth or _carries_on(unit, chosen):
            chosen.append(unit)
    return chosen


def _carries_on(unit: NamingUnit, chosen: Iterable[NamingUnit]) -> bool:
    """Whether a unit says right after a chosen one who else there was."""
    follows = any(0 < unit.place - one.place <= 2 for one in chosen)
    return follows and bool(_GOES_ON.search(unit.unit.text))


def _naming_units(
    units: Sequence[UnitRead], every: Sequence[Name], asked: AskedNames, question: str
) -> Iterable[NamingUnit]:
    words = split_words(question)
    known = {*words, *(f"{word}s" for word in words)}
    for place, unit in enumerate(units):
        start, end = unit.span
        here = [one for one in every if start <= one.span[0] and one.span[1] <= end]
        names = _answering(unit, here, asked, known)
        in_role = [name for name in names if asked.one and has_role(name, known)]
        names = in_role or names
        if names and _tells(unit, names, asked, in_role):
            weight = worth(unit, names, here, asked, known)
            yield NamingUnit(unit, tuple(names), weight, place, bool(in_role))


def _tells(
    unit: UnitRead, names: Sequence[Name], asked: AskedNames, in_role: Sequence[Name]
) -> bool:
    if asked.office and not in_role and unit.support < _OFFICE_RENDERED:
        return False
    if asked.one:
        return bool(in_role) or len(names) < _TOO_MANY
    # A single country or body is named in nearly every sentence.
    return asked.people or len(names) > 1


def _answering(
    unit: UnitRead, here: Sequence[Name], asked: AskedNames, known: Collection[str]
) -> list[Name]:
    """Return the names of the kind that is asked for, without those that the question has."""
    if not asked.absent and _NOT_THERE.search(unit.text):
        return []
    label = _ABSENT.search(unit.text)
    absent_from = unit.span[0] + label.start() if label else unit.span[1]
    names = [
        one
        for one in here
        if one.is_person == asked.people
        and asked.absent == (one.span[0] >= absent_from)
        and not _is_apart(one, unit, asked, known)
    ]
    if not asked.people:
        names = _enumerated(names, unit, asked)
    return [one for one in names if not _is_known(one, asked, known)]


def _is_known(name: Name, asked: AskedNames, known: Collection[str]) -> bool:
    """Whether the question has the name, or the surname of whom it does not ask for."""
    words = split_words(name.name)
    return set(words) <= set(known) or (asked.one and len(words) > 1 and words[-1] in known)


def _is_apart(name: Name, unit: UnitRead, asked: AskedNames, known: Collection[str]) -> bool:
    """Whether a name is there for another reason: of who says the sentence, of a photographer."""
    says = _SAYS.search(unit.text[: name.span[0] - unit.span[0]])
    return bool(says) and not (asked.one and has_role(name, known))


def _enumerated(names: Sequence[Name], unit: UnitRead, asked: AskedNames) -> list[Name]:
    """Return the longest run of names that are counted up, places only where they are asked for."""
    begin = unit.span[0]
    runs = [[*names[:1]]]
    for before, name in pairwise(names):
        between = unit.text[before.span[1] - begin : name.span[0] - begin]
        if len(between) <= _APART and _JOINS.search(between):
            runs[-1].append(name)
        else:
            runs.append([name])
    longest = max(runs, key=len)
    before_it = unit.text[: longest[0].span[0] - begin] if longest else ""
    return [] if _TO_A_PLACE.search(before_it) and not asked.places else longest
