"""The words of passages, by passage."""

from pathlib import Path

import numpy as np
import pytest

from embeddings.index.word_ids import Numberer
from embeddings.index.word_matrix import Dates, ForwardIndex, write_forward_index

PASSAGES = [
    [["nya", "badhuset", "invigs"], ["i", "maj"], ["badhuset"]],
    [[], ["badhuset"], ["nya", "tider"]],
    [["maj"], []],
]
"""Words by unit; title and headings come last."""


@pytest.fixture
def numbered(tmp_path: Path) -> dict[str, int]:
    """Write the index, with each form its own stem, and return the row of each."""
    numberer, dates = Numberer(tmp_path, None), Dates()
    for units in PASSAGES:
        numberer.add(units)
        dates.add(None, np.zeros((0, 2), dtype=np.int32))
    words = numberer.finish(np.empty(0, dtype=np.int64))
    rows = np.arange(len(words.forms), dtype=np.int32)
    pieces = [[row, row + 10] for row in rows.tolist()]
    write_forward_index(tmp_path, rows, pieces, dates)
    return {form: row for row, form in enumerate(words.forms)}


def test_units_and_titles_render_words_apart(tmp_path: Path, numbered: dict[str, int]):
    """For each unit, and for the title, the best word counts; empty ones get 0."""
    worth = {numbered["badhuset"]: 1.0, numbered["nya"]: 0.5}
    matches = ForwardIndex.open(tmp_path).match(
        np.array([0, 1, 2]),
        lambda stems: np.array([[worth.get(row, 0.0) for row in stems.tolist()]], np.float32),
    )
    assert matches.units.ravel().tolist() == [1.0, 0.0, 0.0, 1.0, 0.0]
    assert matches.starts.tolist() == [0, 2, 4]
    assert matches.titles.ravel().tolist() == [1.0, 0.5, 0.0]


def test_pairs_of_words_are_counted_where_they_stand_side_by_side(
    tmp_path: Path, numbered: dict[str, int]
):
    """In order and within one passage, not across two."""
    pairs = [(numbered[a], numbered[b]) for a, b in (("nya", "badhuset"), ("i", "maj"))]
    index = ForwardIndex.open(tmp_path)
    assert index.phrases(np.array([0, 1, 2]), pairs).tolist() == [2.0, 0.0, 0.0]
    across = [(numbered["tider"], numbered["maj"]), (numbered["badhuset"], numbered["nya"])]
    assert index.phrases(np.array([1, 2]), across).tolist() == [1.0, 0.0]


def test_words_are_numbered_in_the_order_of_the_alphabet(tmp_path: Path, numbered: dict[str, int]):
    """Whatever the order of passages, the same words get the same numbers."""
    assert list(numbered) == ["badhuset", "i", "invigs", "maj", "nya", "tider"]


def test_word_pieces_are_told_by_unit(tmp_path: Path, numbered: dict[str, int]):
    """The pieces of each unit, including empty ones; not of titles and headings."""
    index = ForwardIndex.open(tmp_path)
    pieces, ends = index.pieces(np.array([1, 0]))
    assert ends.tolist() == [0, 2, 8, 12]
    assert pieces[:2].tolist() == [numbered["badhuset"], numbered["badhuset"] + 10]
    assert pieces[2:4].tolist() == [numbered["nya"], numbered["nya"] + 10]
    assert index.pieces_of_forms()[numbered["maj"]] == [numbered["maj"], numbered["maj"] + 10]
