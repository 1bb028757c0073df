"""Folders that change during reading, very long names, and stores in unusual places."""

import json
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from corpus.errors import UserError
from corpus.reading import file_digest
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.index.catalog import Catalog
from embeddings.index.manifest import CATALOG, FORMAT, Manifest
from embeddings.models.static import StaticEmbedder
from embeddings.search.passage_index import PassageIndex
from embeddings.search.rollback import roll_back
from embeddings.types import BuildReport, Query


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.md").write_text(f"# Sak {number}\n\nOm sak {number} talades det.\n")
    (folder / "båten.md").write_text("# Båten\n\nAda Ek köpte båten i mars.\n")
    return folder


def rebuild(documents: Path, store: Store, model: StaticEmbedder) -> BuildReport:
    return build_index(documents, store.folder, model, progress=lambda *_: None)


def first_quote(store: Store, model: StaticEmbedder) -> str:
    with closing(PassageIndex.open(store.current(), model)) as index:
        (hit,) = index.search(Query("Vem köpte båten?", "sv"), 1)
        return index.catalog.text_of(hit.source.path)[slice(*hit.quote)]


def restless(folder: Path, over: threading.Event) -> None:
    """Write, rename and delete files and folders until told to stop."""
    number = 0
    while not over.is_set():
        number += 1
        with suppress(OSError):
            (folder / f"{number % 40}.md").write_text(f"# Sak\n\nNu är det {number}.\n" * 9)
            (folder / f"{number * 7 % 40}.md").unlink(missing_ok=True)
            (folder / f"ny{number % 5}").mkdir(exist_ok=True)
            (folder / f"ny{number % 5}" / "a.md").write_text(f"# Ny\n\nNytt {number}.\n")
            (folder / f"{number * 3 % 40}.md").rename(folder / f"ny{number % 5}" / "b.md")
            shutil.rmtree(folder / f"ny{number * 3 % 5}", ignore_errors=True)


def test_a_folder_that_changes_while_it_is_read(documents, tmp_path, model):
    """Each re-embed succeeds, and the one after the last change is up to date."""
    store, over = Store(tmp_path / "store"), threading.Event()
    hand = threading.Thread(target=restless, args=(documents, over))
    hand.start()
    try:
        for _ in range(4):
            rebuild(documents, store, model)
            assert first_quote(store, model) == "Ada Ek köpte båten i mars."
    finally:
        over.set()
        hand.join()
    there = {path.relative_to(documents).as_posix() for path in documents.rglob("*.md")}
    rebuild(documents, store, model)
    with closing(Catalog.open(store.current() / CATALOG)) as catalog:
        digests = {path: digest for path, (digest, _) in catalog.files().items()}
    assert digests == {path: file_digest(documents / path) for path in there}
    assert rebuild(documents, store, model).unchanged


def test_names_as_long_as_there_are(documents, tmp_path, model):
    """Nothing longer fits beside such a name, and a path of several is longer still."""
    store = Store(tmp_path / "store")
    longest = "å" * 126 + ".md"
    assert len(longest.encode()) == 255
    deep = documents.joinpath(*["ö" * 120] * 6)
    deep.mkdir(parents=True)
    for folder in (documents, deep):
        (folder / longest).write_text("# Långt\n\nDet långa namnet bärs av Bo Lind.\n")
    report = rebuild(documents, store, model)
    assert (report.documents, report.skipped) == (43, ())
    assert rebuild(documents, store, model).unchanged


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """Return a folder on another file system than that of temporary files."""
    memory, temporary = Path("/dev/shm"), Path(tempfile.gettempdir())
    if not memory.is_dir() or memory.stat().st_dev == temporary.stat().st_dev:
        pytest.skip("There is one file system only.")
    folder = Path(tempfile.mkdtemp(dir=memory))
    yield folder
    shutil.rmtree(folder)


def test_a_store_on_another_file_system(documents, elsewhere, model):
    store = Store(elsewhere / "store")
    for who in ("Ada Ek", "Bo Lind", "Cia Alm"):
        (documents / "båten.md").write_text(f"# Båten\n\n{who} köpte båten i mars.\n")
        rebuild(documents, store, model)
        assert first_quote(store, model) == f"{who} köpte båten i mars."
    roll_back(store.folder, model)
    assert first_quote(store, model) == "Bo Lind köpte båten i mars."


@pytest.mark.parametrize("other", [FORMAT - 1, FORMAT + 1])
def test_two_versions_on_one_store(documents, tmp_path, model, other):
    """Neither reads the other's index: each says so, and writes its own."""
    store = Store(tmp_path / "store")
    theirs = rebuild(documents, store, model).generation
    path = store.current() / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": other, "new": "field"}))

    with pytest.raises(UserError, match=r"another version of citera\. Run: citera reembed"):
        Manifest.read(store.current())
    ours = rebuild(documents, store, model)
    assert (ours.documents, ours.embedded > 0, ours.unchanged) == (41, True, False)
    assert first_quote(store, model) == "Ada Ek köpte båten i mars."

    # The other's is kept for rollback, which this version can't use.
    with pytest.raises(UserError, match="another version of citera"):
        roll_back(store.folder, model)
    assert store.current_name() == ours.generation
    assert store.path_of(theirs).is_dir()
