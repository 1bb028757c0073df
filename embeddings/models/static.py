"""The bundled Swedish-English model, read with numpy alone.

A static model has one vector per word piece; the vector of a text is the mean of its pieces'
vectors. Words are split independently of each other, so a text's vector is also the normalised sum
of its words' vectors, and each distinct word is computed only once.
"""

import hashlib
import threading
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from corpus.errors import UserError
from corpus.words import split_words
from embeddings.models.batches import TOGETHER
from embeddings.models.pieces import PieceCutter
from embeddings.types import Progress, Vectors

BUNDLED_MODEL: Final = Path(__file__).parent / "bundled_embedder"
BATCH: Final = 256
LEAST_OF_A_PIECE: Final = 2.6
"""Minimum average piece length, in letters, of a word that the model knows."""
CACHED_WORDS: Final = 100_000
"""The cache is cleared at this many words: 100 MB of vectors; many corpora have fewer."""
_MANY: Final = 16_384


def normalised(vectors: Vectors) -> Vectors:
    """Return rows scaled to unit length; zero rows stay zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit


def _sums(vectors: Vectors, rows: NDArray[np.intp], ends: Sequence[int]) -> Vectors:
    """Return the unit vector of each text: the sum of its parts' vectors, given by row."""
    sums = np.zeros((len(ends), vectors.shape[1]), dtype=np.float32)
    for number, (start, end) in enumerate(zip([0, *ends], ends, strict=False)):
        vectors[rows[start:end]].sum(axis=0, out=sums[number])
    return normalised(sums)


def fingerprint_in(folder: Path) -> str:
    """Return the digest of a static model's weights and tokenizer."""
    # Processors compute SHA-256 in hardware, and a cold question waits for it.
    digest = hashlib.sha256()
    for name in ("tokenizer.json", "model.safetensors"):
        digest.update((folder / name).read_bytes())
    return f"bundled-{digest.hexdigest()[:16]}"


class StaticEmbedder:
    """Embeds text with a model in sentence-transformers' StaticEmbedding format.

    Vectors equal those of `SentenceTransformer(folder).encode(text, normalize_embeddings=True)`.
    Thread-safe, since the bot answers while a re-embed runs.
    """

    name = "bundled"
    languages = frozenset({"sv", "en"})
    together = TOGETHER

    def __init__(self, folder: Path = BUNDLED_MODEL) -> None:
        """Read the model in `folder`; UserError if there is no valid one."""
        try:
            self._cutter = PieceCutter.read(folder / "tokenizer.json")
            tensors = load_file(folder / "model.safetensors")
            # A vector of small integers and a scale for each piece.
            self._pieces, self._scales = tensors["embeddings"], tensors["weights"]
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            message = f"The model in {folder} cannot be read ({error}). Install citera again."
            raise UserError(message) from error
        self._folder = folder
        # Guards the cached words. A table that was handed out stays valid, since rows are only
        # added.
        self._learning = threading.Lock()
        self._row_of: defaultdict[str, int]
        self._pieces_of: dict[str, list[int]]
        self._rows: Vectors
        self._forget()

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._pieces.shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the weights and the tokenizer."""
        return fingerprint_in(self._folder)

    def embed_passages(self, texts: Sequence[str], progress: Progress) -> Vectors:
        """Embed passages; shape (len(texts), dimension), unit length."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            vectors[start : start + len(batch)] = self._embed(batch)
            progress("embed", start + len(batch), len(texts))
        return vectors

    def embed_question(self, text: str) -> Vectors:
        """Embed a question; shape (dimension,)."""
        vector: Vectors = self._embed([text])[0]
        return vector

    def word_vectors(self, words: Sequence[str]) -> Vectors:
        """Return the vector of each word, not normalised; shape (len(words), dimension)."""
        table, rows = self._look_up(words)
        return table[rows]

    def vectors_of_all(self, words: Sequence[str]) -> Vectors:
        """Return the same without caching, for a whole vocabulary."""
        with self._learning:
            table, known = self._rows, list(map(self._row_of.get, words))
        vectors = np.empty((len(words), self.dimension), dtype=np.float32)
        for place, (word, row) in enumerate(zip(words, known, strict=True)):
            if row is None:
                self._compute(self.cut(word), vectors[place])
            else:
                vectors[place] = table[row]
        return vectors

    def cut(self, word: str) -> list[int]:
        """Return the rows of the pieces of a word from `split_words`."""
        return self._pieces_of.get(word) or self._cutter.cut(word)

    def knows(self, word: str) -> bool:
        """Return whether the model knows a word rather than spelling it out in short pieces."""
        pieces = self.cut(word)
        return len(pieces) == 1 or len(word) >= LEAST_OF_A_PIECE * len(pieces)

    def embed_pieces(self, pieces: NDArray[np.int32], ends: NDArray[np.int64]) -> Vectors:
        """Embed texts given by concatenated pieces, and where each text's pieces end."""
        distinct, rows = np.unique(pieces, return_inverse=True)
        vectors = self._pieces[distinct] * self._scales[distinct, None]
        return _sums(vectors, rows, ends.tolist())

    def _embed(self, texts: Sequence[str]) -> Vectors:
        words: list[str] = []
        ends = []
        for text in texts:
            words += split_words(text)
            ends.append(len(words))
        table, rows = self._look_up(words)
        return _sums(table, rows, ends)

    def _look_up(self, words: Sequence[str]) -> tuple[Vectors, NDArray[np.intp]]:
        """Return a table of vectors and each word's row in it, adding new words first."""
        with self._learning:
            if len(self._row_of) > CACHED_WORDS:
                self._forget()
            known = len(self._row_of)
            rows = np.array(list(map(self._row_of.__getitem__, words)), dtype=np.intp)
            if len(self._row_of) > known:
                self._learn(
                    [word for word in dict.fromkeys(words) if self._row_of[word] >= known], known
                )
            return self._rows, rows

    def _learn(self, words: Sequence[str], first: int) -> None:
        """Compute the vectors of words, as rows from `first`."""
        needed = first + len(words)
        if needed > len(self._rows):
            # Once there are many, reserve the maximum, since copying a large table takes twice its
            # memory. Unwritten rows take none.
            most = 2 * needed if needed <= _MANY else CACHED_WORDS + CACHED_WORDS // 4
            table = np.empty((max(needed, most), self.dimension), dtype=np.float32)
            table[:first] = self._rows[:first]
            self._rows = table
        for row, word in enumerate(words, first):
            pieces = self._pieces_of[word] = self._cutter.cut(word)
            self._compute(pieces, self._rows[row])

    def _compute(self, pieces: Sequence[int], vector: Vectors) -> None:
        """Write the vector of a word, given by its pieces."""
        found = self._pieces[pieces].astype(np.float32)
        np.matmul(self._scales[pieces], found, out=vector)

    def _forget(self) -> None:
        # A new word gets the next row.
        self._row_of = defaultdict(count().__next__)
        self._pieces_of = {}
        self._rows = np.empty((0, self.dimension), dtype=np.float32)
