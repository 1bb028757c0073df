"""The search indexes over the passages of one language, written into a new generation."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage
from corpus.words import split_words, stem
from embeddings.index.manifest import Manifest
from embeddings.index.passage_dates import EventFinder, days_of
from embeddings.index.passage_text import embedded_text, heading_text
from embeddings.index.vector_index import DenseIndex, write_dense_index
from embeddings.index.vocabulary import Counted, Vocabulary
from embeddings.index.word_ids import NumberedWords, Numberer
from embeddings.index.word_index import write_lexical_index
from embeddings.index.word_matrix import ForwardIndex, write_forward_index
from embeddings.models.static import StaticEmbedder
from embeddings.types import Embedder, Progress, Source, Vectors


@dataclass(frozen=True, slots=True)
class Earlier:
    """The generation that answers while a new one is made."""

    folder: Path
    manifest: Manifest
    digests: dict[str, str]
    """Digest of each document by its path."""
    numbers: dict[bytes, int]
    """Number of the passage of each text, by its key."""

    def places(self, language: str, keys: Iterable[bytes]) -> list[int | None]:
        """Return where passages stand among those of a language, by their keys; None where not."""
        first, size = self.manifest.languages.get(language, (0, 0))
        numbers = ((self.numbers.get(key, -1) - first) for key in keys)
        return [number if 0 <= number < size else None for number in numbers]

    def words(self, language: str) -> "EarlierWords | None":
        """Return what was found out about the words of a language; None where it had none."""
        if language not in self.manifest.languages:
            return None
        folder = self.folder / language
        return EarlierWords(
            NumberedWords.load(folder), Vocabulary.load(folder), ForwardIndex(folder)
        )


@dataclass(frozen=True, slots=True)
class EarlierWords:
    """The indexes over the words of one language's passages in the generation before."""

    numbered: NumberedWords
    vocabulary: Vocabulary
    forward: ForwardIndex


def write_word_indexes(
    folder: Path,
    language: str,
    passages: Sequence[tuple[Source, Passage]],
    places: Sequence[int | None],
    earlier: EarlierWords | None,
    model: StaticEmbedder,
    progress: Progress,
) -> None:
    """Write the vocabulary, the forward index and the word index over passages.

    `places` has where in the `earlier` indexes each passage stands, if it does.
    """
    words, events = _read_words(passages, places, earlier, progress)
    words.save(folder)
    counted = Counted(earlier.vocabulary, earlier.numbered.in_passages()) if earlier else None
    vocabulary = Vocabulary.count(words.in_passages(), len(passages), language, model, counted)
    vocabulary.save(folder)
    row_of = vocabulary.row_of
    rows = np.array([row_of[stem(form, language)] for form in words.forms], np.int32)
    days = [days_of(source.published) for source, _ in passages]
    write_forward_index(folder, rows, _cut(words.forms, earlier, model), days, events)
    write_lexical_index(folder / "lexical", _title_and_body(words, vocabulary.stems, rows))


def _read_words(
    passages: Sequence[tuple[Source, Passage]],
    places: Sequence[int | None],
    earlier: EarlierWords | None,
    progress: Progress,
) -> tuple[NumberedWords, list[NDArray[np.int32]]]:
    """Return the words of passages, and the days of the events that each speaks of."""
    numberer = Numberer(earlier.numbered if earlier else None)
    finder = EventFinder()
    events = []
    for done, ((source, passage), place) in enumerate(zip(passages, places, strict=True), 1):
        # Without a date, the days of a passage hang on those that its document named before.
        if earlier and place is not None and source.published:
            numberer.take_over(place)
            events.append(earlier.forward.events_of(place))
        else:
            units = [split_words(text) for text in passage.unit_texts()]
            # What stands over a passage comes last, as in the forward index.
            numberer.add([*units, split_words(heading_text(source, passage))])
            events.append(finder.find(source, passage, units))
        progress("index", done, len(places))
    return numberer.finish(), events


def _cut(
    forms: Sequence[str], earlier: EarlierWords | None, model: StaticEmbedder
) -> list[list[int]]:
    """Return the pieces of each word form, those known from an earlier generation taken over."""
    known: dict[str, list[int]] = {}
    if earlier:
        known = dict(zip(earlier.numbered.forms, earlier.forward.pieces_of_forms(), strict=True))
    return [known.get(form) or model.cut(form) for form in forms]


def _title_and_body(
    words: NumberedWords, stems: Sequence[str], rows: NDArray[np.int32]
) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the stems of what stands over each passage, and those of the passage."""
    stem_of = [stems[row] for row in rows.tolist()].__getitem__
    ends, title_starts = words.units.word_ends().tolist(), words.units.title_starts().tolist()
    for start, middle, end in zip([0, *ends[:-1]], title_starts, ends, strict=True):
        numbers = words.units.words[start:end].tolist()
        stems_here = [stem_of(number) for number in numbers]
        yield stems_here[middle - start :], stems_here[: middle - start]


def write_vectors(
    folder: Path,
    language: str,
    texts: Sequence[str],
    places: Sequence[int | None],
    earlier: Earlier | None,
    embedder: Embedder,
    progress: Progress,
) -> int:
    """Write the vectors of texts; return how many were computed and not taken from `earlier`."""
    vectors: Vectors = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    new = [row for row, place in enumerate(places) if place is None]
    old = [row for row, place in enumerate(places) if place is not None]
    if old and earlier:
        index = DenseIndex(earlier.folder / language / "vectors.faiss")
        vectors[old] = index.vectors(np.array([places[row] for row in old]))
    if new:
        vectors[new] = embedder.embed_passages([texts[row] for row in new], progress)
    write_dense_index(folder / "vectors.faiss", vectors)
    return len(new)


def key_of(source: Source, passage: Passage) -> bytes:
    """Return the digest by which a passage is known again: its words, their units, its date."""
    units = [(start - passage.start, end - passage.start) for start, end in passage.units]
    described = f"{embedded_text(source, passage)}\n{source.published}\n{units}\n{passage.times}"
    return hashlib.blake2b(described.encode(), digest_size=16).digest()
