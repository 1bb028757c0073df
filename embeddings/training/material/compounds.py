"""Splits a Swedish compound into its words."""

from collections.abc import Callable, Iterator
from typing import Final

SHORTEST_PART: Final = 3
SHORTEST_COMPOUND: Final = 7


def split_compound(
    word: str, can_begin: Callable[[str], bool], can_end: Callable[[str], bool]
) -> tuple[str, ...]:
    """Return a compound's parts: as few as possible, the shortest as long as possible.

    `can_begin` has forms that start compounds, `can_end` those that end them. Empty if it can't be
    split.
    """
    if len(word) < SHORTEST_COMPOUND:
        return ()
    found: list[tuple[str, ...]] = [
        (*parts, tail)
        for head, tail in _cuts(word)
        if can_end(tail)
        for parts in _begin(head, can_begin)
    ]
    if not found:
        found = [
            (*parts, tail)
            for head, tail in _cuts(word)
            if can_end(tail)
            for part in (head, head.removesuffix("s"))
            if (parts := split_compound(part, can_begin, can_end))
        ]
    return min(found, key=lambda parts: (len(parts), -min(map(len, parts)), parts), default=())


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        yield word[:place], word[place:]


def _begin(head: str, can_begin: Callable[[str], bool]) -> list[tuple[str]]:
    """Return the word of a first part: itself, without a linking s, or with its vowel."""
    forms = (head, head.removesuffix("s"), head + "a", head + "e")
    for form in forms:
        if len(form) >= SHORTEST_PART and can_begin(form):
            return [(form,)]
    return []
