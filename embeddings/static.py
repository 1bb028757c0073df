"""The bundled Swedish-English model, read with tokenizers and numpy alone.

A static model gives every word piece one vector, and a text the mean of its pieces' vectors. Words
fall into pieces without regard to their neighbours, so a text's vector is also the normalised sum
of its words' vectors, and each distinct word needs to be looked up once only.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from corpus.errors import UserError
from embeddings.types import Progress, Vectors

BUNDLED_MODEL: Final = Path(__file__).parent / "model"
BATCH: Final = 4096
CACHED_WORDS: Final = 200_000
"""Words remembered at most: 200 MB of vectors, and most corpora have fewer."""

_WORD: Final = re.compile(r"[^\W_]+")


def split_words(text: str) -> list[str]:
    """Return the runs of letters and digits in a text, lower-cased: the words the model knows."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def normalised(vectors: Vectors) -> Vectors:
    """Return rows scaled to unit length; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit


class StaticEmbedder:
    """Embeds text with a model in sentence-transformers' StaticEmbedding format.

    Vectors equal those of `SentenceTransformer(folder).encode(text, normalize_embeddings=True)`.
    """

    name = "bundled"
    languages: frozenset[str] | None = frozenset({"sv", "en"})

    def __init__(self, folder: Path = BUNDLED_MODEL) -> None:
        """Read the model in `folder`; UserError where there is none that can be read."""
        try:
            self._tokenizer = Tokenizer.from_buffer((folder / "tokenizer.json").read_bytes())
            self._pieces = _read_table(folder / "model.safetensors")
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            message = f"The model in {folder} cannot be read ({error}). Install citera again."
            raise UserError(message) from error
        self._folder = folder
        self._row_of: dict[str, int] = {}
        self._rows: Vectors = np.zeros((0, self.dimension), dtype=np.float32)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._pieces.shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the weights and the tokenizer."""
        digest = hashlib.blake2b(digest_size=8)
        for name in ("tokenizer.json", "model.safetensors"):
            digest.update((self._folder / name).read_bytes())
        return f"bundled-{digest.hexdigest()}"

    def embed_passages(self, texts: Sequence[str], progress: Progress) -> Vectors:
        """Embed texts that will be found; shape (len(texts), dimension), rows of unit length."""
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
        return self._rows[self._look_up(words)]

    def _embed(self, texts: Sequence[str]) -> Vectors:
        words: list[str] = []
        ends = []
        for text in texts:
            words += split_words(text)
            ends.append(len(words))
        rows = self._look_up(words)
        starts = [0, *ends[:-1]]
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            self._rows[rows[start:end]].sum(axis=0, out=vectors[number])
        return normalised(vectors)

    def _look_up(self, words: Sequence[str]) -> NDArray[np.intp]:
        unknown = [word for word in dict.fromkeys(words) if word not in self._row_of]
        if unknown:
            self._learn(words, unknown)
        row_of = self._row_of
        return np.fromiter((row_of[word] for word in words), dtype=np.intp, count=len(words))

    def _learn(self, words: Sequence[str], unknown: Sequence[str]) -> None:
        """Compute the vectors of unknown words, forgetting old ones when there are too many."""
        if len(self._row_of) + len(unknown) > CACHED_WORDS:
            self._row_of, unknown = {}, list(dict.fromkeys(words))
            self._rows = self._rows[:0]
        encodings = self._tokenizer.encode_batch_fast(unknown, add_special_tokens=False)
        new = np.stack([self._pieces[encoding.ids].sum(axis=0) for encoding in encodings])
        first = len(self._row_of)
        self._row_of |= {word: first + number for number, word in enumerate(unknown)}
        self._rows = np.concatenate([self._rows[:first], new])


def _read_table(path: Path) -> Vectors:
    """Return the vector of each word piece: whole, or as small integers and a scale for each."""
    tensors = load_file(path)
    if "embedding.weight" in tensors:
        return tensors["embedding.weight"].astype(np.float32)
    scaled: Vectors = tensors["embeddings"].astype(np.float32) * tensors["weights"][:, None]
    return scaled
