"""The passages of one language, searched by words and by vectors.

A question is scored against the passages of each language separately. Otherwise a passage that
shares a word with the question literally would always beat its translation, and English passages
among Swedish ones would win English questions just by that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.words import stem
from embeddings.engines.protocol import LanguageIndexes, VectorSearch
from embeddings.index.vocabulary import Nearby
from embeddings.index.word_matrix import ForwardIndex, Matches
from embeddings.models.static import StaticEmbedder
from embeddings.search.postings import worth_their_time
from embeddings.types import Alternative, Vectors

_ALTERNATIVES: Final = 8
_LEAST_COSINE: Final = 0.4
"""Minimum cosine for a stem to stand for a word."""
_LEAST_BEST: Final = 0.5
"""From this cosine on, a word's best match counts in full."""
TITLE_WEIGHT: Final = 0.5
_FEW: Final = 20
"""With fewer passages than this, the cosine of an ordinary one can't be estimated."""
USUAL: Final = 3.0
"""By this many standard deviations, passages that answer are usually nearer than ordinary ones."""
_CHANCE: Final = 0.45
"""The cosine that any word has to some stem of a large vocabulary."""
_HOLDS: Final = 0.8
"""Match of a compound with a word that is part of it."""
HELD: Final = 0.6
"""Match of a part with the compound that contains it."""
_SURE: Final = 0.65
"""From this cosine on, two words certainly mean the same."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidate passages, as parallel arrays."""

    numbers: NDArray[np.int64]
    dense: Vectors
    """Cosine to the question, in standard deviations above an ordinary passage."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The words of a question, looked up in one language."""

    alternatives: tuple[tuple[Alternative, ...], ...]
    """The stems that can stand for each word."""
    own: tuple[int | None, ...]
    """The vocabulary row of each word's own stem."""
    compounds: tuple[NDArray[np.int32], ...]
    """The rows of the stems of compounds that contain each word."""
    parts: tuple[Sequence[int], ...]
    """The rows of the stems of each word's parts, if it is a compound."""
    vectors: Vectors
    """The vector of each word, divided by the cosine at which a match counts in full."""
    rarity: Vectors
    """Inverse document frequency of each word, or of its best match."""
    trust: Vectors
    """How certainly each word's best match means the same; 1 for the word itself."""
    pairs: tuple[tuple[int, int] | None, ...]
    """The rows of the stems of each two adjacent words, function words included; None if one of
    them occurs nowhere."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Passages, and how well they match the words of a question."""

    forward: ForwardIndex
    places: NDArray[np.int64]
    """Their numbers in `forward`."""
    matches: Matches

    def unit_vectors(self, model: StaticEmbedder) -> Vectors:
        """Return the vector of each unit of the passages, without titles and headings."""
        return model.embed_pieces(*self.forward.pieces(self.places))

    def phrases(self, words: LookedUp) -> Vectors:
        """Return the share of a question's word pairs that are adjacent in each passage."""
        known = [pair for pair in words.pairs if pair]
        return self.forward.phrases(self.places, known) / np.float32(max(len(words.pairs), 1))


