"""One entry for each person or body, however its name is spelt."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from bot.types import Listed


def merge_names(names: Iterable[Listed]) -> tuple[Listed, ...]:
    """Return names in their order, spelling variants as one: the fullest, with its detail.

    Case, accents, hyphens and dashes are one; "A. Öberg" and "Öberg" are "Anna Öberg" where no
    other Öberg stands among the names that they could be.
    """
    every = list(names)
    words = {_words(one.name) for one in every}
    full = [one for one in words if not any(_shortens(one, other) for other in words)]
    merged: dict[tuple[str, ...], Listed] = {}
    for one in every:
        key = _fullest(_words(one.name), full)
        merged[key] = _merged(merged[key], one, key) if key in merged else one
    return tuple(merged.values())


def _merged(known: Listed, one: Listed, key: tuple[str, ...]) -> Listed:
    """Return the one that spells the name out, with a detail that stands in the same quote."""
    spelt_out = _words(known.name) == key, _words(one.name) == key
    tells_more = spelt_out == (True, True) and one.detail and not known.detail
    fuller, other = (one, known) if spelt_out == (False, True) or tells_more else (known, one)
    if other.detail and not fuller.detail and other.citation == fuller.citation:
        return replace(fuller, detail=other.detail)
    return fuller


def _words(name: str) -> tuple[str, ...]:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return tuple(re.findall(r"[^\W_]+", _without_marks(letters)))


def _without_marks(letters: str) -> str:
    return "".join(one for one in letters if not unicodedata.combining(one))


def _fullest(words: tuple[str, ...], full: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the only full name that the words can be short for, else the words."""
    possible = [other for other in full if _shortens(words, other)]
    return possible[0] if len(possible) == 1 else words


def _shortens(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether words are a surname alone, or a name with initials, of the other name."""
    *first, last = words
    if last != other[-1] or len(words) > len(other):
        return False
    fits = all(
        part == whole or (len(part) == 1 and whole.startswith(part))
        for part, whole in zip(first, other, strict=False)
    )
    return fits and (len(words) < len(other) or any(len(part) == 1 for part in first))
