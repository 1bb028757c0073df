"""The search indexes over the passages of one language, written into a new generation."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np

from corpus.types import Passage
from embeddings.catalog import Catalog
from embeddings.dating import EventFinder, days_of
from embeddings.dense import DenseIndex, write_dense_index
from embeddings.forward import Entry, write_forward_index
from embeddings.lexical import write_lexical_index
from embeddings.passage_text import heading_text
from embeddings.static import StaticEmbedder, split_words
from embeddings.storage import CATALOG, Manifest
from embeddings.types import Embedder, Progress, Source, Vectors
from embeddings.vocabulary import Vocabulary
from embeddings.words import stem


@dataclass(frozen=True, slots=True)
class Earlier:
    """The generation that answers while a new one is made."""

    folder: Path
    manifest: Manifest
    digests: dict[str, str]
    """Digest of each document by its path."""

    def vectors_of(self, language: str) -> dict[bytes, int]:
        """Return where, among the vectors of a language, that of each text stands, by its key."""
        first, size = self.manifest.languages.get(language, (0, 0))
        with closing(Catalog.open(self.folder / CATALOG)) as catalog:
            return {
                key: number - first
                for key, number in catalog.keys().items()
                if key and first <= number < first + size
            }


def write_word_indexes(
    folder: Path,
    language: str,
    passages: Iterable[tuple[Source, Passage]],
    model: StaticEmbedder,
    progress: Progress,
    total: int,
) -> None:
    """Write the vocabulary, the forward index and the word index over passages."""
    form_numbers: defaultdict[str, int] = defaultdict(count().__next__)
    standing_in: Counter[int] = Counter()
    events = EventFinder()
    written = []
    for done, (source, passage) in enumerate(passages, 1):
        # What stands over a passage comes last, as in the forward index.
        texts = [*passage.unit_texts(), heading_text(source, passage)]
        words = [split_words(text) for text in texts]
        numbers = [np.array([form_numbers[word] for word in said], np.int32) for said in words]
        standing_in.update(set(np.concatenate(numbers).tolist()))
        days = days_of(source.published), events.find(source, passage, words[:-1])
        written.append((numbers, days))
        progress("index", done, total)
    forms = {form: standing_in[number] for form, number in form_numbers.items()}
    vocabulary = Vocabulary.count(forms, len(written), language, model)
    vocabulary.save(folder)
    row_of = vocabulary.row_of
    rows = np.array([row_of[stem(form, language)] for form in forms], np.int32)
    entries = [
        Entry([rows[numbers] for numbers in texts[:-1]], rows[texts[-1]], *days)
        for texts, days in written
    ]
    write_forward_index(folder, entries)
    stems_of = vocabulary.stems.__getitem__
    titles = (map(stems_of, entry.title.tolist()) for entry in entries)
    bodies = (map(stems_of, np.concatenate(entry.units).tolist()) for entry in entries)
    write_lexical_index(folder / "lexical", zip(titles, bodies, strict=True))


def write_vectors(
    folder: Path,
    language: str,
    texts: Sequence[str],
    earlier: Earlier | None,
    embedder: Embedder,
    progress: Progress,
) -> int:
    """Write the vectors of texts; return how many were computed and not taken from `earlier`."""
    vectors: Vectors = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    known = earlier.vectors_of(language) if earlier else {}
    places = [known.get(key_of(text)) for text in texts]
    new = [row for row, place in enumerate(places) if place is None]
    old = [row for row, place in enumerate(places) if place is not None]
    if old and earlier:
        index = DenseIndex(earlier.folder / language / "vectors.faiss")
        vectors[old] = index.vectors(np.array([places[row] for row in old]))
    if new:
        vectors[new] = embedder.embed_passages([texts[row] for row in new], progress)
    write_dense_index(folder / "vectors.faiss", vectors)
    return len(new)


def key_of(text: str) -> bytes:
    """Return the digest by which a text that was embedded is known again."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
