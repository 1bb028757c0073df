"""Writes the search indexes over the passages of one language."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage
from corpus.words import joined_numbers, split_words
from embeddings.index.base import base_of, open_rows, whole, write_removed
from embeddings.index.passage_dates import EventFinder, days_of
from embeddings.index.passage_text import embedded_text, heading_text
from embeddings.index.vector_file import VectorFile
from embeddings.index.vector_index import VECTORS, DenseIndex, write_dense_index
from embeddings.index.word_ids import NumberedWords, Numberer, titles_and_bodies
from embeddings.index.word_index import write_lexical_index
from embeddings.index.word_matrix import FORM_ROWS, Dates, write_forward_index
from embeddings.models.batches import TOGETHER
from embeddings.models.static import StaticEmbedder
from embeddings.reembed.checkpoint import Checkpoint
from embeddings.reembed.earlier import Earlier, EarlierWords
from embeddings.reembed.keys import KEYS, as_rows, find_keys, key_of
from embeddings.reembed.vocabulary_writing import add_to_vocabulary, write_vocabulary
from embeddings.types import PassageEmbedder, Progress, Source, Vectors


@dataclass(frozen=True, slots=True)
class Part:
    """The passages of one language in a generation, without those of its base."""

    folder: Path
    language: str
    keys: bytes
    """Their keys, concatenated."""
    places: NDArray[np.int64]
    """The index of each in the earlier generation; -1 if it is new."""
    first: int
    """The number of passages in the base, which come first."""
    removed: NDArray[np.int64]
    """Numbers of passages in the base that are no longer used."""

    def __len__(self) -> int:
        return len(self.places)

    @property
    def alive(self) -> int:
        """The number of searchable passages, including the base's."""
        return self.first - len(self.removed) + len(self)


def begin_part(
    folder: Path,
    language: str,
    passages: Iterable[tuple[Source, Passage]],
    earlier: Earlier | None,
    first: int,
    removed: NDArray[np.int64],
) -> Part:
    """Create the folder of a language, and look its passages up in the earlier generation."""
    folder.mkdir()
    keys = b"".join(key_of(source, passage) for source, passage in passages)
    rows = as_rows(keys)
    known = earlier and language in earlier.manifest.languages
    places = (
        find_keys(earlier.folder / language, rows)
        if earlier and known
        else np.full(len(rows), -1, dtype=np.int64)
    )
    np.save(folder / KEYS, rows)
    write_removed(folder, removed)
    return Part(folder, language, keys, places, first, removed)


def write_word_indexes(
    part: Part,
    passages: Iterable[tuple[Source, Passage]],
    earlier: EarlierWords | None,
    model: StaticEmbedder,
    progress: Progress,
) -> None:
    """Write the vocabulary, the forward index and the word index of passages."""
    stems, rows = _write_words(part, passages, earlier, model, progress)
    stem_of = [stems[row] for row in rows.tolist()].__getitem__
    entries = (
        (map(stem_of, title), map(stem_of, body)) for title, body in titles_and_bodies(part.folder)
    )
    write_lexical_index(part.folder / "lexical", entries, part.first, part.removed.tolist())


def _write_words(
    part: Part,
    passages: Iterable[tuple[Source, Passage]],
    earlier: EarlierWords | None,
    model: StaticEmbedder,
    progress: Progress,
) -> tuple[Sequence[str], NDArray[np.int32]]:
    """Write the vocabulary and the forward index; return the stems, and each form's row."""
    folder, language = part.folder, part.language
    words, dates = _read_words(part, passages, earlier, progress)
    counts = words.in_passages()
    base = base_of(folder)
    before = whole(open_rows(base, FORM_ROWS)) if base else np.empty(0, dtype=np.int32)
    if base:
        stems, rows = add_to_vocabulary(folder, before, counts, part.alive, language, model)
    else:
        counted = earlier.counted() if earlier else None
        stems, rows = write_vocabulary(folder, counts, part.alive, language, model, counted)
    pieces = _cut(words.forms[len(before) :], None if base else earlier, model)
    write_forward_index(folder, rows[len(before) :], pieces, dates)
    return stems, rows


