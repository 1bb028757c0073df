"""The Milvus engine: folder filter, errors, and kills."""

import fcntl
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pymilvus", reason="pip install 'citera[milvus]'")

from milvus_server import MilvusServer
from village import BRIDGE, ask, check_that_nobody_sees_a_mix, opened, quiet, trouble, write

from corpus.errors import UserError
from embeddings.build import build_index
from embeddings.engines.milvus import collections_writing, kept_rows
from embeddings.engines.milvus.client import Address, Milvus
from embeddings.engines.milvus.milvus_store import MilvusStore
from embeddings.engines.milvus.names import GENERATIONS
from embeddings.types import Query


@pytest.fixture
def address(milvus: MilvusServer) -> Iterator[str]:
    with milvus.new_database() as address:
        yield address


@pytest.fixture
def store(tmp_path: Path, address: str) -> MilvusStore:
    return MilvusStore(tmp_path / "store", address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("milvus://db:1234/citera", Address("http://db:1234", "", "citera", None)),
        ("https://a:b%40c@db", Address("https://db:19530", "a:b@c", "", None)),
        ("milvus:///srv/index.db", Address("/srv/index.db", "", "", None)),
        ("http://db/?folders=nytt,press", Address("http://db:19530", "", "", ("nytt", "press"))),
    ],
)
def test_addresses(address, expected):
    """A server with or without a database, a user or encryption; or a file."""
    assert Address.parse(address) == expected


def test_an_index_in_a_file_is_asked(documents, tmp_path, model):
    """Without a server, milvus-lite serves a file in this process."""
    store = MilvusStore(tmp_path / "store", f"milvus://{tmp_path}/index.db")
    build_index(documents, store, model, progress=quiet)
    assert ask(store, model)[0] == "protokoll/bron.md"
    store.close()


def test_folders_that_are_not_named_are_not_answered_from(
    documents, store, model, address, tmp_path
):
    """Other folders are neither found nor read."""
    build_index(documents, store, model, progress=quiet)
    own = MilvusStore(tmp_path / "other", f"{address}?folders=nytt")
    assert ask(own, model) == ["nytt/badhuset.md"]
    with opened(own, model) as index:
        assert index.catalog.paths() == ["nytt/badhuset.md"]
        with pytest.raises(LookupError):
            index.document("protokoll/bron.md")
    own.open_current(lambda generation: generation.verify())


def test_what_is_too_long_for_a_row_goes_on_in_others(documents, store, model, monkeypatch):
    """Long texts, files and passage data are read in full."""
    monkeypatch.setattr(kept_rows, "FITS", 40)
    monkeypatch.setattr(collections_writing, "FITS", 40)
    write(documents, "långt", "\n\n".join(f"Sak {n}: gatan vid torg {n * 7}." for n in range(99)))
    build_index(documents, store, model, progress=quiet)
    assert ask(store, model)[0] == "protokoll/bron.md"
    with opened(store, model) as index:
        assert "Sak 98: gatan vid torg 686." in index.document("långt.md").text
        assert len(index.catalog.paths()) == 4


