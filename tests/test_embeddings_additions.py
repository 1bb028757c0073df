"""Re-embeds that add to a base: cheap, and with the same answers as a full rewrite."""

import os
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.index.base import BASE
from embeddings.index.catalog import Catalog
from embeddings.index.manifest import CATALOG, Manifest
from embeddings.models.static import StaticEmbedder
from embeddings.reembed import changes
from embeddings.search.passage_index import PassageIndex
from embeddings.search.rollback import roll_back
from embeddings.types import Query

QUESTIONS = (
    "Vem leder arbetet med bron?",
    "Vad kostade taket?",
    "När invigdes badhuset?",
    "Vad beslutades om viltstängslet den 3 maj?",
    "Vem är rektor för skolan i Ekby?",
)


@pytest.fixture(autouse=True)
def always_adds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add to a base however few documents it has."""
    monkeypatch.setattr(changes, "_LEAST_BASE", 1)
    monkeypatch.setattr(changes, "_ADDED_SHARE", 10.0)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    texts = {
        "bron": "Ada Ek leder arbetet med bron. Arbetet med bron dröjer.",
        "taket": "Taket lagades i april. Taket kostade 40 000 kronor.",
        "badhuset": "Badhuset invigdes den 3 maj 2024. Badhuset kostade mest av allt.",
        "skolan": "Bo Lind är rektor för skolan. Skolan ligger i Ekby.",
    }
    for name, text in texts.items():
        write(folder, name, text)
    for number in range(30):
        write(folder, f"sak{number}", f"Om sak {number} beslutades ingenting den {number + 1} maj.")
    return folder


def write(folder: Path, name: str, text: str) -> None:
    content = f"---\ndate: 2024-05-0{len(name) % 9 + 1}\n---\n\n# {name.capitalize()}\n\n{text}\n"
    (folder / f"{name}.md").write_text(content, encoding="utf-8")


def rebuild(documents: Path, folder: Path, model: StaticEmbedder):
    return build_index(documents, folder, model, progress=lambda *_: None)


def found(folder: Path, model: StaticEmbedder) -> list[list[tuple[str, str, float]]]:
    """Return the results of each question: document, quoted passage, score."""
    with closing(PassageIndex.open(Store(folder).current(), model)) as index:
        hits = [index.search(Query(question, "sv"), 5) for question in QUESTIONS]
    return [[(one.source.path, one.passage.text, one.score) for one in each] for each in hits]


def change(documents: Path) -> None:
    """Change a document, delete two, add two."""
    write(documents, "bron", "Cia Alm leder arbetet med bron, och viltstängslet likaså.")
    (documents / "taket.md").unlink()
    (documents / "sak4.md").unlink()
    write(documents, "stängsel", "Den 3 maj beslutades att viltstängslet ska rivas.")
    write(documents, "skolan2", "Di Ström är rektor för skolan i Ekby sedan i maj.")


def assert_same(some: list, others: list) -> None:
    for one, other in zip(some, others, strict=True):
        assert [hit[:2] for hit in one] == [hit[:2] for hit in other]
        assert [hit[2] for hit in one] == pytest.approx([hit[2] for hit in other], abs=0.02)


def test_what_is_added_answers_as_if_all_were_made_anew(documents, tmp_path, model):
    """The same quotes in the same order, after any changes."""
    rebuild(documents, tmp_path / "store", model)
    change(documents)
    report = rebuild(documents, tmp_path / "store", model)
    rebuild(documents, tmp_path / "fresh", model)
    assert (Store(tmp_path / "store").current() / BASE).is_dir()
    assert (report.documents, report.embedded) == (34, 3)
    fresh = Manifest.read(Store(tmp_path / "fresh").current())
    assert (fresh.documents, fresh.passages) == (report.documents, report.passages)
    assert_same(found(tmp_path / "store", model), found(tmp_path / "fresh", model))


def test_additions_follow_one_another(documents, tmp_path, model):
    """Each adds to the same base; earlier additions stay, and may change or be deleted."""
    store = tmp_path / "store"
    rebuild(documents, store, model)
    base = set(Store(store).current().rglob("*.npy"))
    change(documents)
    rebuild(documents, store, model)
    (documents / "skolan2.md").unlink()
    write(documents, "stängsel", "Viltstängslet står kvar, beslutades den 4 maj.")
    write(documents, "taket", "Taket kostade 50 000 kronor.")
    report = rebuild(documents, store, model)
    assert (report.documents, report.embedded) == (34, 2)
    linked = (Store(store).current() / BASE).rglob("*.npy")
    assert {path.stat().st_nlink for path in linked} >= {2} or not base
    rebuild(documents, tmp_path / "fresh", model)
    assert_same(found(store, model), found(tmp_path / "fresh", model))


def test_all_is_written_anew_when_much_was_added(documents, tmp_path, model, monkeypatch):
    """The index is then byte for byte that of a new store."""
    store, fresh = tmp_path / "store", tmp_path / "fresh"
    rebuild(documents, store, model)
    change(documents)
    rebuild(documents, store, model)
    write(documents, "sist", "Sist beslutades om en cykel.")
    monkeypatch.setattr(changes, "_ADDED_SHARE", 0.01)
    assert rebuild(documents, store, model).embedded == 1
    rebuild(documents, fresh, model)
    merged, made = Store(store).current(), Store(fresh).current()
    assert not (merged / BASE).exists()
    for file in made.glob("*/*"):
        if file.is_file():
            assert (merged / file.relative_to(made)).read_bytes() == file.read_bytes(), file


def test_a_language_may_come_with_an_addition(documents, tmp_path, model):
    """The first English document among Swedish ones is found, and so are the others."""
    store = tmp_path / "store"
    rebuild(documents, store, model)
    (documents / "news.md").write_text(
        "# A library\n\nThe new library opens on 3 May with a party for everyone in the town.\n",
        encoding="utf-8",
    )
    rebuild(documents, store, model)
    with closing(PassageIndex.open(Store(store).current(), model)) as index:
        assert index.search(Query("When does the library open?", "en"), 1)[0].source.path == (
            "news.md"
        )
        assert index.search(Query("Vad kostade taket?", "sv"), 1)[0].source.path == "taket.md"


def test_a_removed_document_is_nowhere(documents, tmp_path, model):
    """Neither its text nor its passages are returned; others are."""
    store = tmp_path / "store"
    rebuild(documents, store, model)
    (documents / "taket.md").unlink()
    rebuild(documents, store, model)
    with closing(Catalog.open(Store(store).current() / CATALOG)) as catalog:
        with pytest.raises(LookupError):
            catalog.text_of("taket.md")
        assert catalog.numbers_of("taket.md") == []
        assert catalog.passages_around({"taket.md": []}, 9, 1) == {}
        assert catalog.count_documents() == 33
        assert "Ada Ek" in catalog.text_of("bron.md")
    assert all(hit[0] != "taket.md" for hits in found(store, model) for hit in hits)


def test_the_way_back_from_an_addition(documents, tmp_path, model):
    """The base becomes current again, and a further re-embed adds to it."""
    store = tmp_path / "store"
    rebuild(documents, store, model)
    before = found(store, model)
    change(documents)
    rebuild(documents, store, model)
    roll_back(store, model)
    assert found(store, model) == before
    assert rebuild(documents, store, model).documents == 34


def test_an_untouched_file_is_not_read(documents, tmp_path, model, monkeypatch):
    """Size and time show that a file is unchanged; otherwise its bytes are compared."""
    for file in documents.iterdir():
        os.utime(file, ns=(10**18, 10**18))
    store = tmp_path / "store"
    rebuild(documents, store, model)
    read = []
    digest = changes.file_digest
    monkeypatch.setattr(
        changes, "file_digest", lambda file, said: read.append(file.name) or digest(file, said)
    )
    os.utime(documents / "bron.md", ns=(10**18, 10**18 + 1))
    assert rebuild(documents, store, model).unchanged
    assert read == ["bron.md"]


def test_a_file_changed_just_now_is_read_again(documents, tmp_path, model):
    """A change within the same instant that keeps the size is noticed."""
    store = tmp_path / "store"
    write(documents, "nytt", "Kassör är Eva.")
    rebuild(documents, store, model)
    status = (documents / "nytt.md").stat()
    write(documents, "nytt", "Kassör är Ida.")
    os.utime(documents / "nytt.md", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert rebuild(documents, store, model).embedded == 1


def test_numbers_of_a_language_stay(documents, tmp_path, model):
    """Passages of the base keep their numbers, and added ones follow."""
    store = tmp_path / "store"
    rebuild(documents, store, model)
    with closing(Catalog.open(Store(store).current() / CATALOG)) as catalog:
        before = catalog.numbers_of("skolan.md")
    change(documents)
    rebuild(documents, store, model)
    with closing(Catalog.open(Store(store).current() / CATALOG)) as catalog:
        assert catalog.numbers_of("skolan.md") == before
        added = catalog.numbers_of("skolan2.md")
        assert catalog.documents_of(np.array([*before, *added]).tolist()) == {
            **dict.fromkeys(before, "skolan.md"),
            **dict.fromkeys(added, "skolan2.md"),
        }