def _read_words(
    part: Part,
    passages: Iterable[tuple[Source, Passage]],
    earlier: EarlierWords | None,
    progress: Progress,
) -> tuple[NumberedWords, Dates]:
    """Write the words of passages; return them, and the dates that each passage is about."""
    numberer = Numberer(part.folder, earlier.numbered if earlier else None)
    finder = EventFinder()
    dates = Dates()
    for done, ((source, passage), place) in enumerate(zip(passages, part.places, strict=True), 1):
        # In an undated document, the dates of a passage depend on earlier passages.
        if earlier and place >= 0 and source.published:
            numberer.take_over(place)
            events = earlier.forward.events_of(place)
        else:
            units = [[*split_words(one), *joined_numbers(one)] for one in passage.unit_texts()]
            # Title and headings come last, as in the forward index.
            over = heading_text(source, passage)
            numberer.add([*units, [*split_words(over), *joined_numbers(over)]])
            events = finder.find(source, passage, units)
        dates.add(days_of(source.published), events)
        progress("index", done, len(part))
    return numberer.finish(part.removed), dates


def _cut(
    forms: Sequence[str], earlier: EarlierWords | None, model: StaticEmbedder
) -> Iterator[list[int]]:
    """Yield the pieces of each word form, reusing those of an earlier generation."""
    known: dict[str, list[int]] = {}
    if earlier:
        known = dict(zip(earlier.numbered.forms, earlier.forward.pieces_of_forms(), strict=True))
    for form in forms:
        yield known.get(form) or model.cut(form)


def write_vectors(
    part: Part,
    passages: Iterable[tuple[Source, Passage]],
    earlier: Earlier | None,
    embedder: PassageEmbedder,
    checkpoint: Checkpoint,
    progress: Progress,
) -> int:
    """Write the vectors of passages; return how many were computed rather than reused."""
    index = None
    if earlier and (part.places >= 0).any():
        index = DenseIndex(earlier.folder / part.language / VECTORS)
    size = len(part.keys) // max(len(part), 1)
    keys = [part.keys[start : start + size] for start in range(0, len(part.keys), size or 1)]
    new = [row for row, place in enumerate(part.places.tolist()) if place < 0]
    to_compute = sum(keys[row] not in checkpoint for row in new)
    embedded = 0
    texts = (embedded_text(source, passage) for source, passage in passages)
    with closing(VectorFile(part.folder / "vectors.raw", embedder.dimension)) as vectors:
        together = embedder.together if to_compute else TOGETHER
        for first in range(0, len(part), together):
            batch = slice(first, first + together)
            found, computed = _vectors_of(
                list(islice(texts, together)), keys[batch], part.places[batch],
                index, embedder, checkpoint, _further(progress, embedded, to_compute),
            )  # fmt: skip
            vectors.add(found)
            embedded += computed
        write_dense_index(part.folder / VECTORS, vectors)
    return embedded


def _further(progress: Progress, done: int, total: int) -> Progress:
    """Return a callback that reports the progress of a part as progress of the whole."""
    return lambda stage, so_far, _: progress(stage, done + so_far, total)


def _vectors_of(
    texts: Sequence[str],
    keys: Sequence[bytes],
    places: NDArray[np.int64],
    index: DenseIndex | None,
    embedder: PassageEmbedder,
    checkpoint: Checkpoint,
    progress: Progress,
) -> tuple[Vectors, int]:
    """Return the vectors of texts, reused if possible, and how many were computed."""
    vectors = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    old = np.flatnonzero(places >= 0)
    if index and len(old):
        vectors[old] = index.vectors(places[old])
    new = [row for row, place in enumerate(places.tolist()) if place < 0]
    kept = [row for row in new if keys[row] in checkpoint]
    if kept:
        vectors[kept] = checkpoint.vectors([keys[row] for row in kept])
    computed = [row for row in new if keys[row] not in checkpoint]
    if computed:
        vectors[computed] = embedder.embed_passages([texts[row] for row in computed], progress)
        checkpoint.add([keys[row] for row in computed], vectors[computed])
    return vectors, len(computed)
