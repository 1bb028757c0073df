"""When two texts count as saying the same words."""

import re
from typing import Final

_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_WORD: Final = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return a text with links reduced to their text, case and punctuation folded."""
    return " ".join(_WORD.findall(_LINK.sub(r"\1", text).casefold()))


def stands_in(words: str, text: str) -> bool:
    """Whether whole words stand in a text in their order, both folded: "12" is not in "2012"."""
    return bool(words) and f" {words} " in f" {text} "


def is_named_in(name: str, text: str) -> bool:
    """Whether a name stands in a text, both folded; a Swedish genitive of it will do."""
    return stands_in(name, text) or stands_in(f"{name}s", text)


def supports(quote: str, evidence: str) -> bool:
    """Whether a quote holds a piece of evidence, or lies in it; both folded."""
    return stands_in(evidence, quote) or stands_in(quote, evidence)
