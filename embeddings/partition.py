"""The passages of one language, searched by words and by meaning.

A question is scored against the passages of each language by themselves: a word that a passage
shares with the question letter for letter would otherwise always beat its translation, and English
passages among Swedish ones would win English questions by that alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from embeddings.dense import DenseIndex
from embeddings.forward import ForwardIndex, Matches
from embeddings.lexical import LexicalIndex
from embeddings.static import StaticEmbedder
from embeddings.types import Alternative, Vectors
from embeddings.vocabulary import Vocabulary
from embeddings.words import stem

_ALTERNATIVES: Final = 8
_LEAST_COSINE: Final = 0.4
"""Cosine to a word from which a stem can stand for it."""
_LEAST_BEST: Final = 0.5
"""A word's best rendering counts in full from this cosine on."""
_TITLE_WEIGHT: Final = 0.5
_FEW: Final = 20
"""Passages below which it can't be told what an ordinary one's cosine is."""
_USUAL: Final = 3.0
"""Standard deviations by which passages that answer are mostly nearer than ordinary ones."""
_CHANCE: Final = 0.45
"""Cosine that any word has to some stem of a large vocabulary."""
_SURE: Final = 0.65
"""Cosine from which two words surely mean the same."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages worth a closer look, with what the two indexes say of them; arrays run together."""

    numbers: NDArray[np.int64]
    lexical: Vectors
    """BM25 over the question's words and their alternatives."""
    dense: Vectors
    """Cosine to the question, in standard deviations above an ordinary passage's."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The words of a question, as they are looked for in one language."""

    alternatives: tuple[tuple[Alternative, ...], ...]
    """For each word the stems that can stand for it."""
    own: tuple[int | None, ...]
    """For each word the row of its own stem in the vocabulary."""
    vectors: Vectors
    """Of each word, divided by the cosine from which a rendering of it counts in full."""
    frequent: Vectors
    """Their products with the vectors of the most frequent stems; shape (words, such stems)."""
    rarity: Vectors
    """Inverse document frequency of each word, or of its best rendering."""
    trust: Vectors
    """How surely each word's best rendering means the same: 1 for the word itself."""
    pairs: tuple[tuple[int, int] | None, ...]
    """For each two words side by side the rows of their stems, function words among them; None
    where one stands nowhere."""


