"""Detects questions about the entries of a list, with their role and conditions."""

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
    """The list that would answer a question."""

    roles: frozenset[Role]
    """Roles of the entries, such as present and remote; empty if the question names none."""
    is_count: bool
    """Whether the question asks for their number."""
    is_check: bool
    """Whether the question asks if a person is among them."""
    is_plural: bool = True
    """Whether the question may ask for several."""
    without: frozenset[Role] = frozenset()
    """Roles that the entries must not have, as in "guests who had not been summoned"."""

    @property
    def is_single(self) -> bool:
        """Whether only one person holds the role."""
        return bool(self.roles & SINGULAR_ROLES)


def asked_list(question: str, kind: str | None) -> AskedList | None:
    """Return the list that a question asks for; None if it asks for something else."""
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
    """Whether "came" or "was there" is about a thing: "how many loaves came to the stall".

    Words that only apply to people, such as "attended", are unambiguous.
    """
    opening, came = _THINGS.search(question), _CAME.search(question)
    if not (opening and came) or came.start() < opening.start():
        return False
    if roles_in(question) or _ATTENDING.search(question):
        return False
    said = question[opening.end() : came.start()] + " " + " ".join(came[0].split()[1:-1])
    return any(word not in FUNCTION_WORDS for word in split_words(said))
