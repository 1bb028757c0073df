"""The passages of one language, searched by words and by meaning.

A question is scored against the passages of each language by themselves: a word that a passage
shares with the question letter for letter would otherwise always beat its translation, and English
passages among Swedish ones would win English questions by that alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from embeddings.dense import DenseIndex
from embeddings.lexical import LexicalIndex
from embeddings.types import Alternative, Vectors
from embeddings.vocabulary import Vocabulary
from embeddings.words import stem

_ALTERNATIVES: Final = 8
_LEAST_COSINE: Final = 0.4
_TITLE_WEIGHT: Final = 0.5
_SAMPLE: Final = 2000
"""Passages whose cosines tell what an ordinary one is."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages worth a closer look, with what the two indexes say of them; arrays run together."""

    numbers: NDArray[np.int64]
    lexical: Vectors
    """BM25 over the question's words and their alternatives."""
    dense: Vectors
    """Cosine to the question, in standard deviations above an ordinary passage's."""


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """A word of the question, as it is looked for in one language."""

    alternatives: tuple[Alternative, ...]
    best_cosine: float
    """Cosine of the nearest stem there is: what its best rendering in this language can reach."""
    rarity: float
    """Inverse document frequency of the word, or of its nearest stem."""


class Partition:
    """The indexes over the passages of one language."""

    def __init__(self, folder: Path, language: str, first: int, count: int) -> None:
        """Open the indexes in a folder, over `count` passages numbered from `first` on."""
        self.language = language
        self.first = first
        self.vocabulary = Vocabulary.load(folder)
        self.lexical = LexicalIndex(folder / "lexical")
        vectors = folder / "vectors.faiss"
        self.dense = DenseIndex(vectors) if vectors.exists() else None
        sizes = {len(self.lexical), count} | ({len(self.dense)} if self.dense else set())
        if sizes != {count}:
            raise ValueError(f"indexes of {language} hold {sorted(sizes)} passages")

    def look_up(self, words: Sequence[str], vectors: Vectors) -> list[QuestionWord]:
        """Return how each word of a question, given with its unit vector, is looked for here."""
        nearest = self.vocabulary.nearest(vectors, _ALTERNATIVES, _LEAST_COSINE)
        found = []
        for word, near in zip(words, nearest, strict=True):
            own = stem(word, self.language)
            cosines = {one.stem: one.cosine for one in near}
            if own in self.vocabulary.row_of:
                cosines[own] = 1.0
            best = max(cosines.values(), default=0.0)
            alternatives = tuple(
                Alternative(one, (cosine / best) ** 2) for one, cosine in cosines.items()
            )
            found.append(QuestionWord(alternatives, best, self._rarity(cosines)))
        return found

    def search(
        self, words: Sequence[QuestionWord], question: Vectors | None, limit: int
    ) -> Candidates:
        """Return up to `limit` passages by words and as many by meaning, numbered over all."""
        numbers, scores = self.lexical.search(
            [word.alternatives for word in words], limit, _TITLE_WEIGHT
        )
        lexical = dict(zip(numbers.tolist(), scores.tolist(), strict=True))
        if self.dense is None or question is None:
            every = np.array(sorted(lexical), dtype=np.int64)
            dense = np.zeros(len(every), dtype=np.float32)
        else:
            near, _ = self.dense.search(question, limit)
            every = np.array(sorted(lexical.keys() | set(near.tolist())), dtype=np.int64)
            dense = self._standardised(self.dense, every, question)
        found = np.array([lexical.get(number, 0.0) for number in every.tolist()], dtype=np.float32)
        return Candidates(every + self.first, found, dense)

    def _rarity(self, cosines: dict[str, float]) -> float:
        rarity, row_of = self.vocabulary.rarity, self.vocabulary.row_of
        if not cosines:
            return float(np.log1p(self.vocabulary.passages))
        nearest = max(cosines, key=lambda one: cosines[one])
        return float(rarity[row_of[nearest]])

    @staticmethod
    def _standardised(dense: DenseIndex, numbers: NDArray[np.int64], question: Vectors) -> Vectors:
        step = max(1, len(dense) // _SAMPLE)
        ordinary = dense.vectors(np.arange(0, len(dense), step)) @ question
        cosines = dense.vectors(numbers) @ question
        standardised: Vectors = (cosines - ordinary.mean()) / max(float(ordinary.std()), 0.05)
        return standardised
