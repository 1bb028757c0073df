"""The limit on postings of a word search."""

from pathlib import Path

import pytest

from embeddings.index.vocabulary import Vocabulary
from embeddings.index.word_ids import FormCounts
from embeddings.models.static import StaticEmbedder
from embeddings.reembed.vocabulary_writing import write_vocabulary
from embeddings.search.postings import worth_their_time


@pytest.fixture
def vocabulary(tmp_path: Path) -> Vocabulary:
    forms = {"regering": 90, "stat": 60, "båt": 30, "bro": 5}
    write_vocabulary(tmp_path, FormCounts.of(forms), 100, "sv", StaticEmbedder())
    return Vocabulary.load(tmp_path)


def rows(vocabulary: Vocabulary, **weights: float) -> dict[int, float]:
    return {vocabulary.row_of[stem]: weight for stem, weight in weights.items()}


def test_all_stems_are_looked_for_where_they_stand_in_few_passages(vocabulary: Vocabulary):
    """Within the limit nothing is dropped."""
    weighed = [rows(vocabulary, regering=1.0, stat=0.6), rows(vocabulary, bro=1.0)]
    assert worth_their_time(weighed, vocabulary, most=155) == weighed


def test_what_tells_least_is_left_out_beyond(vocabulary: Vocabulary):
    """Each word keeps its most informative stem, then come the most informative others."""
    weighed = [
        rows(vocabulary, regering=1.0, stat=0.9, båt=0.5),
        rows(vocabulary, bro=1.0, regering=0.1),
    ]
    kept = worth_their_time(weighed, vocabulary, most=100)
    assert kept == [rows(vocabulary, stat=0.9, båt=0.5), rows(vocabulary, bro=1.0)]


def test_a_word_keeps_its_only_stem_however_frequent(vocabulary: Vocabulary):
    """A question of frequent words is still searched."""
    weighed = [rows(vocabulary, regering=1.0), rows(vocabulary, stat=1.0), {}]
    assert worth_their_time(weighed, vocabulary, most=1) == weighed
