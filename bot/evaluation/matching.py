"""Compares texts word by word."""

import re
from typing import Final

_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_WORD: Final = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return a text case-folded, without punctuation, and with links reduced to their text."""
    return " ".join(_WORD.findall(_LINK.sub(r"\1", text).casefold()))


def stands_in(words: str, text: str) -> bool:
    """Whether a folded text contains words as a sequence: "12" is not in "2012"."""
    return bool(words) and f" {words} " in f" {text} "


def is_named_in(name: str, text: str) -> bool:
    """Whether a folded text contains a folded name or its Swedish genitive."""
    return stands_in(name, text) or stands_in(f"{name}s", text)


def supports(quote: str, evidence: str) -> bool:
    """Whether a quote contains a piece of evidence, or is part of it; both folded."""
    return stands_in(evidence, quote) or stands_in(quote, evidence)
