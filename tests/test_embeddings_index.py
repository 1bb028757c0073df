"""The order of what is found."""

from dataclasses import astuple

import numpy as np

from corpus.types import Passage
from embeddings.index import Candidate, rank
from embeddings.ranking import WEIGHTS
from embeddings.selection import Quotable
from embeddings.types import Source


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
