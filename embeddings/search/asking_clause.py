"""Finds the words of a question's main clause; the others set the scene."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from corpus.languages.base import compiled
from corpus.languages.known import all_of, either
from corpus.words import split_words
from embeddings.types import Vectors

_ASKING: Final = compiled("|".join(all_of(lambda w: w.questions.asking)))
# "When the ministers met in Oslo, who ...": the first clause only sets the scene.
_SCENE_FIRST: Final = re.compile(
    rf"(?:{either(lambda w: w.questions.scene_of_clause)})\b[^,]*,", re.IGNORECASE
)
_CLAUSE: Final = re.compile(
    rf"[,;]|\b(?:{either(lambda w: w.questions.clause_borders)})\b", re.IGNORECASE
)
_FEWEST: Final = 2
"""Minimum number of content words for a clause to be used alone."""


def asking_words(question: str, words: Sequence[str]) -> Vectors:
    """Return 1 for each word in the clause that asks, otherwise 0; all 1 if there is none.

    If that clause has too few content words, the next one counts as well.
    """
    inside = _in_clause(question, frozenset(words))
    found = np.array([word in inside for word in words], dtype=np.float32)
    return found if found.any() else np.ones_like(found)


def _in_clause(question: str, words: frozenset[str]) -> frozenset[str]:
    scene = _SCENE_FIRST.match(question)
    asking = _ASKING.search(question, scene.end() if scene else 0)
    start = asking.start() if asking else 0
    borders = [0, *(match.start() for match in _CLAUSE.finditer(question)), len(question)]
    begin = max(border for border in borders if border <= start)
    ends = [border for border in borders if border > start + 1] or [len(question)]
    inside: frozenset[str] = frozenset()
    for end in ends:
        inside = words.intersection(split_words(question[begin:end]))
        if len(inside) >= _FEWEST:
            break
    return inside
