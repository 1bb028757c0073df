"""The PostgreSQL engine when something is wrong: errors, kills, and a standby."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("psycopg", reason="pip install 'citera[postgres]'")

from postgres_server import PostgresServer
from village import BRIDGE, ask, check_that_nobody_sees_a_mix, opened, quiet, trouble, write

from corpus.errors import UserError
from embeddings.build import build_index
from embeddings.engines.postgres.server import Writing
from embeddings.engines.postgres.store import PostgresStore
from embeddings.types import Query


@pytest.fixture
def store(tmp_path: Path, postgres: PostgresServer, database: str) -> PostgresStore:
    return PostgresStore(tmp_path / "store", postgres.url(database))


def schemas(postgres: PostgresServer, database: str) -> int:
    ((count,),) = postgres.sql(
        "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'citera\\_%'", database
    )
    return count


def test_a_client_killed_while_it_loads_leaves_nothing(
    documents, store, model, postgres, database, tmp_path
):
    """The old index stays, and nothing is left over."""
    first = build_index(documents, store, model, progress=quiet).generation
    write(documents, "nytt/slottet", "Slottet såldes till Eva Rask.")
    program = f"""
import sys, time
from pathlib import Path
from embeddings.build import build_index
from embeddings.engines.postgres.server import Writing
from embeddings.engines.postgres.store import PostgresStore
from embeddings.models.static import StaticEmbedder
fill = Writing.fill
def slow(self, table, rows):
    fill(self, table, rows)
    if table.endswith("vectors"):
        print("loading", flush=True)
        time.sleep(600)
Writing.fill = slow
store = PostgresStore(Path({str(store.folder)!r}), {postgres.url(database)!r})
build_index(Path({str(documents)!r}), store, StaticEmbedder(), progress=lambda *_: None)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as client:
        assert client.stdout.readline() == b"loading\n"
        client.send_signal(signal.SIGKILL)
    assert (store.current_name(), schemas(postgres, database)) == (first, 1)
    assert ask(store, model)[0] == "protokoll/bron.md"
    build_index(documents, store, model, progress=quiet)
    assert ask(store, model, "Vem köpte slottet?")[0] == "nytt/slottet.md"


@pytest.mark.parametrize("table", ["vectors", "files"])
def test_a_server_killed_while_it_is_loaded_keeps_what_it_had(
    documents, store, model, postgres, database, monkeypatch, table
):
    """One sentence reports it, and the next re-embed completes the work."""
    first = build_index(documents, store, model, progress=quiet).generation
    write(documents, "nytt/slottet", "Slottet såldes till Eva Rask.")
    fill = Writing.fill

    def dying(self, into, rows):
        if into.endswith(table):
            postgres.kill()
        fill(self, into, rows)

    monkeypatch.setattr(Writing, "fill", dying)
    with pytest.raises(UserError, match=r"cannot be reached|failed"):
        build_index(documents, store, model, progress=quiet)
    monkeypatch.undo()
    with pytest.raises(UserError, match="cannot be reached"):
        ask(store, model)
    postgres.start()
    assert (store.current_name(), schemas(postgres, database)) == (first, 1)
    assert build_index(documents, store, model, progress=quiet).embedded == 0
    assert ask(store, model, "Vem köpte slottet?")[0] == "nytt/slottet.md"


def test_a_server_that_comes_again_is_asked_again(documents, store, model, postgres):
    """An open index reports the failure, and later answers again."""
    build_index(documents, store, model, progress=quiet)
    with opened(store, model) as index:
        postgres.kill()
        try:
            with pytest.raises(UserError, match=r"cannot be reached \([^\n]+\)\.$"):
                index.search(Query(BRIDGE, "sv"), 5)
        finally:
            postgres.start()
        (hit,) = index.search(Query(BRIDGE, "sv"), 1)
        assert hit.source.path == "protokoll/bron.md"


def test_a_server_that_says_nothing_is_given_up(documents, store, model, postgres, monkeypatch):
    """Also over an open connection; and it is used again once it responds."""
    build_index(documents, store, model, progress=quiet)
    monkeypatch.setattr("embeddings.engines.postgres.server._PATIENCE", 0.5)
    monkeypatch.setattr("embeddings.engines.postgres.server._DEFAULTS", {"connect_timeout": 2})
    with opened(store, model) as index:
        with postgres.asleep(), pytest.raises(UserError, match=r"cannot be reached \([^\n]+\)\.$"):
            index.search(Query(BRIDGE, "sv"), 5)
        monkeypatch.undo()
        (hit,) = index.search(Query(BRIDGE, "sv"), 1)
        assert hit.source.path == "protokoll/bron.md"


