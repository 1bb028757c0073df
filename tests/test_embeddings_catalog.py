"""The catalog: texts stored once, and passages read from them."""

from contextlib import closing
from pathlib import Path

import pytest

from corpus.reading import read_document
from corpus.structure.passages import cut_passages
from corpus.types import Document, Passage
from embeddings.index import sql_texts
from embeddings.index.catalog import Catalog
from embeddings.reembed.catalog_writing import NewCatalog


def read(folder: Path, text: str) -> tuple[Document, tuple[Passage, ...]]:
    folder.mkdir()
    (folder / "a.md").write_text(text, encoding="utf-8")
    document = read_document(folder, folder / "a.md")
    return document, cut_passages(document)


def write(path: Path, document: Document, passages: tuple[Passage, ...]) -> Path:
    path.parent.mkdir()
    with closing(NewCatalog.create(path)) as catalog:
        catalog.add(document, passages, ignored=())
        catalog.number_passages()
    return path


@pytest.mark.parametrize("stretch", [1, 7, 100, 2**15])
def test_passages_are_read_from_the_text_wherever_it_was_parted(tmp_path, monkeypatch, stretch):
    monkeypatch.setattr(sql_texts, "STRETCH", stretch)
    lines = (f"Ärende {number}: bron över ån blir {number} m lång. 🌉\n" for number in range(300))
    document, passages = read(tmp_path / "in", "# Protokoll\n\n" + "\n".join(lines))
    assert len(passages) > 5

    with closing(Catalog.open(write(tmp_path / "out" / "c", document, passages))) as catalog:
        assert catalog.document("a.md") == document
        assert catalog.text_of("a.md") == document.text
        assert tuple(one for _, one in catalog.passages(0, 1000)) == passages
        around = catalog.passages_around({"a.md": [len(passages) - 1]}, most=3, around=1)
        assert [one for _, _, one in around["a.md"]] == [passages[0], *passages[-2:]]


def test_texts_are_kept_once_and_nothing_is_left_of_the_writing(tmp_path):
    """Passages repeat their documents' text, so storing both would double the file."""
    words = (f"ord{number * 7919 % 10007}" for number in range(40_000))
    document, passages = read(tmp_path / "in", ". ".join(words).capitalize() + ".")

    path = write(tmp_path / "out" / "c", document, passages)
    assert [one.name for one in path.parent.iterdir()] == ["c"]
    assert path.stat().st_size < len(document.text)


def test_no_answer_looks_through_a_whole_table(tmp_path):
    """No catalog query scans a table."""
    document, passages = read(tmp_path / "in", "Bron är lång.\n\n" * 9000)
    assert len(document.text) > 2 * sql_texts.STRETCH
    with closing(Catalog.open(write(tmp_path / "out" / "c", document, passages))) as catalog:
        asked: list[str] = []
        catalog._connection.set_trace_callback(asked.append)
        numbers = catalog.numbers_of("a.md")
        catalog.documents_of(numbers)
        catalog.passages_around({"a.md": [numbers[0], numbers[-1]]}, most=2, around=1)
        catalog.document("a.md")
        catalog.text_of("a.md")
        catalog._connection.set_trace_callback(None)
        plans = [
            step
            for query in asked
            for *_, step in catalog._connection.execute(f"EXPLAIN QUERY PLAN {query}")
        ]
    scanned = [step.split()[1].split(".")[-1] for step in plans if step.startswith("SCAN ")]
    assert len(plans) > 10
    assert not {"d", "p", "t", "b", "documents", "passages", "texts", "built"} & set(scanned)