class Partition:
    """The indexes over the passages of one language."""

    def __init__(self, folder: Path, language: str, first: int, count: int) -> None:
        """Open the indexes in a folder, over `count` passages numbered from `first` on."""
        self.language = language
        self.first = first
        self._is_modelled = language in StaticEmbedder.languages
        self.vocabulary = Vocabulary.load(folder)
        self.lexical = LexicalIndex(folder / "lexical")
        self.forward = ForwardIndex(folder)
        vectors = folder / "vectors.faiss"
        self.dense = DenseIndex(vectors) if vectors.exists() else None
        sizes = {len(self.lexical), len(self.forward), count} | (
            {len(self.dense)} if self.dense else set()
        )
        if sizes != {count}:
            raise ValueError(f"indexes of {language} hold {sorted(sizes)} passages")

    def look_up(self, words: Sequence[str], vectors: Vectors, said: Sequence[str]) -> LookedUp:
        """Return how each word of a question, given with its unit vector, is looked for here.

        `said` has all the words of the question, as it says them.
        """
        if not self._is_modelled:
            # The model knows nothing of this language: only the very words count.
            vectors = np.zeros_like(vectors)
        cosines = self.vocabulary.cosines(vectors)
        own = self._rows(words)
        best = cosines.max(axis=1, initial=0.0)
        best[[row is not None for row in own]] = 1.0
        full = np.maximum(best, _LEAST_BEST)
        alternatives = tuple(
            self._alternatives(cosine, row, float(most))
            for cosine, row, most in zip(cosines, own, full, strict=True)
        )
        trust = np.clip((best - _CHANCE) / (_SURE - _CHANCE), 0.0, 1.0)
        rarity, scale = self._rarity(cosines, own), full[:, None]
        pairs = tuple(
            None if first is None or second is None else (first, second)
            for first, second in pairwise(self._rows(said))
        )
        return LookedUp(alternatives, own, vectors / scale, cosines / scale, rarity, trust, pairs)

    def _rows(self, words: Iterable[str]) -> tuple[int | None, ...]:
        return tuple(self.vocabulary.row_of.get(stem(word, self.language)) for word in words)

    def __contains__(self, number: int) -> bool:
        """Whether a passage, by its number over all languages, is in this one."""
        return self.first <= number < self.first + len(self.forward)

    def match(self, numbers: NDArray[np.int64], words: LookedUp) -> Matches:
        """Return how well passages, by their numbers within this language, render words."""
        return self.forward.match(numbers, lambda stems: self._matches(words, stems))

    def phrases(self, numbers: NDArray[np.int64], words: LookedUp) -> Vectors:
        """Return which share of a question's pairs of words stand side by side in passages."""
        known = [pair for pair in words.pairs if pair]
        return self.forward.phrases(numbers, known) / np.float32(max(len(words.pairs), 1))

    def _matches(self, words: LookedUp, stems: NDArray[np.intp]) -> Vectors:
        """Return how well stems, in order of their rows, render words.

        1 for the word itself or its best rendering; shape (words, stems).
        """
        frequent, known = np.searchsorted(stems, [words.frequent.shape[1], len(self.vocabulary)])
        matches = np.zeros((len(words.own), len(stems)), dtype=np.float32)
        matches[:, :frequent] = words.frequent[:, stems[:frequent]]
        matches[:, frequent:known] = (
            words.vectors @ self.vocabulary.vectors(stems[frequent:known]).T
        )
        # A rare stem may render a word better than any frequent one.
        matches /= np.maximum(matches.max(axis=1, initial=1.0), 1.0)[:, None]
        matches = np.maximum(matches, 0.0) ** 2
        for match, row in zip(matches, words.own, strict=True):
            match[stems == row] = 1.0
        return matches

    def search(self, words: LookedUp, question: Vectors, limit: int) -> Candidates:
        """Return up to `limit` passages by words and as many by meaning, numbered over all."""
        numbers, scores = self.lexical.search(words.alternatives, limit, _TITLE_WEIGHT)
        lexical = dict(zip(numbers.tolist(), scores.tolist(), strict=True))
        near = self.dense.search(question, limit)[0].tolist() if self.dense else []
        return self._judged(sorted({*lexical, *near}), lexical, question)

    def among(self, numbers: Sequence[int], question: Vectors) -> Candidates:
        """Return those passages of this language that are among `numbers`, by meaning alone."""
        here = [number - self.first for number in numbers]
        return self._judged([one for one in here if 0 <= one < len(self.forward)], {}, question)

    def _judged(
        self, numbers: Sequence[int], lexical: Mapping[int, float], question: Vectors
    ) -> Candidates:
        every = np.array(numbers, dtype=np.int64)
        found = np.array([lexical.get(number, 0.0) for number in numbers], dtype=np.float32)
        dense = (
            self._standardised(self.dense, every, question)
            if self.dense and len(every)
            else np.zeros(len(every), dtype=np.float32)
        )
        return Candidates(every + self.first, found, dense)

    def _alternatives(
        self, cosines: Vectors, own: int | None, best: float
    ) -> tuple[Alternative, ...]:
        """Return the stems that can stand for a word, weighing as their match does."""
        near = self.vocabulary.nearest(cosines, _ALTERNATIVES, _LEAST_COSINE)
        weights = {one.stem: (one.cosine / best) ** 2 for one in near}
        if own is not None:
            weights[self.vocabulary.stems[own]] = 1.0
        return tuple(Alternative(one, weight) for one, weight in weights.items())

    def _rarity(self, cosines: Vectors, own: Sequence[int | None]) -> Vectors:
        unknown = np.log1p(self.vocabulary.passages)
        rarity = [
            unknown
            if row is None and (not len(cosine) or cosine.max() < _LEAST_COSINE)
            else self.vocabulary.rarity[cosine.argmax() if row is None else row]
            for cosine, row in zip(cosines, own, strict=True)
        ]
        return np.array(rarity, dtype=np.float32)

    @staticmethod
    def _standardised(dense: DenseIndex, numbers: NDArray[np.int64], question: Vectors) -> Vectors:
        cosines = dense.vectors(numbers) @ question
        ordinary = dense.sample @ question
        if len(ordinary) < _FEW:
            return np.full(len(numbers), _USUAL, dtype=np.float32)
        standardised: Vectors = (cosines - ordinary.mean()) / max(float(ordinary.std()), 0.05)
        return standardised
