"""Swedish compounds."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.index.compounds import split_compound
from embeddings.index.vocabulary import Vocabulary
from embeddings.index.word_ids import FormCounts
from embeddings.models.static import StaticEmbedder
from embeddings.reembed.vocabulary_writing import write_vocabulary
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Query

FREQUENCIES = {
    "stabilitet": 50, "råd": 80, "stabilitetsråd": 4, "kung": 40, "par": 60, "kungapar": 5,
    "skol": 90, "minist": 70, "minister": 70, "skolminister": 3, "förskolminister": 1, "försk": 9,
    "ordning": 30, "for": 2, "forordning": 40, "öppn": 40, "ing": 20, "öppning": 9,
}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("stabilitetsråd", ("stabilitet", "råd")),
        ("skolminister", ("skol", "minister")),
        ("skolordning", ("skol", "ordning")),
        ("forordning", None),
        ("stabilitet", None),
        ("öppning", None),
        ("xyzzyråd", None),
        ("", None),
    ],
)
def test_a_compound_is_cut_where_its_parts_are_as_frequent(word, parts):
    """Linking letters are dropped; a word more frequent than its parts stays whole."""
    assert split_compound(word, lambda one: FREQUENCIES.get(one, 0)) == parts


def test_a_vocabulary_knows_its_compounds(tmp_path: Path):
    """The compounds of a stem are known, also after saving and loading."""
    forms = {"stängsel": 9, "viltstängsel": 2, "vilt": 9, "viltstängselstöd": 1, "stöd": 9}
    write_vocabulary(tmp_path, FormCounts.of(forms), 30, "sv", StaticEmbedder())
    vocabulary = Vocabulary.load(tmp_path)
    fence = np.array([vocabulary.row_of["stängsel"]], dtype=np.int32)
    found = [vocabulary.stems[row] for row in vocabulary.compounds_of(fence).tolist()]
    assert found == ["viltstängsel"]
    parts = [vocabulary.stems[row] for row in vocabulary.parts_of("viltstängsel")]
    assert parts == ["vilt", "stängsel"]
    assert vocabulary.parts_of("stöd") == []


def test_english_has_no_compounds(tmp_path: Path):
    """English words that happen to contain others are left alone."""
    forms = {"every": 9, "where": 9, "everywhere": 1}
    write_vocabulary(tmp_path, FormCounts.of(forms), 30, "en", StaticEmbedder())
    vocabulary = Vocabulary.load(tmp_path)
    assert vocabulary.parts_of("everywher") == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Vem är kanslichef?", "Eva Ek är ny chef för nämndens kansli."),
        ("Vad blir det av näringen?", "En strategi för skogsnäringen kommer i höst."),
    ],
)
def test_a_compound_and_its_parts_render_one_another(tmp_path: Path, question: str, text: str):
    """A document with the parts matches a question with the compound, and vice versa."""
    documents = tmp_path / "documents"
    documents.mkdir()
    others = "Ett kansli har en chef. Kanslichef är ett yrke. Skogen är en näring."
    (documents / "ord.md").write_text(others, encoding="utf-8")
    (documents / "svar.md").write_text(text, encoding="utf-8")
    model = StaticEmbedder()
    store = Store(tmp_path / "store")
    build_index(documents, store.folder, model, progress=lambda *_: None)
    with closing(PassageIndex.open(store.current(), model)) as index:
        rendered = index.find(Query(question, "sv")).documents["svar.md"].rendered
    word = question.removesuffix("?").split()[-1]
    assert rendered[word] > 0.5
