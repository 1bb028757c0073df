"""Texts as bags of word pieces, with fast batching."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class Bags:
    """The piece ids of many texts, concatenated."""

    pieces: NDArray[np.int32]
    starts: NDArray[np.int64]
    """The start of each text in `pieces`, and the end of the last."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(
        self, rows: NDArray[np.int64], longest: int, random: np.random.Generator
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the pieces of some texts, and the start of each.

        From a text longer than `longest` pieces, a random stretch of that length is taken.
        """
        begin = self.starts[rows]
        lengths = self.starts[rows + 1] - begin
        begin = begin + random.integers(0, np.maximum(lengths - longest, 0) + 1)
        lengths = np.minimum(lengths, longest)
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        position = np.arange(offsets[-1]) - np.repeat(offsets[:-1] - begin, lengths)
        return self.pieces[position], offsets[:-1]


class Bagger:
    """Splits texts into pieces, each distinct word only once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}

    def bags(self, texts: Sequence[Sequence[str]]) -> Bags:
        """Return the pieces of texts, given as lists of words."""
        fresh = sorted({word for words in texts for word in words} - self._known.keys())
        encodings = self._tokenizer.encode_batch_fast(fresh, add_special_tokens=False)
        self._known |= {word: code.ids for word, code in zip(fresh, encodings, strict=True)}
        lists = [[piece for word in words for piece in self._known[word]] for words in texts]
        starts = np.cumsum([0, *map(len, lists)], dtype=np.int64)
        flat = np.fromiter((piece for pieces in lists for piece in pieces), np.int32, starts[-1])
        return Bags(flat, starts)