class Partition:
    """The indexes over the passages of one language."""

    def __init__(self, indexes: LanguageIndexes) -> None:
        self.language = indexes.language
        self.first = indexes.first
        self._is_modelled = indexes.language in StaticEmbedder.languages
        self.vocabulary = indexes.vocabulary
        self.lexical = indexes.lexical
        self.dense = indexes.dense
        self.forward = indexes.forward

    def look_up(
        self, words: Sequence[str], vectors: Vectors, said: Sequence[str], language: str
    ) -> LookedUp:
        """Look up the words of a question, given with their unit vectors.

        `said` has all words of the question as written, in `language`.
        """
        if not self._is_modelled:
            # The model does not know this language, so only identical words count.
            vectors = np.zeros_like(vectors)
        near = self.vocabulary.nearest(vectors, _ALTERNATIVES)
        own = self._rows(words)
        best = near.cosines.max(axis=1, initial=0.0)
        best[[row is not None for row in own]] = 1.0
        full = np.maximum(best, _LEAST_BEST)
        trust = np.clip((best - _CHANCE) / (_SURE - _CHANCE), 0.0, 1.0)
        # A word of another language is part of a compound only by chance.
        compounding = own if language == self.language else [None] * len(own)
        pairs = tuple(
            None if first is None or second is None else (first, second)
            for first, second in pairwise(self._rows(said))
        )
        return LookedUp(
            alternatives=self._alternatives(near, own, full),
            own=own,
            compounds=tuple(map(self._compounds_of, compounding)),
            parts=self._parts(words) if language == self.language else ((),) * len(words),
            vectors=vectors / full[:, None],
            rarity=self._rarity(near, own),
            trust=trust,
            pairs=pairs,
        )

    def _parts(self, words: Iterable[str]) -> tuple[Sequence[int], ...]:
        return tuple(self.vocabulary.parts_of(stem(word, self.language)) for word in words)

    def _rows(self, words: Iterable[str]) -> tuple[int | None, ...]:
        return tuple(self.vocabulary.row(stem(word, self.language)) for word in words)

    def _compounds_of(self, row: int | None) -> NDArray[np.int32]:
        """Return the rows of the compounds that contain a stem, also inside one of their parts."""
        if row is None:
            return np.empty(0, dtype=np.int32)
        nearest = self.vocabulary.compounds_of(np.array([row], dtype=np.int32))
        return np.union1d(nearest, self.vocabulary.compounds_of(nearest))

    def __contains__(self, number: int) -> bool:
        """Whether a passage, by its number over all languages, is in this partition."""
        return self.first <= number < self.first + len(self.forward)

    def look_at(self, numbers: NDArray[np.int64], words: LookedUp) -> "LookedAt":
        """Return passages, by their numbers within this language, with their matches."""
        forward, places = self.forward.at(numbers)
        matches = forward.match(places, lambda stems: self._matches(words, stems))
        return LookedAt(forward, places, matches)

    def _matches(self, words: LookedUp, stems: NDArray[np.intp]) -> Vectors:
        """Return how well stems, given in row order, match words; shape (words, stems).

        1 for the word itself or its best match.
        """
        known = int(np.searchsorted(stems, len(self.vocabulary)))
        matches = np.zeros((len(words.own), len(stems)), dtype=np.float32)
        matches[:, :known] = self.vocabulary.products(words.vectors, stems[:known])
        # A rare stem may match a word better than any frequent one.
        matches /= np.maximum(matches.max(axis=1, initial=1.0), 1.0)[:, None]
        matches = np.maximum(matches, 0.0) ** 2
        for match, row, compounds, parts in zip(
            matches, words.own, words.compounds, words.parts, strict=True
        ):
            _raise_to(match, stems, compounds, _HOLDS)
            _raise_to(match, stems, parts, HELD)
            match[stems == row] = 1.0
        return matches

    def search(self, words: LookedUp, question: Vectors, limit: int) -> Candidates:
        """Return up to `limit` passages by words and as many by vectors, with global numbers."""
        found = set(self.lexical.search(words.alternatives, limit, TITLE_WEIGHT)[0].tolist())
        if self.dense:
            found.update(self.dense.search(question, limit)[0].tolist())
        return self._candidates(sorted(found), question)

    def among(self, numbers: Sequence[int], question: Vectors) -> Candidates:
        """Return the passages of this language among `numbers`, scored by vectors only."""
        here = [number - self.first for number in numbers]
        return self._candidates([one for one in here if 0 <= one < len(self.forward)], question)

    def _candidates(self, numbers: Sequence[int], question: Vectors) -> Candidates:
        every = np.array(numbers, dtype=np.int64)
        dense = (
            self._standardised(self.dense, every, question)
            if self.dense and len(every)
            else np.zeros(len(every), dtype=np.float32)
        )
        return Candidates(every + self.first, dense)

    def _alternatives(
        self, near: Nearby, own: Sequence[int | None], full: Vectors
    ) -> tuple[tuple[Alternative, ...], ...]:
        """Return the stems that can stand for each word, weighted by their match."""
        weighed = []
        for rows, cosines, row, most in zip(near.rows, near.cosines, own, full, strict=True):
            close = cosines >= _LEAST_COSINE
            weights = dict(zip(rows[close].tolist(), (cosines[close] / most) ** 2, strict=True))
            if row is not None:
                weights[row] = 1.0
            weighed.append(weights)
        stems = self.vocabulary.stems
        return tuple(
            tuple(Alternative(stems[row], float(weight)) for row, weight in weights.items())
            for weights in worth_their_time(weighed, self.vocabulary)
        )

    def _rarity(self, near: Nearby, own: Sequence[int | None]) -> Vectors:
        """Return the rarity of each word, or of the stem nearest to it."""
        pairs = zip(own, near.rows[:, 0].tolist(), strict=True)
        best = [nearest if row is None else row for row, nearest in pairs]
        rarity: Vectors = self.vocabulary.rarity[best]
        is_known = np.array([row is not None for row in own], dtype=bool)
        is_unknown = ~is_known & (near.cosines[:, 0] < _LEAST_COSINE)
        rarity[is_unknown] = np.log1p(self.vocabulary.passages)
        return rarity

    @staticmethod
    def _standardised(
        dense: VectorSearch, numbers: NDArray[np.int64], question: Vectors
    ) -> Vectors:
        cosines = dense.vectors(numbers) @ question
        ordinary = dense.sample @ question
        if len(ordinary) < _FEW:
            return np.full(len(numbers), USUAL, dtype=np.float32)
        standardised: Vectors = (cosines - ordinary.mean()) / max(float(ordinary.std()), 0.05)
        return standardised


def _raise_to(
    match: Vectors, stems: NDArray[np.intp], rows: Sequence[int] | NDArray[np.int32], value: float
) -> None:
    """Raise the matches of stems, given in row order, that are among `rows` to a value."""
    if len(stems):
        places = np.minimum(np.searchsorted(stems, rows), len(stems) - 1)
        found = places[stems[places] == rows]
        match[found] = np.maximum(match[found], value)
