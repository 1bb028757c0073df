"""Which role of people a label over a list, or a question, speaks of."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from corpus.languages.base import Role, compiled
from corpus.languages.known import WORDS, either

OPPOSITE: Final[Mapping[Role, Role]] = {
    Role.PRESENT: Role.ABSENT,
    Role.ABSENT: Role.PRESENT,
    Role.FOR: Role.AGAINST,
    Role.AGAINST: Role.FOR,
}
_CONTRACTED: Final = re.compile(r"n['’]t\b", re.IGNORECASE)
_PARTS: Final = re.compile(r"\n+|(?<=[.!?;])\s+")
_WITH_NOT: Final = frozenset((Role.ABSENT, Role.AGAINST))
"""Roles that a "not" may name: "could not come"."""
_NEGATED_WITHIN: Final = 4
"""Words between a role and the "not" that turns it around."""


def roles_in(label: str) -> frozenset[Role]:
    """Return the roles that a heading, lead-in or column head names, in whichever language.

    "Not present" is absent, and a vice chair no chair.
    """
    whole = label.strip(" :*_.").casefold()
    found = {
        role for words in WORDS.values() for role in words.labels
        if compiled(words.labels[role]).fullmatch(whole)
    }  # fmt: skip
    return frozenset(found | _named(label, _patterns(asked=False)))


def asked_roles(question: str) -> frozenset[Role]:
    """Return the roles that a question asks for: of "who did not attend" the absent."""
    return frozenset(_named(question, _patterns(asked=True)))


def roles_told(text: str) -> frozenset[Role]:
    """Return all roles that the lines and sentences of a text name, opposite ones too."""
    return frozenset().union(*(roles_in(part) for part in _PARTS.split(text)))


@cache
def _patterns(*, asked: bool) -> Mapping[Role, re.Pattern[str]]:
    """Return what names each role in any language; of a question, also what only asks for it."""
    alternatives: dict[Role, list[str]] = {}
    for words in WORDS.values():
        for source in (words.roles, words.asked) if asked else (words.roles,):
            for role, pattern in source.items():
                alternatives.setdefault(role, []).append(pattern)
    return {role: compiled("|".join(patterns)) for role, patterns in alternatives.items()}


@cache
def _negation() -> re.Pattern[str]:
    return compiled(either(lambda words: words.negation))


def _named(text: str, patterns: Mapping[Role, re.Pattern[str]]) -> set[Role]:
    text = _CONTRACTED.sub(" not", text)
    # What names a vice chair holds the word for a chair.
    without_vice = patterns[Role.VICE_CHAIR].sub(" ", text)
    found: set[Role] = set()
    for role, pattern in patterns.items():
        matches = list(pattern.finditer(text if role is Role.VICE_CHAIR else without_vice))
        if matches:
            turned = _is_negated(without_vice, matches, holds_not=role in _WITH_NOT)
            found.add(OPPOSITE.get(role, role) if turned else role)
    return _without_contradiction(found)


def _is_negated(text: str, matches: Iterable[re.Match[str]], *, holds_not: bool) -> bool:
    """Whether a "not" stands within a few words of a match, or in one that needn't hold it."""
    return any(
        (not holds_not and _negation().search(one[0]))
        or _negation().search(" ".join(text[: one.start()].split()[-_NEGATED_WITHIN:]))
        or _negation().search(" ".join(text[one.end() :].split()[:_NEGATED_WITHIN]))
        for one in matches
    )


def _without_contradiction(found: set[Role]) -> set[Role]:
    """Return roles without those that the rarer ones beside them overrule."""
    if Role.ABSENT in found:
        found.discard(Role.PRESENT)
    if Role.AGAINST in found:
        found.discard(Role.FOR)
    return found