def test_a_primary_and_a_standby_answer_for_each_other(
    documents, store, model, postgres, database, tmp_path
):
    """With both in the address, an open index uses the one that is left."""
    build_index(documents, store, model, progress=quiet)
    standby = PostgresServer(postgres)
    standby.start()
    try:
        standby.wait_for(postgres)
        at = [f"127.0.0.1:{one.port}" for one in (postgres, standby)]
        first, last = (
            PostgresStore(store.folder, f"postgresql://postgres@{','.join(hosts)}/{database}")
            for hosts in (at, at[::-1])
        )
        with opened(last, model) as index:
            standby.kill()
            (hit,) = index.search(Query(BRIDGE, "sv"), 1)
            assert hit.source.path == "protokoll/bron.md"
        standby.start()
        with opened(first, model) as index:
            postgres.kill()
            (hit,) = index.search(Query(BRIDGE, "sv"), 1)
            assert hit.source.path == "protokoll/bron.md"
        write(documents, "nytt/slottet", "Slottet såldes till Eva Rask.")
        with pytest.raises(UserError, match="may only be read"):
            build_index(documents, first, model, progress=quiet)
        assert ask(first, model)[0] == "protokoll/bron.md"
        standby.promote()
        assert build_index(documents, first, model, progress=quiet).embedded == 0
        assert ask(first, model, "Vem köpte slottet?")[0] == "nytt/slottet.md"
    finally:
        standby.stop()
        postgres.kill()
        postgres.start()


def test_nobody_who_asks_sees_a_mix(documents, store, model, postgres, database, tmp_path):
    """Eight clients ask while the index is switched repeatedly: one generation each, no error."""
    check_that_nobody_sees_a_mix(
        documents,
        store,
        model,
        lambda number: PostgresStore(tmp_path / f"asker{number}", postgres.url(database)),
        askers=8,
        switches=10,
    )


def test_what_is_wrong_is_told_in_a_sentence(documents, postgres, database, tmp_path, model, store):
    """No server or database, or a wrong password: the message says which, never the password."""
    assert "cannot be reached" in trouble(
        PostgresStore, tmp_path, "postgresql://a:geheim@127.0.0.1:1/b"
    )
    url = postgres.url("nowhere").replace("postgres@", "postgres:geheim@")
    assert 'database "nowhere" does not exist' in trouble(PostgresStore, tmp_path, url)
    role = f"{database}_locked"
    postgres.sql(f"CREATE ROLE {role} LOGIN PASSWORD 'right'")
    postgres.demand_password(role)
    url = postgres.url(database, f"{role}:geheim")
    assert "password authentication failed" in trouble(PostgresStore, tmp_path, url)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (
            "CREATE EXTENSION vector; ALTER EXTENSION vector DROP TYPE halfvec; "
            "ALTER TYPE halfvec RENAME TO gone",
            "needs pgvector 0.7 or later",
        ),
        (
            "CREATE SCHEMA citera; CREATE TABLE citera.generations (id int)",
            "an index of another version of citera",
        ),
    ],
)
def test_a_database_that_is_none_of_ours_is_told(
    documents, postgres, database, model, store, made, told
):
    """An old pgvector, and foreign tables under our names."""
    postgres.sql(made, database)
    with pytest.raises(UserError, match=told):
        build_index(documents, store, model, progress=quiet)


def test_what_may_not_be_written_is_told(documents, postgres, database, model, store, tmp_path):
    """A read-only database, and a user without rights."""
    role = f"{database}_guest"
    postgres.sql(f"CREATE ROLE {role} LOGIN")
    guest = PostgresStore(tmp_path / "guest", postgres.url(database, role))
    with pytest.raises(UserError, match="does not allow this user"):
        build_index(documents, guest, model, progress=quiet)
    postgres.sql(f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    with pytest.raises(UserError, match="may only be read"):
        build_index(documents, store, model, progress=quiet)


def test_an_index_of_another_version_is_not_asked(documents, postgres, database, model, store):
    """The message says what to run."""
    build_index(documents, store, model, progress=quiet)
    postgres.sql("UPDATE citera.generations SET format = 99", database)
    with pytest.raises(UserError, match=r"another version of citera\. Run: citera reembed"):
        ask(store, model)


def test_rows_that_are_missing_are_told(documents, postgres, database, model, store):
    """As checked by `citera status`."""
    name = build_index(documents, store, model, progress=quiet).generation
    postgres.sql(f"DELETE FROM \"citera_{name}\".documents WHERE path = 'skolan.md'", database)
    with pytest.raises(UserError, match="missing in the database"):
        store.open_current(lambda generation: generation.verify())


def test_what_is_kept_here_is_fetched_again_where_it_is_damaged(documents, model, store):
    """The cached small files are verified."""
    build_index(documents, store, model, progress=quiet)
    ask(store, model)
    for path in (store.folder / "database-cache").rglob("stems.txt"):
        path.write_text("", encoding="utf-8")
    assert ask(store, model)[0] == "protokoll/bron.md"
