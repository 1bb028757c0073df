"""The re-embed and the store when something is wrong: errors, damage, and kills."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from club_minutes import ask, rebuild, write_documents

from corpus.errors import Cancelled, UserError
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.index.manifest import CATALOG, Manifest
from embeddings.reembed import writing
from embeddings.search.passage_index import PassageIndex


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    return write_documents(tmp_path / "documents")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.mark.parametrize("make", ["missing", "empty", "file"])
def test_no_documents_is_told_and_nothing_is_lost(make, tmp_path, documents, store, model):
    """A missing, empty or wrong folder gives a message, and the old index stays."""
    rebuild(documents, store, model)
    name = store.current_name()
    other = tmp_path / make
    if make == "empty":
        other.mkdir()
    elif make == "file":
        other.write_text("x")
    with pytest.raises(UserError, match=str(other)):
        rebuild(other, store, model)
    assert store.current_name() == name


def test_two_re_embeds_at_once_are_refused(documents, store, model):
    """While one re-embed holds the lock, another gives a message."""
    with store.locked(), pytest.raises(UserError, match="Another re-embed is running"):
        rebuild(documents, store, model)


def test_no_index_yet_is_told(store):
    """Opening an empty store says what to run."""
    with pytest.raises(UserError, match="citera reembed"):
        store.current()


def _damage_altered(folder: Path) -> None:
    path = folder / "sv" / "stems.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def _damage_missing(folder: Path) -> None:
    (folder / "sv" / "vectors.faiss").unlink()


def _damage_cut(folder: Path) -> None:
    path = folder / CATALOG
    path.write_bytes(path.read_bytes()[:1000])


def _damage_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")


def _damage_format(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "format": 0}))


@pytest.mark.parametrize(
    "damage",
    [
        _damage_altered,
        _damage_missing,
        _damage_cut,
        _damage_manifest,
        _damage_format,
        shutil.rmtree,
    ],
)
def test_a_damaged_store_is_told_and_mended_by_a_re_embed(damage, documents, store, model):
    """Whatever the damage, the message says to re-embed, and that repairs it."""
    rebuild(documents, store, model)
    damage(store.current())
    with pytest.raises(UserError, match="citera reembed"):
        PassageIndex.open(store.current(), model)
    assert not rebuild(documents, store, model).unchanged
    assert ask(store, model, "Vad köpte vi i mars?")[0] == "mars.md"


def test_a_pointer_that_leads_nowhere_is_told(documents, store, model):
    """A CURRENT that names no generation, or one outside the store, is damage."""
    rebuild(documents, store, model)
    for name in ("nonsense", "../..", "/"):
        (store.folder / "CURRENT").write_text(name)
        with pytest.raises(UserError, match="citera reembed"):
            store.current()


def test_an_index_made_with_another_model_is_refused(documents, store, model):
    """Questions with another model than the passages' get a message with what to run."""
    rebuild(documents, store, model)
    folder = store.current()
    replace(Manifest.read(folder), fingerprint="other", model="tiny").write(folder)
    with pytest.raises(UserError, match=r"another model: tiny.*citera reembed"):
        PassageIndex.open(folder, model)


def test_a_failing_disk_leaves_the_old_index_answering(documents, store, model, monkeypatch):
    """A full disk is reported; the old index stays and nothing is left behind."""
    rebuild(documents, store, model)
    name = store.current_name()
    (documents / "ny.md").write_text("# Ny\n\nEtt nytt dokument om cyklar.\n", encoding="utf-8")

    def full(path: Path, vectors: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(writing, "write_dense_index", full)
    with pytest.raises(UserError, match="No space left"):
        rebuild(documents, store, model)
    assert store.current_name() == name
    assert [path.name for path in (store.folder / "generations").iterdir()] == [name]
    assert ask(store, model, "Vad köpte vi i mars?")[0] == "mars.md"


def test_a_file_size_limit_is_a_full_disk(documents, store, model):
    """At every file that is written, a first re-embed fails with one sentence."""
    code = f"""
import resource, signal
from pathlib import Path
from corpus.errors import Cancelled, UserError
from embeddings.build import build_index
from embeddings.models.static import StaticEmbedder
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for size in [*range(0, 60_000, 4_000), *range(60_000, 135_000, 15_000)]:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        build_index(Path({str(documents)!r}), Path({str(store.folder)!r}), StaticEmbedder(),
                    progress=lambda *_: None)
        break
    except UserError as error:
        print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    assert len(told) >= 5
    assert [one for one in told if "written" not in one or "stays in use" in one] == []


@pytest.mark.parametrize("wait", [0.05, 0.3, 0.6])
def test_a_kill_leaves_the_last_good_index(wait, documents, store, model):
    """Killed at any moment, a re-embed leaves a working index, and the next one succeeds."""
    rebuild(documents, store, model)
    for number in range(300):
        (documents / f"{number}.md").write_text(f"# N {number}\n\nText om sak {number}.\n")
    code = (
        "from pathlib import Path; from embeddings.build import build_index;"
        "from embeddings.models.static import StaticEmbedder; print('on', flush=True);"
        f"build_index(Path({str(documents)!r}), Path({str(store.folder)!r}), StaticEmbedder(),"
        "progress=lambda *_: None)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
    assert ask(store, model, "Vad köpte vi i mars?")
    assert rebuild(documents, store, model).documents == 303
    assert not list((store.folder / "generations").glob(".*"))


@pytest.mark.parametrize("stage", ["compare", "read", "index", "embed"])
def test_a_re_embed_that_is_called_off_leaves_all_as_it_was(stage, documents, store, model):
    """The old index stays, nothing is left over, and the next re-embed runs."""
    first = rebuild(documents, store, model)
    (documents / "mars.md").write_text("# Mars\n\nI mars sålde vi båten.\n", encoding="utf-8")

    def call_off(reached: str, done: int, total: int) -> None:
        if reached == stage:
            raise Cancelled

    with pytest.raises(Cancelled):
        build_index(documents, store.folder, model, progress=call_off)
    assert store.current_name() == first.generation
    assert [path.name for path in (store.folder / "generations").iterdir()] == [first.generation]
    assert ask(store, model, "Vad köpte vi i mars?")[0] == "mars.md"
    assert rebuild(documents, store, model).embedded == 1


def test_a_re_embed_ends_its_processes_when_it_is_called_off(documents, store, model, monkeypatch):
    """No process is still reading when Cancelled arrives."""
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)

    def call_off(reached: str, done: int, total: int) -> None:
        if reached == "read":
            raise Cancelled

    with pytest.raises(Cancelled):
        build_index(documents, store.folder, model, progress=call_off)
    assert started
    assert all(process.returncode is not None for process in started)
    assert store.current_name() is None
