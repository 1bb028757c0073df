"""The data for fitting weights, over two documents that can be checked by hand."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from made_up import golden

from benchmarks import fit_weights, retrieval
from benchmarks.choosing import Choice, fit, half_of, within
from benchmarks.fit_quotes import choice_of
from benchmarks.fit_units import choices_of
from benchmarks.measures import area_between
from benchmarks.sets import Asked, RetrievalSet
from embeddings.models.static import StaticEmbedder

ASKED = Asked("Vem leder arbetet i hamnen?", "sv", frozenset({"hamnen.md"}), ("Siv Alm",))


@pytest.fixture
def asked(tmp_path: Path):
    """Return a set of one question, and the index over its documents."""
    folder = tmp_path / "documents"
    folder.mkdir()
    text = "# Hamnen\n\nHamnen byggs om. Siv Alm leder arbetet i hamnen. Det blir dyrt.\n"
    (folder / "hamnen.md").write_text(text, encoding="utf-8")
    (folder / "badet.md").write_text("# Badet\n\nBadet öppnar i juni.\n", encoding="utf-8")
    with closing(retrieval.open_index(folder, tmp_path / "scratch", StaticEmbedder())) as index:
        yield RetrievalSet("hamnen", folder, (ASKED,)), index


def test_the_units_of_the_right_document_are_set_against_each_other(asked):
    """The unit with the answer is right, and each unit has all kinds of evidence."""
    (choice,) = choices_of(*asked)
    assert choice.right.tolist() == [False, True, False]
    assert choice.figures.shape[0] == 3


def test_all_units_that_were_found_are_set_against_each_other(asked):
    """Units of other documents are wrong."""
    _, index = asked
    known = golden(ASKED.text, docs=["hamnen.md"], evidence=["Siv Alm leder arbetet"])
    found = index.find(retrieval.query_of(ASKED))
    choice = choice_of("hamnen", known, found)
    right = [one for one, is_right in zip(found.units, choice.right, strict=True) if is_right]
    assert [(one.path, one.place) for one in right] == [("hamnen.md", 1)]


def test_candidates_are_ranked_by_any_weights(asked):
    """The right document is first by all evidence, and among the candidates."""
    _, index = asked
    rankings = retrieval.rankings_of(index, retrieval.query_of(ASKED))
    assert rankings["all evidence"][0] == rankings["BM25"][0] == rankings["as quoted"][0]
    assert rankings["all evidence"] == ["hamnen.md", "badet.md"]
    example = fit_weights.gather(index, ASKED)
    assert set(example.paths) == {"hamnen.md", "badet.md"}


def test_the_kind_of_evidence_that_chooses_rightly_gets_the_weight():
    """Of two features, the one that is always highest for the right candidate gets the weight."""
    random = np.random.default_rng(1)
    choices = [
        Choice("s", f"{n}.md", np.stack([np.eye(4)[n % 4], random.random(4)], axis=1)
               .astype(np.float32), np.arange(4) == n % 4)
        for n in range(40)
    ]  # fmt: skip
    weights = fit(choices)
    assert weights[0] > 5 * abs(weights[1])
    assert within(choices, weights, 1) == 1
    assert {half_of(one.document) for one in choices} == {0, 1}


def test_ties_count_half():
    """Two equal confidences don't separate the questions."""
    assert area_between(np.array([0.5, 0.5]), np.array([0.5])) == 0.5
    assert area_between(np.array([0.9, 0.5]), np.array([0.5, 0.1])) == pytest.approx(3.5 / 4)