def test_a_client_killed_while_it_loads_leaves_nothing_that_answers(
    documents, store, model, address
):
    """The old index stays, and the next re-embed deletes the remains."""
    first = build_index(documents, store, model, progress=quiet).generation
    write(documents, "nytt/slottet", "Slottet såldes till Eva Rask.")
    program = f"""
import time
from pathlib import Path
from embeddings.build import build_index
from embeddings.engines.milvus.client import Milvus
from embeddings.engines.milvus.milvus_store import MilvusStore
from embeddings.models.static import StaticEmbedder
finish = Milvus.finish
def slow(self, collection, indexes):
    finish(self, collection, indexes)
    print("loading", flush=True)
    time.sleep(600)
Milvus.finish = slow
store = MilvusStore(Path({str(store.folder)!r}), {address!r})
build_index(Path({str(documents)!r}), store, StaticEmbedder(), progress=lambda *_: None)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as client:
        assert client.stdout.readline() == b"loading\n"
        client.send_signal(signal.SIGKILL)
    assert store.current_name() == first
    assert ask(store, model)[0] == "protokoll/bron.md"
    assert build_index(documents, store, model, progress=quiet).embedded == 0
    assert ask(store, model, "Vem köpte slottet?")[0] == "nytt/slottet.md"
    names = Milvus(Address.parse(address)).collections()
    assert len(names) == 1 + 2 * len(store.kept())


def test_a_server_killed_while_it_is_loaded_keeps_what_it_had(
    documents, store, model, milvus, monkeypatch
):
    """One sentence reports it, and the next re-embed completes the work."""
    first = build_index(documents, store, model, progress=quiet).generation
    write(documents, "nytt/slottet", "Slottet såldes till Eva Rask.")
    monkeypatch.setattr("embeddings.engines.milvus.client._WRITE", 1)
    monkeypatch.setattr("embeddings.engines.milvus.client._ANSWER", 1)
    insert = Milvus.insert

    def dying(self, collection, rows):
        milvus.kill()
        insert(self, collection, rows)

    with monkeypatch.context() as patched:
        patched.setattr(Milvus, "insert", dying)
        with pytest.raises(UserError, match=r"cannot be reached\.$"):
            build_index(documents, store, model, progress=quiet)
    with pytest.raises(UserError, match=r"cannot be reached\.$"):
        ask(store, model)
    milvus.start()
    assert store.current_name() == first
    assert build_index(documents, store, model, progress=quiet).embedded == 0
    assert ask(store, model, "Vem köpte slottet?")[0] == "nytt/slottet.md"


def test_a_server_that_comes_again_is_asked_again(documents, store, model, milvus, monkeypatch):
    """An open index reports the failure, and later answers again."""
    monkeypatch.setattr("embeddings.engines.milvus.client._ANSWER", 1)
    build_index(documents, store, model, progress=quiet)
    with opened(store, model) as index:
        milvus.kill()
        try:
            with pytest.raises(UserError, match=r"cannot be reached\.$"):
                index.search(Query(BRIDGE, "sv"), 5)
        finally:
            milvus.start()
        monkeypatch.setattr("embeddings.engines.milvus.client._ANSWER", 20)
        (hit,) = index.search(Query(BRIDGE, "sv"), 1)
        assert hit.source.path == "protokoll/bron.md"


def test_nobody_who_asks_sees_a_mix(documents, store, model, address, tmp_path):
    """Four clients ask while the index is switched repeatedly: one generation each, no error."""
    check_that_nobody_sees_a_mix(
        documents,
        store,
        model,
        lambda number: MilvusStore(tmp_path / f"asker{number}", address),
        askers=4,
        switches=6,
    )


def test_what_is_wrong_is_told_in_a_sentence(milvus, tmp_path):
    """No server, database or folder: the message says which, and never the password."""
    assert "cannot be reached" in trouble(MilvusStore, tmp_path, "milvus://a:geheim@127.0.0.1:1/b")
    assert "does not exist" in trouble(MilvusStore, tmp_path, milvus.url("nowhere"))
    assert "cannot be reached" in trouble(
        MilvusStore, tmp_path, f"milvus://{tmp_path}/none/index.db"
    )


def test_a_file_that_another_program_has_open_is_told(tmp_path, capfd):
    """And nothing else is printed."""
    (tmp_path / "index.db").mkdir()
    with (tmp_path / "index.db/LOCK").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "used by another program" in trouble(
            MilvusStore, tmp_path, f"milvus://{tmp_path}/index.db"
        )
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("auth check failure, please check username and password are correct", "let this user in"),
        ("PrivilegeInsert: permission deny to guest in the `citera` database", "does not allow"),
        ("quota exceeded[reason=disk quota exceeded, please allocate more resources]", "no room"),
        ("rate limit exceeded, memory quota exhausted", "no room left, or too little memory"),
        ("collection not loaded[collection=4711]", "ask again"),
        ("something nobody thought of", "failed (something nobody thought of)"),
    ],
)
def test_what_servers_say_is_told(said, told):
    """Errors of full Milvus, in the words of its documentation."""
    from pymilvus.exceptions import MilvusException

    message = str(Milvus(Address.parse("milvus://db/citera")).told(MilvusException(1, said)))
    assert message.startswith("The Milvus database db:19530/citera ")
    assert told in message


def test_an_index_of_another_version_is_not_asked(documents, address, model, store):
    """The message says what to run, also for an unknown registry format."""
    build_index(documents, store, model, progress=quiet)
    server = Milvus(Address.parse(address))
    (row,) = server.rows(GENERATIONS, ("key", "told", "kept", "none"), where='key >= ""')
    server.upsert(GENERATIONS, {**row, "told": row["told"].replace('"format": 1', '"format": 99')})
    with pytest.raises(UserError, match=r"another version of citera\. Run: citera reembed"):
        ask(store, model)


def test_documents_that_are_missing_are_told(documents, address, model, store):
    """As checked by `citera status`."""
    name = build_index(documents, store, model, progress=quiet).generation
    rows = f"citera_{name.replace('-', '_')}_rows"
    Milvus(Address.parse(address)).delete(rows, ["dskolan.md"])
    with pytest.raises(UserError, match="missing in the database"):
        store.open_current(lambda generation: generation.verify())
