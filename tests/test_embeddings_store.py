"""The store: the current generation, concurrent readers, and damage."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from village import quiet

from bot.answer.answerer import Answerer
from corpus.errors import UserError
from embeddings.build import build_index
from embeddings.engines import storage
from embeddings.engines.protocol import Generation
from embeddings.engines.storage import Store
from embeddings.index import manifest
from embeddings.index.manifest import Manifest
from embeddings.models.static import StaticEmbedder
from embeddings.search.passage_index import PassageIndex
from embeddings.search.rollback import roll_back

NOBODY = 65534


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "mars.md").write_text("# Mars\n\nI mars köpte vi en ny båt.\n", encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def rebuild(documents: Path, store: Store, model: StaticEmbedder, text: str = "", **options: int):
    if text:
        (documents / "mars.md").write_text(f"# Mars\n\n{text}\n", encoding="utf-8")
    return build_index(documents, store.folder, model, progress=quiet, **options)


def test_a_reader_overtaken_by_a_re_embed_opens_the_next_generation(documents, store, model):
    """With --keep 0 a generation may be deleted between reading its name and opening it."""
    rebuild(documents, store, model)
    overtaken = []

    def open_late(generation: Generation) -> PassageIndex:
        if not overtaken:
            overtaken.append(generation.name)
            rebuild(documents, store, model, "I mars sålde vi båten.", keep=0)
            assert generation.name not in store.kept()
        return PassageIndex.open(generation, model)

    with closing(store.open_current(open_late)) as index:
        assert "sålde" in index.catalog.text_of("mars.md")


def test_what_cannot_be_opened_is_tried_once(documents, store, model):
    """A damaged current generation is reported."""
    rebuild(documents, store, model)
    (store.current() / "manifest.json").write_text("{")
    with pytest.raises(UserError, match=r"manifest\.json cannot be read"):
        store.open_current(lambda generation: generation.manifest())


def test_the_way_back_is_known_though_the_clock_was_set_back(documents, store, model, monkeypatch):
    """Later generations sort later, whatever the clock."""

    class SetBack(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(days=400)

    first = rebuild(documents, store, model)
    monkeypatch.setattr(storage, "datetime", SetBack)
    second = rebuild(documents, store, model, "I mars sålde vi båten.")
    third = rebuild(documents, store, model, "I mars målade vi båten.", keep=2)
    assert first.generation < second.generation < third.generation
    assert store.earlier_name() == second.generation
    roll_back(store.folder, model)
    assert store.current_name() == second.generation


@pytest.mark.parametrize("checked_up_to", [0, manifest._CHECKED_UP_TO])
def test_no_way_leads_back_to_a_damaged_index(documents, store, model, monkeypatch, checked_up_to):
    """It is fully verified before a rollback, whatever its size."""
    first = rebuild(documents, store, model)
    second = rebuild(documents, store, model, "I mars sålde vi båten.")
    monkeypatch.setattr(manifest, "_CHECKED_UP_TO", checked_up_to)
    path = store.path_of(first.generation) / "catalog.sqlite"
    _flip(path, path.stat().st_size - 1)
    with pytest.raises(UserError, match=r"catalog\.sqlite has been altered"):
        roll_back(store.folder, model)
    assert store.current_name() == second.generation


def test_moved_documents_get_a_new_generation(documents, store, model):
    """Links lead to the new folder, though no document has changed."""
    rebuild(documents, store, model)
    moved = documents.rename(documents.with_name("moved"))
    report = rebuild(moved, store, model)
    assert (report.unchanged, report.embedded) == (False, 0)
    assert Manifest.read(store.current()).documents_dir == str(moved.resolve())
    assert rebuild(moved, store, model).unchanged


def test_a_folder_whose_name_is_no_text_is_known_again(documents, store, model):
    """Nothing is rebuilt, and the documents don't count as moved."""
    odd = documents.rename(documents.with_name(os.fsdecode(b"k\xf6k")))
    rebuild(odd, store, model)
    assert Manifest.read(store.current()).is_of(odd)
    assert rebuild(odd, store, model).unchanged


def test_a_store_whose_name_is_no_text_is_refused(documents, tmp_path, model):
    """Libraries can't open files in it, and don't say so."""
    odd = Store(tmp_path / os.fsdecode(b"k\xf6k"))
    with pytest.raises(UserError, match=r"k\\xf6k has a name that is not UTF-8\.$"):
        rebuild(documents, odd, model)


def test_a_link_newly_passed_over_is_told(documents, store, model):
    """A link out of the folder changes no document, but is reported."""
    rebuild(documents, store, model)
    (documents / "out.md").symlink_to("/")
    report = rebuild(documents, store, model)
    assert [one.path for one in report.skipped] == ["out.md"]
    assert rebuild(documents, store, model).unchanged
    (documents / "out.md").unlink()
    assert rebuild(documents, store, model).skipped == ()


