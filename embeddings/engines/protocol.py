"""The protocol that every engine implements: candidate search, and access to stored data.

Parsing questions, scoring passages and choosing quotes are the same for all engines
(`embeddings.search`). An engine only searches and returns stored data.
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
    """The documents and passages of a generation; passages have global numbers."""

    def document(self, path: str) -> Document:
        """Return a document as it was read; LookupError if there is none."""

    def text_of(self, path: str) -> str:
        """Return a document's stored text; LookupError if there is no such document."""

    def paths(self) -> list[str]:
        """Return the paths of all documents, in order."""

    def left_out(self, path: str) -> tuple[Span, ...]:
        """Return the spans of a document that were left out when it was cut."""

    def numbers_of(self, path: str) -> list[int]:
        """Return the numbers of a document's passages, in order; empty for an unknown document."""

    def documents_of(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the path of each passage's document."""

    def passages_around(
        self, proposed: Mapping[str, Sequence[int]], most: int, around: int
    ) -> dict[str, list[tuple[int, Source, Passage]]]:
        """Return the passages of documents with their numbers; at most `most` of each.

        `proposed` has the numbers of passages for each path. In a longer document these come first,
        then those within `around` of them, then those at its start.
        """

    def close(self) -> None:
        """Close the files or the connection."""


class WordSearch(Protocol):
    """Finds the passages of one language that contain the words of a question."""

    def search(
        self, words: Sequence[Sequence[Alternative]], limit: int, title_weight: float
    ) -> tuple[NDArray[np.int64], Vectors]:
        """Return numbers and scores of the passages that match best, best first.

        The best of the stems that can stand for a word counts, and the words are summed.
        """


class VectorSearch(Protocol):
    """Finds the passages of one language whose vectors are nearest to the question's."""

    def __len__(self) -> int:
        """Return the number of passages with a vector, including removed ones."""

    @property
    def sample(self) -> Vectors:
        """Vectors of some passages, evenly spread, to estimate ordinary cosines."""

    def search(self, vector: Vectors, limit: int) -> tuple[NDArray[np.int64], Vectors]:
        """Return numbers and cosines of the passages nearest to a unit vector, best first."""

    def vectors(self, numbers: NDArray[np.int64]) -> Vectors:
        """Return the stored vectors of passages; shape (len(numbers), dimension)."""


class WordsOfPassages(Protocol):
    """The words and dates of each passage of one language."""

    def __len__(self) -> int:
        """Return the number of passages, including removed ones."""

    def at(self, numbers: NDArray[np.int64]) -> tuple[ForwardIndex, NDArray[np.int64]]:
        """Return an index of these passages, and their numbers in it."""


@dataclass(frozen=True, slots=True)
class LanguageIndexes:
    """The indexes over the passages of one language, with local numbers from 0."""

    language: str
    first: int
    """Global number of the first passage."""
    vocabulary: Vocabulary
    lexical: WordSearch
    dense: VectorSearch | None
    """None if the model was not made for the language."""
    forward: WordsOfPassages


class Check(Protocol):
    """A check whether a generation is intact, possibly still running."""

    def wait(self) -> None:
        """Wait until it has finished; UserError if the generation is damaged."""

    def repeat(self) -> None:
        """Check again from the start; UserError if the generation is damaged."""


class NothingToCheck:
    """The check of a generation in a database, which has its own checksums."""

    def wait(self) -> None:
        """Return at once."""

    def repeat(self) -> None:
        """Return at once."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open generation; not thread-safe."""

    texts: Texts
    languages: Sequence[LanguageIndexes]
    check: Check
    side_by_side: bool = False
    """Whether several languages may be searched in parallel threads."""


class Generation(Protocol):
    """A generation in a store."""

    @property
    def name(self) -> str:
        """Its name; names sort by time of creation."""

    def manifest(self) -> Manifest:
        """Return its manifest; UserError if it can't be read."""

    def verify(self) -> None:
        """Raise UserError if it is damaged."""

    def open(self) -> Opened:
        """Open it for searching; UserError if that fails."""
