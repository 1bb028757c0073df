"""Splits and shortens texts to Telegram's limits."""

import re
from collections.abc import Iterator
from typing import Final

# Where to split a text, best first: each must use at least half of the room.
_CUTS: Final = tuple(
    re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"(?<=[.!?…])\s", r"\s")
)


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units, as Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def split_text(text: str, room: int) -> Iterator[str]:
    """Yield a text in parts that fit; together they contain every word."""
    while units(text) > room:
        fits = _fitting(text, room)
        cut = _best_cut(text, fits)
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def shortened(text: str, room: int) -> str:
    """Return the start of a text that fits, with " …" if it is cut."""
    first = next(split_text(text, room - 2), "")
    return first if len(first) == len(text) else f"{first} …"


def ending(text: str, room: int) -> str:
    """Return the end of a text that fits, with "… " if it is cut."""
    if units(text) <= room:
        return text
    last = text[-_fitting(text[::-1], room - 2) :]
    return "… " + re.sub(r"^\S*\s+(?=\S)", "", last)


def _fitting(text: str, room: int) -> int:
    """Return how many characters of a text fit, at least one."""
    used = 0
    for place, character in enumerate(text):
        used += units(character)
        if used > room:
            return max(place, 1)
    return len(text)


def _best_cut(text: str, fits: int) -> int:
    for pattern in _CUTS:
        ends = [match.end() for match in pattern.finditer(text, 0, fits)]
        if ends and ends[-1] >= fits / 2:
            return ends[-1]
    return fits
