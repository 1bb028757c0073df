"""The re-embed and the store: reuse, errors and recovery."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import Cancelled, UserError
from embeddings.build import build_index
from embeddings.engines.storage import ReembedRunning, Store
from embeddings.index.catalog import Catalog
from embeddings.index.manifest import CATALOG, Manifest
from embeddings.models.static import StaticEmbedder
from embeddings.reembed import writing
from embeddings.search.passage_index import PassageIndex
from embeddings.search.rollback import roll_back
from embeddings.types import Query

MINUTES = """# Protokoll januari

## Närvarande

På mötet deltog följande personer:

- Karin Ek
- Bo Lind

## Beslut

Styrelsen beslutade att laga taket. Kostnaden är 40 000 kronor.
"""


def quiet(stage: str, done: int, total: int) -> None:
    """Ignore progress."""


@pytest.fixture(scope="module")
def model() -> StaticEmbedder:
    return StaticEmbedder()


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "januari.md").write_text(MINUTES, encoding="utf-8")
    (folder / "mars.md").write_text("# Mars\n\nI mars köpte vi en ny båt.\n", encoding="utf-8")
    (folder / "news.md").write_text(
        "# A new library\n\nThe library opens on 3 May with a party for everyone in the town.\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def rebuild(documents: Path, store: Store, model: StaticEmbedder, **options: int):
    return build_index(documents, store.folder, model, progress=quiet, **options)


def ask(store: Store, model: StaticEmbedder, question: str, language: str = "sv") -> list[str]:
    with closing(PassageIndex.open(store.current(), model)) as index:
        return [hit.source.path for hit in index.search(Query(question, language), 5)]


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


def test_a_manifest_counts_what_is_there(documents, store, model):
    """The manifest's counts and languages are those of the documents."""
    rebuild(documents, store, model)
    manifest = Manifest.read(store.current())
    assert manifest.documents == 3
    assert set(manifest.languages) == {"sv", "en"}
    assert sum(count for _, count in manifest.languages.values()) == manifest.passages


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


def test_the_index_before_answers_again_after_a_rollback(documents, store, model):
    """A rollback is instant, possible once per older generation, and verified."""
    first = rebuild(documents, store, model)
    with pytest.raises(UserError, match="There is no earlier index"):
        roll_back(store.folder, model)
    (documents / "mars.md").write_text("# Mars\n\nI mars sålde vi båten.\n", encoding="utf-8")
    second = rebuild(documents, store, model)
    assert store.earlier_name() == first.generation
    assert roll_back(store.folder, model).passages == first.passages
    assert store.current_name() == first.generation
    with closing(Catalog.open(store.current() / CATALOG)) as catalog:
        assert "köpte" in catalog.text_of("mars.md")
    assert store.earlier_name() is None
    assert store.path_of(second.generation).is_dir()


def test_after_a_rollback_the_way_back_leads_to_what_answered(documents, store, model):
    """The index that was rolled back is the first to be deleted."""
    first = rebuild(documents, store, model)
    (documents / "mars.md").write_text("# Mars\n\nI mars sålde vi båten.\n", encoding="utf-8")
    second = rebuild(documents, store, model)
    roll_back(store.folder, model)
    (documents / "mars.md").write_text("# Mars\n\nI mars målade vi båten.\n", encoding="utf-8")
    third = rebuild(documents, store, model)
    kept = {path.name for path in (store.folder / "generations").iterdir()}
    assert kept == {first.generation, third.generation}
    assert second.generation not in kept
    assert store.earlier_name() == first.generation


def test_a_rollback_waits_for_no_re_embed(documents, store, model):
    """While a re-embed holds the lock, a rollback gives a message."""
    rebuild(documents, store, model)
    with store.locked(), pytest.raises(ReembedRunning, match="Another re-embed is running"):
        roll_back(store.folder, model)
