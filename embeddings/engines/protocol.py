"""What every engine gives the search: candidates, and what is known of documents and passages.

How a question is read, what speaks for a passage and which words are quoted is the same over all
engines, and told in `embeddings.search`. An engine only finds, and hands out what was stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.types import Document, Passage, Span
from embeddings.index.manifest import Manifest
from embeddings.index.vocabulary import Vocabulary
from embeddings.index.word_matrix import ForwardIndex
from embeddings.types import Alternative, Source, Vectors


class Texts(Protocol):
    """The documents and passages of a generation; passages are numbered over all languages."""

    def document(self, path: str) -> Document:
        """Return a document as it was read; LookupError where there is no such document."""

    def text_of(self, path: str) -> str:
        """Return a document's text as stored; LookupError where there is no such document."""

    def paths(self) -> list[str]:
        """Return the paths of all documents, in order."""

    def left_out(self, path: str) -> tuple[Span, ...]:
        """Return the stretches of a document that were left out when it was cut."""

    def numbers_of(self, path: str) -> list[int]:
        """Return the numbers of a document's passages, in order; none where there is no such."""

    def documents_of(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the path of the document that each passage was cut from."""

    def passages_around(
        self, proposed: Mapping[str, Sequence[int]], most: int, around: int
    ) -> dict[str, list[tuple[int, Source, Passage]]]:
        """Return passages of documents with their numbers: all, or of more than `most` some.

        `proposed` has numbers of passages for each path: in a longer document these come first,
        then as many as lie within `around` of them, then those at its beginning.
        """

    def close(self) -> None:
        """Let go of what was opened."""


class WordSearch(Protocol):
    """Finds the passages of one language that hold the words of a question."""

    def search(
        self, words: Sequence[Sequence[Alternative]], limit: int, title_weight: float
    ) -> tuple[NDArray[np.int64], Vectors]:
        """Return numbers and scores of the passages that hold most of the words, best first.

        Of the stems that can stand for a word the best counts, and the words are summed.
        """


class VectorSearch(Protocol):
    """Finds the passages of one language whose vectors lie nearest to the question's."""

    def __len__(self) -> int:
        """Return how many passages have a vector, those that are read no more among them."""

    @property
    def sample(self) -> Vectors:
        """Vectors of some passages, evenly spread: what ordinary ones are like."""

    def search(self, vector: Vectors, limit: int) -> tuple[NDArray[np.int64], Vectors]:
        """Return numbers and cosines of the passages nearest to a unit vector, best first."""

    def vectors(self, numbers: NDArray[np.int64]) -> Vectors:
        """Return the stored vectors of passages; shape (len(numbers), dimension)."""


class WordsOfPassages(Protocol):
    """What words and days stand in each passage of one language."""

    def __len__(self) -> int:
        """Return how many passages there are, those that are read no more among them."""

    def at(self, numbers: NDArray[np.int64]) -> tuple[ForwardIndex, NDArray[np.int64]]:
        """Return an index that tells of these passages, with their numbers in it."""


@dataclass(frozen=True, slots=True)
class LanguageIndexes:
    """The indexes over the passages of one language, numbered from 0 on within it."""

    language: str
    first: int
    """Number of the first passage over all languages."""
    vocabulary: Vocabulary
    lexical: WordSearch
    dense: VectorSearch | None
    """None where the model was not made for the language."""
    forward: WordsOfPassages


class Check(Protocol):
    """Tells whether a generation is whole, perhaps while it is asked already."""

    def wait(self) -> None:
        """Return when it is known to be whole; UserError where it is not."""

    def repeat(self) -> None:
        """Look again, from the beginning; UserError where it is not whole."""


class NothingToCheck:
    """The check of a generation in a database, which checks its pages by itself."""

    def wait(self) -> None:
        """Return at once."""

    def repeat(self) -> None:
        """Return at once."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A generation that can be asked; one thread at a time may use it."""

    texts: Texts
    languages: Sequence[LanguageIndexes]
    check: Check
    side_by_side: bool = False
    """Whether several languages may be searched at the same time, by threads."""


class Generation(Protocol):
    """A generation that a store keeps."""

    @property
    def name(self) -> str:
        """Its name, by which it sorts after those made before it."""

    def manifest(self) -> Manifest:
        """Return what it says of itself; UserError where it can't be read."""

    def verify(self) -> None:
        """Raise UserError where it is not as it was written."""

    def open(self) -> Opened:
        """Open it for asking; UserError where it can't be."""
