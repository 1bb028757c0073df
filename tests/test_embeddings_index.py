"""The order of what is found."""

from contextlib import closing
from dataclasses import astuple
from pathlib import Path

import numpy as np

from corpus.types import Passage
from embeddings.build import build_index
from embeddings.index.storage import Store
from embeddings.models.static import StaticEmbedder
from embeddings.search.evidence import WEIGHTS
from embeddings.search.passage_index import Candidate, PassageIndex, rank
from embeddings.search.quote_selection import Quotable
from embeddings.types import Query, Source


def candidate(path: str, *scores: float) -> Candidate:
    """Return a document whose quotes differ in nothing but how well they answer."""
    passage = Passage(path, 0, 9, "a" * 9, "", "", ((0, 9),))
    evidence = np.zeros(len(astuple(WEIGHTS)), dtype=np.float32)
    quotes = tuple(
        Quotable(passage, (at, at + 1), score / WEIGHTS.answer, evidence, ())
        for at, score in enumerate(scores)
    )
    source = Source(path, "", None, "sv", None)
    return Candidate(source, evidence, quotes, year=None, rendered={}, rarity={})


def test_another_document_goes_before_a_further_quote_that_is_hardly_better():
    """The best quote stays first; further ones of its document stand back, their scores kept."""
    hits = rank([candidate("a.md", 1.0, 0.9, 0.89, 0.88), candidate("b.md", 0.85, 0.5)], 9)
    assert [(one.source.path, round(one.score, 2)) for one in hits] == [
        ("a.md", 1.0),
        ("a.md", 0.9),
        ("b.md", 0.85),
        ("a.md", 0.89),
        ("b.md", 0.5),
    ]


def test_a_query_without_words_finds_by_meaning_alone(tmp_path: Path):
    """A query of signs alone raises nothing; what is found for it is worth nothing."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "m.md").write_text("# Möte\n\nMötet hölls i januari.\n", encoding="utf-8")
    model = StaticEmbedder()
    store = Store(tmp_path / "store")
    build_index(documents, store.folder, model, progress=lambda *_: None)
    with closing(PassageIndex.open(store.current(), model)) as index:
        assert [hit.rendered for hit in index.search(Query("?!", "sv", None), 5)] == [{}]