def files_of(store: Store) -> list[Path]:
    return [path for path in store.current().rglob("*") if path.is_file()]


def test_who_may_read_the_manifest_may_read_all(documents, store, model):
    """All files of a generation have the same permissions."""
    rebuild(documents, store, model)
    assert {oct(path.stat().st_mode) for path in files_of(store)} == {
        oct((store.current() / "manifest.json").stat().st_mode)
    }


@contextmanager
def reading_alone(store: Store, secret: Path | None = None) -> Iterator[None]:
    """Run as a user who can only read the store, without one of its files."""
    paths = [store.folder, *store.folder.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o000 if path == secret else 0o444)
    is_root = os.geteuid() == 0
    if is_root:
        for path in store.folder.parents[:3]:
            path.chmod(path.stat().st_mode | 0o055)
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        for path in paths:
            path.chmod(0o755)


def test_a_store_that_may_only_be_read_answers(documents, store, model):
    """Another user with read access gets answers."""
    rebuild(documents, store, model)
    before = {path: path.stat().st_mtime_ns for path in store.folder.rglob("*")}
    with reading_alone(store):
        assert not os.access(store.current(), os.W_OK, effective_ids=True)
        answer = Answerer(store, model).answer("Vad köpte vi i mars?")
        assert answer.citations[0].quote == "I mars köpte vi en ny båt."
        with pytest.raises(UserError, match=r"cannot be written"):
            rebuild(documents, store, model)
    assert {path: path.stat().st_mtime_ns for path in store.folder.rglob("*")} == before


@pytest.mark.parametrize("name", ["manifest.json", "catalog.sqlite"])
def test_a_store_that_may_not_be_read_is_told(documents, store, model, name):
    """It is not reported as damage, since a re-embed would not help."""
    rebuild(documents, store, model)
    refused = pytest.raises(UserError, match="has no permission to read")
    with reading_alone(store, secret=store.current() / name), refused:
        Answerer(store, model).answer("Vad köpte vi i mars?")


@pytest.mark.parametrize("checked_up_to", [0, manifest._CHECKED_UP_TO])
def test_no_answer_comes_from_a_file_with_one_flipped_bit(
    documents, store, model, monkeypatch, checked_up_to
):
    """In an index of any size, a flipped bit anywhere gives one sentence."""
    rebuild(documents, store, model)
    monkeypatch.setattr(manifest, "_CHECKED_UP_TO", checked_up_to)
    for name, (size, _) in Manifest.read(store.current()).files.items():
        for place in {0, size // 3, size // 2, size - 1} if size else ():
            _flip(store.current() / name, place)
            answerer = Answerer(store, model)
            with pytest.raises(UserError, match=r"^The index is damaged.* Run: citera reembed$"):
                answerer.answer("Vad köpte vi i mars?")
            answerer.close()
            _flip(store.current() / name, place)
    assert Answerer(store, model).answer("Vad köpte vi i mars?").found


def _flip(path: Path, place: int) -> None:
    if path.stat().st_size > place:
        with path.open("r+b") as file:
            file.seek(place)
            byte = file.read(1)[0]
            file.seek(place)
            file.write(bytes([byte ^ 4]))


def test_a_manifest_with_one_flipped_bit_is_told(documents, store, model):
    """The manifest can be damaged like any file."""
    rebuild(documents, store, model)
    path = store.current() / "manifest.json"
    for place in range(path.stat().st_size):
        if not path.read_bytes()[place : place + 1].isspace():
            _flip(path, place)
            with pytest.raises(UserError, match=r" Run: citera reembed$"):
                Manifest.read(store.current())
            _flip(path, place)
    assert Manifest.read(store.current()).is_of(documents)


def test_damage_while_it_answers_is_told_in_a_sentence(documents, store, model, monkeypatch):
    """A library's error over a damaged file leads to a check."""
    rebuild(documents, store, model)
    answerer = Answerer(store, model)
    assert answerer.answer("Vad köpte vi i mars?").found
    path = store.current() / "catalog.sqlite"
    _flip(path, path.stat().st_size // 2)
    monkeypatch.setattr("embeddings.index.catalog.Catalog.documents_of", lambda *_: 1 / 0)
    with pytest.raises(UserError, match=r"The index is damaged: catalog\.sqlite has been altered"):
        answerer.answer("När köpte vi båten?")
    _flip(path, path.stat().st_size // 2)
    with pytest.raises(ZeroDivisionError):
        answerer.answer("Vem köpte båten?")
