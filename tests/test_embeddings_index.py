"""The search of an open index, with and without a reader."""

from contextlib import closing

import pytest
from made_up import KnowingReader, evidence

from corpus.types import Passage
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.models.static import StaticEmbedder
from embeddings.search.passage_index import PassageIndex, _few_of_each
from embeddings.search.quote_selection import Quote, ReadUnit
from embeddings.types import Query, Scope

HARBOUR = (
    "# Hamnen\n\nPublicerad 3 maj 2024\n\nHamnen byggs om under våren. Siv Alm leder arbetet i "
    "hamnen. Det kostar fyra miljoner kronor.\n"
)
POOL = "# Badet\n\nBadet öppnar igen i juni. Per Ås sköter badet hela sommaren.\n"
DEEP = 120
"""Sections of the long document, each a passage; the answer is in the last but one."""


def quote(path: str, score: float) -> Quote:
    """Return a quote with the given score."""
    passage = Passage(path, 0, 9, "a" * 9, "", "", ((0, 9),))
    unit = ReadUnit(path, 0, evidence(document=score), None, None)
    return Quote(unit, passage, (0, 9), score)


def test_another_document_goes_before_a_further_quote_that_is_hardly_better():
    """The best quote stays first; further ones of its document move back, with their scores."""
    quotes = [quote("a.md", score) for score in (1.0, 0.9, 0.89, 0.88)]
    quotes = [*quotes[:3], quote("b.md", 0.85), quotes[3], quote("b.md", 0.5)]
    assert [(one.unit.path, one.score) for one in _few_of_each(quotes, 3)] == [
        ("a.md", 1.0), ("a.md", 0.9), ("b.md", 0.85), ("a.md", 0.89), ("b.md", 0.5),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory):
    """Return a function that opens the index of three documents with a reader or none."""
    documents = tmp_path_factory.mktemp("documents")
    (documents / "hamnen.md").write_text(HARBOUR, encoding="utf-8")
    (documents / "badet.md").write_text(POOL, encoding="utf-8")
    filler = "Nämnden gick igenom läget och lade rapporten till handlingarna. " * 8
    sections = [f"## Punkt {n}\n\n{filler}" for n in range(DEEP)]
    sections[-2] += "\n\nVaktmästaren Ture Grop fick nyckeln till kvarnladan."
    text = "# Nämnden\n\n" + "\n\n".join(sections) + "\n"
    (documents / "namnden.md").write_text(text, encoding="utf-8")
    model, store = StaticEmbedder(), Store(tmp_path_factory.mktemp("store") / "store")
    build_index(documents, store.folder, model, progress=lambda *_: None)

    def open_with(reader=None) -> PassageIndex:
        return PassageIndex.open(store.current(), model, reader)

    return open_with


def quoted(hit) -> str:
    start, end = hit.quote
    return hit.passage.text[start - hit.passage.start : end - hit.passage.start]


def test_without_a_reader_words_and_meaning_choose(opened):
    """The best match comes first; no words are marked as the answer."""
    with closing(opened()) as index:
        hits = index.search(Query("Vem leder arbetet i hamnen?", "sv"), 5)
    assert (hits[0].source.path, quoted(hits[0])) == (
        "hamnen.md",
        "Siv Alm leder arbetet i hamnen.",
    )
    assert (hits[0].answer, hits[0].strength) == (None, 0)
    assert (hits[0].evidence.passage_read, hits[0].evidence.unit_read) == (0, 0)
    assert hits[0].score > hits[1].score


def test_the_reader_chooses_among_what_was_found(opened):
    """It may put another document first, and its words are marked, as document offsets."""
    with closing(opened(KnowingReader(leder="Per Ås"))) as index:
        best, *_ = index.search(Query("Vem leder arbetet i hamnen?", "sv"), 5)
        text = index.document(best.source.path).text
    assert (best.source.path, quoted(best)) == ("badet.md", "Per Ås sköter badet hela sommaren.")
    assert text[slice(*best.answer)] == "Per Ås"
    assert (best.strength, best.evidence.unit_read) == (1, KnowingReader.SURE)


def test_the_score_is_what_is_known_of_a_hit(opened):
    """The score is the weighted sum of the evidence, and nothing else."""
    from embeddings.search.quote_selection import WITH_READER

    with closing(opened(KnowingReader(kostar="fyra miljoner kronor"))) as index:
        best = index.search(Query("Vad kostar hamnen?", "sv"), 5)[0]
    told = (
        WITH_READER.document * best.evidence.document
        + WITH_READER.unit * best.evidence.unit
        + WITH_READER.timely * best.evidence.timely
        + (WITH_READER.passage_read + WITH_READER.unit_read + WITH_READER.read_alone)
        * KnowingReader.SURE
    )
    assert best.score == pytest.approx(told)


@pytest.mark.parametrize("reader", [None, KnowingReader(nyckeln="Ture Grop")])
def test_a_quote_deep_in_a_long_document_is_found(opened, reader):
    """In a document of over a hundred passages not only the start is examined."""
    with closing(opened(reader)) as index:
        best = index.search(Query("Vem fick nyckeln till kvarnladan?", "sv"), 5)[0]
        text = index.document("namnden.md").text
    assert "Ture Grop fick nyckeln" in quoted(best)
    assert text[slice(*best.quote)] == quoted(best)
    assert best.quote[0] > 0.9 * len(text)


def test_a_question_of_one_document_sees_no_other(opened):
    """The scope applies before candidates are proposed."""
    query = Query("Vem leder arbetet i hamnen?", "sv", scope=Scope(document="badet.md"))
    with closing(opened(KnowingReader(leder="Siv Alm"))) as index:
        assert {hit.source.path for hit in index.search(query, 9)} == {"badet.md"}
        assert index.search(Query("Vem?", "sv", scope=Scope(document="borta.md")), 9) == []


def test_a_query_without_words_finds_by_meaning_alone(opened):
    """A query of symbols raises no error, and its hits have no word evidence."""
    with closing(opened()) as index:
        assert all(hit.rendered == {} for hit in index.search(Query("?!", "sv"), 5))
