"""The re-embed: what it makes, reuses and reports."""

import os
import time
import zipfile
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from club_minutes import ask, rebuild, write_documents

from embeddings.engines.storage import Store
from embeddings.index.catalog import Catalog
from embeddings.index.manifest import CATALOG, Manifest
from embeddings.models.static import StaticEmbedder
from embeddings.search.passage_index import PassageIndex


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    return write_documents(tmp_path / "documents")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def word_files(store: Store) -> dict[str, bytes]:
    """Return the index files except tantivy's, whose names are random."""
    folder = store.current()
    files = [path for path in folder.glob("*/*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_what_is_taken_over_is_what_would_be_made(
    documents: Path, store: Store, model: StaticEmbedder, tmp_path: Path
):
    """After changes the indexes are byte for byte those of a new store."""
    dated = "---\ndate: 2025-04-05\n---\n\n# April\n\nDen 2 april lagades taket.\n"
    (documents / "april.md").write_text(dated, encoding="utf-8")
    rebuild(documents, store, model)
    (documents / "januari.md").unlink()
    (documents / "maj.md").write_text("# Maj\n\nI maj lagades taket igen.\n", encoding="utf-8")
    report = rebuild(documents, store, model)
    fresh = Store(tmp_path / "fresh")
    rebuild(documents, fresh, model)
    assert (report.embedded, report.passages) == (1, 4)
    assert word_files(store) == word_files(fresh)


def test_a_re_embed_makes_an_index_that_answers(documents, store, model):
    """A question finds its document, in its own language and another."""
    report = rebuild(documents, store, model)
    assert (report.documents, report.reused, report.unchanged) == (3, 0, False)
    assert report.embedded == report.passages
    assert ask(store, model, "Vad köpte vi i mars?")[0] == "mars.md"
    assert ask(store, model, "When does the library open?", "en")[0] == "news.md"
    assert ask(store, model, "När öppnar biblioteket?")[0] == "news.md"


def test_every_stored_passage_stands_in_its_document(documents, store, model):
    """Passages and units are exact parts of the stored text."""
    rebuild(documents, store, model)
    with closing(Catalog.open(store.current() / CATALOG)) as catalog:
        for _, passage in catalog.passages(0, 100):
            text = catalog.text_of(passage.document)
            assert text[passage.start : passage.end] == passage.text
            for start, end in passage.units:
                assert passage.start <= start < end <= passage.end


def test_nothing_changed_keeps_the_generation(documents, store, model):
    """A second re-embed makes no new generation."""
    first = rebuild(documents, store, model)
    second = rebuild(documents, store, model)
    assert second.unchanged
    assert second.generation == first.generation == store.current_name()


def test_only_what_changed_is_embedded_again(documents, store, model):
    """Only the passages of a changed document are embedded; a deleted one is gone."""
    first = rebuild(documents, store, model)
    (documents / "mars.md").write_text("# Mars\n\nI mars sålde vi båten.\n", encoding="utf-8")
    (documents / "news.md").unlink()
    second = rebuild(documents, store, model)
    assert (second.documents, second.embedded) == (2, 1)
    assert second.reused == second.passages - 1
    assert second.generation != first.generation
    assert ask(store, model, "Vad sålde vi?")[0] == "mars.md"
    assert "news.md" not in ask(store, model, "library", "en")


def test_reused_vectors_are_the_ones_computed_before(documents, store, model):
    """After a partial re-embed the vectors equal those of a full one."""
    rebuild(documents, store, model)
    (documents / "zzz.md").write_text("# April\n\nI april målade vi båten.\n", encoding="utf-8")
    rebuild(documents, store, model)
    afresh = Store(store.folder.with_name("afresh"))
    rebuild(documents, afresh, model)
    for folder in (store.current(), afresh.current()):
        with closing(PassageIndex.open(folder, model)) as index:
            part = next(p for p in index.partitions if p.language == "sv")
            assert part.dense is not None
            vectors = part.dense.vectors(np.arange(len(part.dense)))
        if folder == store.current():
            expected = vectors
    assert np.allclose(vectors, expected, atol=1e-3)


def test_older_generations_are_kept_as_told(documents, store, model):
    """`keep` older generations stay, the rest are deleted."""
    names = []
    for number in range(4):
        (documents / "n.md").write_text(f"# N\n\nNummer {number} av flera.\n", encoding="utf-8")
        names.append(rebuild(documents, store, model, keep=2).generation)
        time.sleep(1.01 if number == 0 else 0)
    left = {path.name for path in (store.folder / "generations").iterdir()}
    assert names[-1] in left
    assert len(left) == 3


def test_unreadable_documents_are_named_and_the_rest_is_indexed(documents, store, model):
    """An empty and a binary file are reported, and again by the next re-embed."""
    (documents / "empty.md").write_text("")
    (documents / "binary.txt").write_bytes(b"\x00\x01\x02\xff" * 100)
    report = rebuild(documents, store, model)
    assert {one.path for one in report.skipped} == {"empty.md", "binary.txt"}
    assert report.documents == 3
    again = rebuild(documents, store, model)
    assert again.unchanged
    assert {one.path for one in again.skipped} == {"empty.md", "binary.txt"}


def _grow(path: Path) -> None:
    path.write_bytes(b"")
    os.truncate(path, 60 * 2**20)


def _replace_by_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "spoil",
    [lambda path: path.write_bytes(b""), _grow, _replace_by_pipe],
    ids=["empty", "large", "pipe"],
)
def test_a_known_document_that_can_not_be_read_any_more_stops_nothing(
    spoil, documents, store, model
):
    """It is reported and removed; the others stay and a new one is read."""
    rebuild(documents, store, model)
    spoilt = sorted(documents.rglob("*.md"))[0]
    spoil(spoilt)
    (documents / "new.md").write_text("# Nytt\n\nDet är något nytt.\n", encoding="utf-8")
    report = rebuild(documents, store, model)
    assert [one.path for one in report.skipped] == [spoilt.relative_to(documents).as_posix()]
    assert report.documents == 3


