"""Writes the vocabulary of a language: in full, or as an addition to that of a base."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, Final, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.words import stem, stems_of_all
from embeddings.index.base import base_of
from embeddings.index.compounds import LANGUAGES, split_compound
from embeddings.index.vector_index import save_index, single_threaded
from embeddings.index.vocabulary import (
    FREQUENCIES,
    NEAR,
    PARTS,
    SCALES,
    STEMS,
    VECTORS,
    Vocabulary,
)
from embeddings.index.word_ids import FormCounts
from embeddings.models.static import StaticEmbedder, normalised
from embeddings.types import Vectors

MOST_STEMS: Final = 200_000
"""Only the most frequent stems have vectors; rarer ones only match themselves."""
MOST_NEAR: Final = 50_000
"""Only the most frequent stems can stand for another word."""
_EXACT_UP_TO: Final = 2_000
"""Up to this many stems, each is compared with a word exactly."""
_NUMBERS_TOGETHER: Final = 4
"""How many numbers of a vector share a 4-bit code."""
_TOGETHER: Final = 10_000
"""Stems whose vectors are computed at a time."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The vocabulary of an earlier generation, with its sources."""

    vocabulary: Vocabulary
    forms: Mapping[str, int]
    """The number of passages that contained each word form."""

    def rows_of(self, stems: Sequence[str], words: FormCounts, language: str) -> NDArray[np.intp]:
        """Return the rows of stems whose forms have the same counts as now; -1 for others."""
        forms = words.as_dict()
        altered = {stem(form, language) for form, _ in self.forms.items() ^ forms.items()}
        known = self.vocabulary.row_of
        rows = [-1 if one in altered else known.get(one, -1) for one in stems]
        found = np.array(rows, dtype=np.intp)
        return np.where(found < len(self.vocabulary), found, -1)


@dataclass(frozen=True, slots=True)
class _Stems:
    """The stems of word forms by falling frequency; lists, since there may be a million."""

    stems: Sequence[str]
    frequencies: NDArray[np.int64]
    """The sum of the passage counts of each stem's forms."""
    rows: NDArray[np.int32]
    """The row of each form's stem."""

    @classmethod
    def of(cls, words: FormCounts, language: str) -> Self:
        """Find the stems of word forms."""
        number_of: dict[str, int] = {}
        numbered = (
            number_of.setdefault(one, len(number_of)) for one in stems_of_all(words.forms, language)
        )
        numbers = np.fromiter(numbered, np.int32, len(words.forms))
        stems = list(number_of)
        frequencies = np.bincount(numbers, words.counts, len(stems)).astype(np.int64)
        in_order = np.array(sorted(range(len(stems)), key=stems.__getitem__), dtype=np.intp)
        order = in_order[np.argsort(-frequencies[in_order], kind="stable")]
        row_of_number = np.empty(len(stems), dtype=np.int32)
        row_of_number[order] = np.arange(len(stems))
        by_row = [stems[number] for number in order.tolist()]
        return cls(by_row, frequencies[order], row_of_number[numbers])

    def forms_of_rows(self) -> Iterator[list[int]]:
        """Yield the indices of each stem's forms, row by row."""
        forms = np.argsort(self.rows, kind="stable")
        ends = array("q", np.cumsum(np.bincount(self.rows, minlength=len(self.stems))).tobytes())
        for start, end in pairwise(chain((0,), ends)):
            yield forms[start:end].tolist()

    def compounds(self, language: str) -> NDArray[np.int32]:
        """Return the row of each compound with the rows of its two parts."""
        if language not in LANGUAGES:
            return _split((), array("q"), {}, language)
        row_of = {one: row for row, one in enumerate(self.stems)}
        return _split(self.stems, array("q", self.frequencies.tobytes()), row_of, language)


def write_vocabulary(
    folder: Path,
    words: FormCounts,
    passages: int,
    language: str,
    embedder: StaticEmbedder,
    earlier: Counted | None = None,
) -> tuple[Sequence[str], NDArray[np.int32]]:
    """Write the vocabulary of word forms, given the number of passages with each.

    A stem's vector is the mean of its forms' vectors. If their counts are the same as in the
    `earlier` generation, its vector is reused. Return the stems by row, and the row of each form's
    stem.
    """
    found = _Stems.of(words, language)
    with_vector = found.stems[:MOST_STEMS]
    known = np.full(len(with_vector), -1, dtype=np.intp)
    if earlier:
        known = earlier.rows_of(with_vector, words, language)
    rounded = np.empty((len(with_vector), embedder.dimension), dtype=np.int8)
    scales = np.empty(len(with_vector), dtype=np.float32)
    written = found.forms_of_rows()
    # Rounded in batches, since all vectors at once take four times the memory.
    for first in range(0, len(with_vector), _TOGETHER):
        batch = slice(first, first + _TOGETHER)
        rows, new = known[batch], known[batch] < 0
        vectors = np.empty((len(rows), embedder.dimension), dtype=np.float32)
        if earlier:
            vectors[~new] = earlier.vocabulary.vectors(rows[~new])
        groups = list(islice(written, len(rows)))
        vectors[new] = _means([groups[row] for row in np.flatnonzero(new)], words, embedder)
        rounded[batch], scales[batch] = _rounded(vectors)
    near = _build_near(rounded[:MOST_NEAR] * scales[:MOST_NEAR, None])
    save_index(near, folder / NEAR)
    counts = np.minimum(found.frequencies, passages).tolist()
    _save(folder, found.stems, [*counts, passages], rounded, scales)
    np.save(folder / PARTS, found.compounds(language))
    return found.stems, found.rows


