"""Whom an answer speaks of, so that "she" can be told by name."""

import re
from collections.abc import Iterator
from typing import Final

from bot.types import Answer

_NAME: Final = re.compile(
    r"(?<![\w-])[A-ZÅÄÖÉÜ][\w-]*[a-zåäöéü](?: (?:von|af|de|van|al))?"
    r"(?: [A-ZÅÄÖÉÜ][\w-]*[a-zåäöéü])+(?!\w)"
)
_ORGANISATION: Final = re.compile(r"\s(?:&|AB|HB|Ltd|Inc|Club|Nord|Bank|Foundation)\b")
_AT_PLACE: Final = re.compile(r"\b(?:i|på|till|från|vid|in|at|near|to|from)\s$", re.IGNORECASE)
_ROLE: Final = re.compile(r",? (?:\(|[a-zåäö]+(?:are|ör|chef|rektor|mästare|ant|ist|er|or)\b)")
_WHO_IS: Final = re.compile(r"\w+ \w+ [A-ZÅÄÖÉÜ]")
_HE: Final = re.compile(r"\b(?:he|his|him|han|hans|honom)\b", re.IGNORECASE)
_SHE: Final = re.compile(r"\b(?:she|her|hers|hon|hennes|henne)\b", re.IGNORECASE)
_NEAR: Final = 200
"""Characters within which a pronoun is taken to stand for the name before it."""
_CERTAIN: Final = 3
_LIKELY: Final = 1


def find_person(after: Answer, pronoun: str) -> str | None:
    """Return the name that a pronoun such as "she" stands for after an answer.

    It is one that the question named, unless that asked for one, else one that the first quote
    speaks of, else a later one; where several are named, one that the text itself calls by such a
    pronoun goes first.
    """
    question = after.full_question
    named = after.reading.kind != "who" or _WHO_IS.match(question)
    wanted, other = (_SHE, _HE) if _SHE.fullmatch(pronoun) else (_HE, _SHE)
    passages = [citation.passage for citation in after.citations]
    quotes = (citation.quote for citation in after.citations)
    for text in (*((question,) if named else ()), *quotes):
        weights: dict[str, int] = {}
        for match in _NAME.finditer(text):
            name = match[0]
            if name not in weights and not _ORGANISATION.match(text, match.end()):
                weights[name] = _standing(text, match) + _called(name, passages, wanted, other)
        best = max(weights, key=weights.__getitem__, default=None)
        if best is not None and weights[best] >= 0:
            return best
    return None


def _standing(text: str, match: re.Match[str]) -> int:
    """Return what the words around a name tell of its being a person's."""
    place = -_LIKELY if _AT_PLACE.search(text, 0, match.start()) else 0
    return place + (_LIKELY if _ROLE.match(text, match.end()) else 0)


def _called(name: str, passages: list[str], wanted: re.Pattern[str], other: re.Pattern[str]) -> int:
    """Return whether the pronoun that follows a name most often is the wanted one."""
    following = list(_after_name(name, passages))
    return _CERTAIN * (
        sum(bool(wanted.search(text)) for text in following)
        - sum(bool(other.search(text)) for text in following)
    )


def _after_name(name: str, passages: list[str]) -> Iterator[str]:
    """Yield what follows each mention of a name, until another is named."""
    for passage in passages:
        for match in re.finditer(re.escape(name), passage):
            near = passage[match.end() : match.end() + _NEAR]
            another = _NAME.search(near)
            yield near[: another.start()] if another else near
