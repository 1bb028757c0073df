"""Finds the roles of people in list labels and questions."""

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
"""Roles that a "not" can express: "could not come"."""
_NEGATED_WITHIN: Final = 4
"""Maximum number of words between a role and the "not" that negates it."""


def roles_in(label: str) -> frozenset[Role]:
    """Return the roles in a heading, lead-in or column head, in any language.

    "Not present" is absent, and a vice chair is not a chair.
    """
    whole = label.strip(" :*_.").casefold()
    found = {
        role for words in WORDS.values() for role in words.labels
        if compiled(words.labels[role]).fullmatch(whole)
    }  # fmt: skip
    return frozenset(found | _named(label, asked=False))


def asked_roles(question: str) -> frozenset[Role]:
    """Return the roles that a question asks for; for "who did not attend" absent."""
    return frozenset(_named(question, asked=True))


def roles_of_verbs(question: str) -> frozenset[Role]:
    """Return the roles that a question asks for only with a verb, such as "who led"."""
    return frozenset(
        role
        for words in WORDS.values()
        for role, pattern in words.asked.items()
        if compiled(pattern).search(question)
    )


def excluded_roles(question: str) -> frozenset[Role]:
    """Return roles without an opposite that the people must not have: "not summoned"."""
    _, negated = _told(question, asked=True)
    return frozenset(negated - OPPOSITE.keys())


def roles_told(text: str) -> frozenset[Role]:
    """Return all roles in the lines and sentences of a text, including opposites."""
    return frozenset().union(*(roles_in(part) for part in _PARTS.split(text)))


@cache
def _patterns(*, asked: bool) -> Mapping[Role, re.Pattern[str]]:
    """Return the patterns of each role; for a question, also those used only in questions."""
    alternatives: dict[Role, list[str]] = {}
    for words in WORDS.values():
        for source in (words.roles, words.asked) if asked else (words.roles,):
            for role, pattern in source.items():
                alternatives.setdefault(role, []).append(pattern)
    return {role: compiled("|".join(patterns)) for role, patterns in alternatives.items()}


@cache
def _negation() -> re.Pattern[str]:
    return compiled(either(lambda words: words.negation))


@cache
def _any_pattern(*, asked: bool) -> re.Pattern[str]:
    """Return one pattern for all of `_patterns`: most texts contain no role."""
    patterns = (one.pattern for one in _patterns(asked=asked).values())
    return re.compile("|".join(patterns), re.IGNORECASE)


def _named(text: str, *, asked: bool) -> set[Role]:
    found, negated = _told(text, asked=asked)
    turned = {OPPOSITE[role] for role in found & negated if role in OPPOSITE}
    return _without_contradiction((found - negated) | turned)


def _told(text: str, *, asked: bool) -> tuple[set[Role], set[Role]]:
    """Return the roles in a text, and which of them a "not" negates."""
    text = _CONTRACTED.sub(" not", text)
    if not _any_pattern(asked=asked).search(text):
        return set(), set()
    patterns = _patterns(asked=asked)
    # The word for a vice chair contains that for a chair.
    without_vice = patterns[Role.VICE_CHAIR].sub(lambda match: " " * len(match[0]), text)
    spans = [
        (match.start(), match.end(), role)
        for role, pattern in patterns.items()
        for match in pattern.finditer(text if role is Role.VICE_CHAIR else without_vice)
    ]
    negated: set[Role] = set()
    for negation in _negation().finditer(text):
        if not any(
            role in _WITH_NOT and start <= negation.start() < end for start, end, role in spans
        ):
            negated |= _whose(negation.start(), text, spans)
    return {role for _, _, role in spans}, negated


def _whose(at: int, text: str, spans: Iterable[tuple[int, int, Role]]) -> set[Role]:
    """Return the roles that a "not" negates: those around it, else the next, else the last."""
    around: set[Role] = set()
    after: list[tuple[int, Role]] = []
    before: list[tuple[int, Role]] = []
    for start, end, role in spans:
        if start <= at < end:
            around.add(role)
        elif start > at and len(text[at:start].split()) <= _NEGATED_WITHIN:
            after.append((start, role))
        elif end <= at and len(text[end:at].split()) < _NEGATED_WITHIN:
            before.append((-end, role))
    near = after or before
    return around or {role for place, role in near if place == min(near)[0]}


def _without_contradiction(found: set[Role]) -> set[Role]:
    """Return roles without those that rarer ones beside them overrule."""
    if Role.ABSENT in found:
        found.discard(Role.PRESENT)
    if Role.AGAINST in found:
        found.discard(Role.FOR)
    return found