def add_to_vocabulary(
    folder: Path,
    base_rows: NDArray[np.int32],
    words: FormCounts,
    passages: int,
    language: str,
    embedder: StaticEmbedder,
) -> tuple[Sequence[str], NDArray[np.int32]]:
    """Write what word forms add to the base's vocabulary, given the passage counts.

    `forms` starts with those of the base, whose rows are `base_rows`. Stems of the base keep their
    row and vector, although the weights of their forms may have changed a little. Frequencies are
    over all passages. Return the same as `write_vocabulary`.
    """
    base = Vocabulary.load(base_of(folder) or folder)
    row_of = base.row_of
    forms_of: defaultdict[str, list[int]] = defaultdict(list)
    new_rows = []
    for form in range(len(base_rows), len(words.forms)):
        one = stem(words.forms[form], language)
        new_rows.append(row_of.setdefault(one, len(row_of)))
        forms_of[one].append(form)
    stems = list(row_of)[len(base.stems) :]
    rows = np.concatenate([base_rows, np.array(new_rows, np.int32)])
    every = np.bincount(rows, weights=words.counts, minlength=len(row_of))
    counts = np.minimum(every.astype(np.int64), passages).tolist()
    # If the base has no vectors for its rarest stems, new ones are as rare and get none either.
    most = MOST_STEMS - len(base) if len(base) == len(base.stems) else 0
    groups = [forms_of[one] for one in stems[: max(most, 0)]]
    parts = [
        _rounded(_means(groups[first : first + _TOGETHER], words, embedder))
        for first in range(0, max(len(groups), 1), _TOGETHER)
    ]
    rounded, scales = (np.concatenate(part) for part in zip(*parts, strict=True))
    _save(folder, stems, [*counts, passages], rounded, scales)
    np.save(folder / PARTS, _split(stems, counts, row_of, language))
    return list(row_of), rows


def _save(
    folder: Path,
    stems: Sequence[str],
    counts: Sequence[int],
    vectors: NDArray[np.int8],
    scales: Vectors,
) -> None:
    (folder / STEMS).write_text("\n".join(stems), encoding="utf-8")
    np.save(folder / FREQUENCIES, np.array(counts, dtype=np.int64))
    np.save(folder / VECTORS, vectors)
    np.save(folder / SCALES, scales)


def _rounded(vectors: Vectors) -> tuple[NDArray[np.int8], Vectors]:
    """Return vectors as small integers, with a scale for each."""
    scales = np.abs(vectors).max(axis=1, initial=0.0) / 127
    whole = np.round(vectors / np.maximum(scales, 1e-12)[:, None]).astype(np.int8)
    return whole, scales.astype(np.float32)


def _split(
    stems: Sequence[str], frequencies: Sequence[int], row_of: Mapping[str, int], language: str
) -> NDArray[np.int32]:
    """Return the row of each compound with the rows of its two parts; shape (compounds, 3).

    `frequencies` are those of the stems by row.
    """
    found = array("i")
    for one in stems if language in LANGUAGES else ():
        if parts := split_compound(one, lambda stem: _at(frequencies, row_of.get(stem))):
            found.extend((row_of[one], row_of[parts[0]], row_of[parts[1]]))
    return np.frombuffer(found, np.int32).reshape(-1, 3)


def _at(frequencies: Sequence[int], row: int | None) -> int:
    return 0 if row is None else frequencies[row]


def _build_near(vectors: Vectors) -> Any:
    count, dimension = vectors.shape
    index: Any = faiss.IndexFlatIP(dimension)
    if count > _EXACT_UP_TO:
        parts = dimension // _NUMBERS_TOGETHER
        index = faiss.IndexPQFastScan(dimension, parts, 4, faiss.METRIC_INNER_PRODUCT)
    # Training consists of thousands of tiny steps. More threads mostly wait for each other, and on
    # a busy machine twenty times as long.
    with single_threaded():
        if not index.is_trained:
            index.train(vectors)
        index.add(vectors)
    return index


def _means(groups: Sequence[Sequence[int]], words: FormCounts, embedder: StaticEmbedder) -> Vectors:
    """Return the unit vector of each group of forms, given by index; frequent ones weigh most."""
    if not groups:
        return np.zeros((0, embedder.dimension), dtype=np.float32)
    places = [place for group in groups for place in group]
    weights = words.counts[places].astype(np.float32)
    starts = np.cumsum([0, *(len(group) for group in groups[:-1])])
    vectors = embedder.vectors_of_all([words.forms[place] for place in places])
    vectors *= weights[:, None]
    sums: Vectors = np.add.reduceat(vectors, starts)
    return normalised(sums)