def test_what_is_passed_over_is_told_in_a_folder_that_is_else_unchanged(documents, store, model):
    """A new broken link and a file of another kind are reported by the next re-embed."""
    rebuild(documents, store, model)
    (documents / "gone.md").symlink_to(documents / "nothing.md")
    (documents / "drawing.dwg").touch()
    report = rebuild(documents, store, model)
    assert [one.path for one in report.skipped] == ["gone.md"]
    assert [(one.kind, one.count) for one in report.passed_over] == [(".dwg", 1)]
    again = rebuild(documents, store, model)
    assert again.unchanged
    assert (again.skipped, again.passed_over) == (report.skipped, report.passed_over)


def test_an_archive_is_read_when_it_changes_and_kept_when_not(documents, store, model):
    """Members of an archive are added, kept and removed with it, and so are its errors."""
    with zipfile.ZipFile(documents / "a.zip", "w") as archive:
        archive.writestr("möte.md", "# Maj\n\nI maj planterade vi träd.\n")
        archive.writestr("tom.md", "")
        archive.writestr("bok.md", "# Bok\n\nI juni läste vi en bok om båtar.\n")
    report = rebuild(documents, store, model)
    assert report.documents == 5
    assert [one.path for one in report.skipped] == ["a.zip/tom.md"]
    again = rebuild(documents, store, model)
    assert again.unchanged
    assert again.skipped == report.skipped
    (documents / "ny.md").write_text("# Ny\n\nDet är något nytt.\n", encoding="utf-8")
    third = rebuild(documents, store, model)
    assert (third.documents, third.skipped) == (6, report.skipped)
    assert ask(store, model, "Vad planterade vi?")[0] == "a.zip/möte.md"
    (documents / "a.zip").unlink()
    last = rebuild(documents, store, model)
    assert (last.documents, last.skipped) == (4, ())


def test_a_mended_document_is_read(documents, store, model):
    """A file that could not be read is read once it can be."""
    (documents / "empty.md").write_text("")
    rebuild(documents, store, model)
    (documents / "empty.md").write_text("# Maj\n\nI maj planterade vi träd.\n", encoding="utf-8")
    assert rebuild(documents, store, model).skipped == ()
    assert ask(store, model, "Vad planterade vi?")[0] == "empty.md"


def test_a_manifest_counts_what_is_there(documents, store, model):
    """The manifest's counts and languages are those of the documents."""
    rebuild(documents, store, model)
    manifest = Manifest.read(store.current())
    assert manifest.documents == 3
    assert set(manifest.languages) == {"sv", "en"}
    assert sum(count for _, count in manifest.languages.values()) == manifest.passages
