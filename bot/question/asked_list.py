"""Whether a question asks for the entries of a list, of which role, and with which conditions."""

from dataclasses import dataclass
from typing import Final

from corpus.languages.base import Role, compiled
from corpus.languages.known import FUNCTION_WORDS, WORDS, either
from corpus.languages.roles import asked_roles, excluded_roles, roles_in
from corpus.words import split_words

_LISTING_KINDS: Final = frozenset(("who", "list", "what", "how_much", "yesno"))
SINGULAR_ROLES: Final = frozenset((Role.CHAIR, Role.VICE_CHAIR, Role.SECRETARY, Role.TREASURER))
"""Offices that one person holds."""
_COUNTING: Final = compiled(either(lambda w: w.counting))

_THINGS: Final = compiled(either(lambda w: w.things))
_ATTENDING: Final = compiled(either(lambda w: w.attending))
_CAME: Final = compiled("|".join(words.asked[Role.PRESENT] for words in WORDS.values()))

_PLURAL: Final = compiled(either(lambda w: w.plural))


@dataclass(frozen=True, slots=True)
class AskedList:
    """Which list would answer a question."""

    roles: frozenset[Role]
    """What its entries are, such as present and remote; empty where the question names no role."""
    is_count: bool
    """Whether their number is asked for."""
    is_check: bool
    """Whether it is asked if somebody is among them."""
    is_plural: bool = True
    """Whether several may be asked for."""
    without: frozenset[Role] = frozenset()
    """What they are not, though others are: of "guests who had not been summoned"."""

    @property
    def is_single(self) -> bool:
        """Whether one person holds the role."""
        return bool(self.roles & SINGULAR_ROLES)


def asked_list(question: str, kind: str | None) -> AskedList | None:
    """Return which list a question asks for; None where it asks for something else."""
    if kind not in _LISTING_KINDS:
        return None
    if _asks_for_things(question):
        return None
    roles = asked_roles(question)
    is_count = kind == "how_much" and bool(_COUNTING.search(question))
    is_check = kind == "yesno"
    if not roles and (kind not in ("who", "list") or is_count):
        return None
    if kind in ("how_much", "yesno") and not (is_count or is_check):
        return None
    if kind == "what" and not roles:
        return None
    is_plural = kind == "list" or is_count or bool(_PLURAL.search(question))
    return AskedList(roles, is_count, is_check, is_plural, excluded_roles(question))


def _asks_for_things(question: str) -> bool:
    """Whether what "was there" or "came" is a thing: "how many loaves came to the stall".

    Words that can be said of people alone, such as "attended", leave no doubt.
    """
    opening, came = _THINGS.search(question), _CAME.search(question)
    if not (opening and came) or came.start() < opening.start():
        return False
    if roles_in(question) or _ATTENDING.search(question):
        return False
    said = question[opening.end() : came.start()] + " " + " ".join(came[0].split()[1:-1])
    return any(word not in FUNCTION_WORDS for word in split_words(said))
