"""Word search: BM25 in tantivy, over text stemmed here so that all engines stem alike.

Each word of the question is a set of alternatives: the word itself and words with nearly the same
meaning. The best alternative counts for a passage, and the words are summed. Source of BM25:
Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009.
"""

import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Final

import numpy as np
import tantivy
from numpy.typing import NDArray

from embeddings.index.base import base_of, link_folder
from embeddings.types import Alternative, Vectors

BODY: Final = "body"
TITLE: Final = "title"
_NUMBER: Final = "number"
_HEAP_BYTES: Final = 128_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(_NUMBER, fast=True, indexed=True)
    for field in (TITLE, BODY):
        builder.add_text_field(field, tokenizer_name="stems", index_option="freq")
    return builder.build()


def _with_tokenizer(index: tantivy.Index) -> tantivy.Index:
    stems = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("stems", stems)
    return index


def write_lexical_index(
    folder: Path,
    entries: Iterable[tuple[Iterable[str], Iterable[str]]],
    first: int = 0,
    removed: Iterable[int] = (),
) -> None:
    """Write the (title stems, body stems) of passages, numbered from `first`, to a folder.

    If the folder adds to a base, the base's passages come first, without those in `removed`.
    """
    try:
        index = _begin(folder)
        writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        for number in removed:
            gone = tantivy.Query.term_query(index.schema, _NUMBER, number)
            writer.delete_documents_by_query(gone)
        for number, (title, body) in enumerate(entries, first):
            document = tantivy.Document()
            document.add_unsigned(_NUMBER, number)
            document.add_text(TITLE, " ".join(title))
            document.add_text(BODY, " ".join(body))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
    except ValueError as error:  # Also for a full or failing disk.
        raise OSError(f"tantivy could not write the words: {error}") from error


def _is_read_only(folder: Path) -> bool:
    return not os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _begin(folder: Path) -> tantivy.Index:
    if base := base_of(folder.parent):
        # tantivy never modifies files; it adds or replaces them.
        link_folder(base / folder.name, folder)
        return _with_tokenizer(tantivy.Index.open(str(folder)))
    folder.mkdir()
    return _with_tokenizer(tantivy.Index(_schema(), path=str(folder)))


class LexicalIndex:
    """Finds the passages that contain the words of a question."""

    def __init__(self, folder: Path) -> None:
        """Open the index in a folder; ValueError if it is damaged."""
        # tantivy creates a lock file in its folder. If the folder is read-only, the files are
        # opened through another one.
        with tempfile.TemporaryDirectory() if _is_read_only(folder) else nullcontext() as aside:
            if aside:
                for path in (one for one in folder.iterdir() if one.suffix != ".lock"):
                    Path(aside, path.name).symlink_to(path.resolve())
            self._index = _with_tokenizer(tantivy.Index.open(aside or str(folder)))
            self._schema = self._index.schema
            self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self, words: Sequence[Sequence[Alternative]], limit: int, title_weight: float
    ) -> tuple[NDArray[np.int64], Vectors]:
        """Return numbers and scores of the passages that match best, best first."""
        clauses = [
            (tantivy.Occur.Should, self._any_of(alternatives, title_weight))
            for alternatives in words
            if alternatives
        ]
        query = tantivy.Query.boolean_query(clauses)
        found = self._searcher.search(query, limit, count=False).hits
        addresses = [address for _, address in found]
        numbers = self._searcher.fast_field_values(_NUMBER, addresses)
        scores = np.array([score for score, _ in found], dtype=np.float32)
        return np.array(numbers, dtype=np.int64), scores

    def _any_of(self, alternatives: Sequence[Alternative], title_weight: float) -> tantivy.Query:
        terms = [
            tantivy.Query.boost_query(
                tantivy.Query.term_query(self._schema, field, one.stem, index_option="freq"),
                one.weight * weight,
            )
            for one in alternatives
            for field, weight in ((BODY, 1.0), (TITLE, title_weight))
            if weight
        ]
        return tantivy.Query.disjunction_max_query(terms)
