"""Splits Swedish compounds: which stems consist of two others.

"Stabilitetsrådet" is the council for "stabilitet", and a question with one should find the other.
Source: Koehn and Knight, "Empirical Methods for Compound Splitting", 2003,
https://aclanthology.org/E03-1076: a word is split if its parts are as frequent as itself.
"""

import math
from collections.abc import Callable
from typing import Final

from corpus.languages.known import WORDS, all_of

LANGUAGES: Final = frozenset(code for code, words in WORDS.items() if words.texts.compound_links)
"""Languages that write compounds as one word."""
_SHORTEST: Final = 3
_ENDINGS: Final = frozenset(all_of(lambda w: w.texts.compound_endings))
"""Suffixes that also happen to be words; never a compound part."""
_LINKS: Final = tuple(all_of(lambda w: w.texts.compound_links))
"""Letters that may join the parts."""


def split_compound(word: str, frequency_of: Callable[[str], int]) -> tuple[str, str] | None:
    """Return the two stems that a stem most likely consists of; None if it is no compound.

    `frequency_of` returns the frequency of a stem.
    """
    best, parts = float(frequency_of(word)), None
    for place in range(_SHORTEST, len(word) - _SHORTEST + 1):
        tail = word[place:]
        frequency = 0 if tail in _ENDINGS else frequency_of(tail)
        for link in _LINKS if frequency else ():
            head = word[:place].removesuffix(link)
            if len(head) + len(link) == place and len(head) >= _SHORTEST:
                mean = math.sqrt(frequency * frequency_of(head))
                if mean and mean >= best:
                    best, parts = mean, (head, tail)
    return parts
