"""The PostgreSQL engine: access control, errors, and kills."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

psycopg = pytest.importorskip("psycopg", reason="pip install 'citera[postgres]'")

from postgres_server import PostgresServer  # noqa: E402

from corpus.errors import UserError  # noqa: E402
from embeddings.build import build_index  # noqa: E402
from embeddings.engines.postgres import rows_writing, searching, server  # noqa: E402
from embeddings.engines.postgres.server import Writing  # noqa: E402
from embeddings.engines.postgres.store import PostgresStore  # noqa: E402
from embeddings.engines.storage import Store  # noqa: E402
from embeddings.models.static import StaticEmbedder  # noqa: E402
from embeddings.reembed import changes  # noqa: E402
from embeddings.search.passage_index import PassageIndex  # noqa: E402
from embeddings.types import Query  # noqa: E402

BRIDGE = "Vem leder arbetet med bron?"
MARKS = ("Ada Ek", "Eva Rask")
TABLES = ("documents", "built", "texts", "passages", "words", "vectors", "postings", "sizes")


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Ignore progress."""


@pytest.fixture(scope="module")
def model() -> StaticEmbedder:
    return StaticEmbedder()


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    write(folder, "protokoll/bron", "Ada Ek leder arbetet med bron.")
    write(folder, "nytt/badhuset", "Badhuset invigdes den 3 maj 2024 av Bo Lind.")
    write(folder, "skolan", "Skolan ligger i Ekby. Arbetet med skolan dröjer.")
    return folder


def write(folder: Path, name: str, text: str) -> None:
    path = folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# {path.stem.capitalize()}\n\n{text}\n", encoding="utf-8")


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[str]:
    with postgres.new_database() as name:
        yield name


@pytest.fixture
def store(tmp_path: Path, postgres: PostgresServer, database: str) -> PostgresStore:
    return PostgresStore(tmp_path / "store", postgres.url(database))


def opened(store: Store, model: StaticEmbedder) -> "closing[PassageIndex]":
    return closing(store.open_current(lambda generation: PassageIndex.open(generation, model)))


def ask(store: Store, model: StaticEmbedder, question: str = BRIDGE) -> list[str]:
    with opened(store, model) as index:
        return [hit.source.path for hit in index.search(Query(question, "sv"), 5)]


def schemas(postgres: PostgresServer, database: str) -> int:
    ((count,),) = postgres.sql(
        "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'citera\\_%'", database
    )
    return count


def test_a_role_sees_the_folders_that_it_is_given(
    documents, store, model, postgres, database, tmp_path
):
    """Neither answers nor tables reveal other folders."""
    build_index(documents, store, model, progress=quiet)
    role = f"{database}_role"
    postgres.sql(f"CREATE ROLE {role} LOGIN", database)
    own = PostgresStore(tmp_path / "other", postgres.url(database, role))
    with pytest.raises(UserError, match=r"does not allow|no index"):
        ask(own, model)
    postgres.sql(f"SELECT citera.allow('{role}', 'nytt')", database)
    assert ask(own, model, "När invigdes badhuset?") == ["nytt/badhuset.md"]
    assert set(ask(own, model)) <= {"nytt/badhuset.md"}
    name = store.current_name()
    for table in TABLES:
        query = f'SELECT DISTINCT collection FROM "citera_{name}".{table}'
        assert postgres.sql(query, database, role) == [("nytt",)], table
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        postgres.sql("SELECT * FROM citera.told", database, role)
    with opened(own, model) as index, pytest.raises(LookupError):
        index.document("protokoll/bron.md")

    write(documents, "nytt/slottet", "Slottet såldes till Eva Rask.")
    postgres.sql("INSERT INTO citera.rights VALUES ('no such role', 'nytt')", database)
    build_index(documents, store, model, progress=quiet)
    assert ask(own, model, "Vem köpte slottet?")[0] == "nytt/slottet.md"
    postgres.sql(f"DELETE FROM citera.rights WHERE role = '{role}'", database)
    assert ask(own, model, "Vem köpte slottet?") == []


def test_who_asks_need_not_wait_for_a_load(
    documents, store, model, postgres, database, tmp_path, monkeypatch
):
    """A role gets answers while another generation is being written."""
    build_index(documents, store, model, progress=quiet)
    role = f"{database}_role"
    postgres.sql(f"CREATE ROLE {role} LOGIN; SELECT citera.allow('{role}', '*')", database)
    hurry = "?options=-c%20lock_timeout%3D2000"
    own = PostgresStore(tmp_path / "other", postgres.url(database, role) + hurry)
    fill, answers = Writing.fill, []

    def watched(self, into, rows):
        answers.append(ask(own, model)[0])
        fill(self, into, rows)

    monkeypatch.setattr(Writing, "fill", watched)
    write(documents, "protokoll/taket", "Taket lagades i maj.")
    build_index(documents, store, model, progress=quiet)
    assert len(answers) > len(TABLES)
    assert set(answers) == {"protokoll/bron.md"}


def test_what_changed_is_all_that_is_written(
    documents, store, model, postgres, database, monkeypatch
):
    """A generation that adds to a base has only its own passages in its schema."""
    monkeypatch.setattr(changes, "_LEAST_BASE", 1)
    monkeypatch.setattr(changes, "_ADDED_SHARE", 10.0)
    base = build_index(documents, store, model, progress=quiet).generation
    write(documents, "nytt/slottet", "Slottet såldes till Eva Rask.")
    added = build_index(documents, store, model, progress=quiet).generation
    query = "SELECT base FROM citera.generations WHERE current"
    assert postgres.sql(query, database) == [(base,)]
    query = f'SELECT path FROM "citera_{added}".documents'
    assert postgres.sql(query, database) == [("nytt/slottet.md",)]


def test_a_graph_finds_what_comparing_all_does(
    documents, store, model, postgres, database, monkeypatch
):
    """The HNSW graph is used for many passages, and finds the same as a full comparison of few.

    It is built with the memory that an administrator has set, if that is more.
    """
    postgres.sql(f"ALTER DATABASE {database} SET maintenance_work_mem = '1100MB'")
    memory = "; DO $$ BEGIN ASSERT current_setting('maintenance_work_mem') = '1100MB'; END $$"
    monkeypatch.setattr(rows_writing, "NEAR", rows_writing.NEAR + memory)
    for number in range(40):
        write(documents, f"sak{number}", f"Ärende {number} gäller gatan vid torg {number * 7}.")
    monkeypatch.setattr(rows_writing, "NEAR_FROM", 10)
    build_index(documents, store, model, progress=quiet)
    vector = model.embed_question(BRIDGE)
    found = []
    for most in (searching.EXACT_UP_TO, 0):
        monkeypatch.setattr(searching, "EXACT_UP_TO", most)
        with opened(store, model) as index:
            (dense,) = [one.dense for one in index.partitions if one.language == "sv"]
            found.append(dense.search(vector, 10)[0].tolist())
    assert found[0] == found[1]


def test_rights_cost_a_graph_hardly_any_of_what_it_finds(
    documents, store, model, postgres, database, tmp_path, monkeypatch
):
    """Of what a role may see, which is little of what is there, nearly all that is near is found.

    With few candidates in sight, as of a million passages, and rights to a fifth.
    """
    things = "bron skolan hamnen taket vägen badet parken torget kyrkan huset".split()
    for number in range(1500):
        first, second, third = (things[number // by % 10] for by in (1, 10, 150))
        text = f"Om {first} och {second} sade nämnd {number} att {third} kostar {number * 7}."
        write(documents, f"mapp{number % 5}/sak{number}", text)
    monkeypatch.setattr(rows_writing, "NEAR_FROM", 10)
    build_index(documents, store, model, progress=quiet)
    role = f"{database}_role"
    postgres.sql(f"CREATE ROLE {role} LOGIN; SELECT citera.allow('{role}', 'mapp2')", database)
    own = PostgresStore(tmp_path / "other", postgres.url(database, role))
    few = server._SEARCH.replace("1000", "10; SET enable_sort = off")  # so that the graph is asked
    monkeypatch.setattr(server, "_SEARCH", few)
    vectors = [model.embed_question(f"{one} och {two}") for one in things for two in things]
    found = []
    for most in (searching.EXACT_UP_TO, 0):
        monkeypatch.setattr(searching, "EXACT_UP_TO", most)
        with opened(own, model) as index:
            (dense,) = [one.dense for one in index.partitions if one.language == "sv"]
            found.append([set(dense.search(one, 20)[0].tolist()) for one in vectors])
    assert sum(len(a & b) for a, b in zip(*found, strict=True)) > 0.995 * 20 * len(vectors)


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
    names = []
    for mark in MARKS:
        write(documents, "protokoll/bron", f"{mark} leder arbetet med bron.")
        write(documents, "nytt/bron", f"Enligt {mark} dröjer arbetet med bron.")
        names.append(build_index(documents, store, model, progress=quiet).generation)
    over, troubles, answered = threading.Event(), [], []

    def keep_asking(number: int) -> None:
        own = PostgresStore(tmp_path / f"asker{number}", postgres.url(database))
        try:
            while not over.is_set():
                answered.append(marks_found(own, model))
        except BaseException as error:  # noqa: BLE001  # Whatever it is, the test is to tell.
            troubles.append(error)

    with ThreadPoolExecutor(8) as askers:
        askers.map(keep_asking, range(8))
        switch_to_and_fro(store, names, answered, troubles)
        over.set()
    assert troubles == []
    assert set(answered) == {(mark,) for mark in MARKS}
    assert len(answered) >= 80


def switch_to_and_fro(store: Store, names: list[str], answered: list, troubles: list) -> None:
    """Switch ten times, each after all have had time to ask."""
    for turn in range(10):
        store.make_current(names[turn % 2])
        wanted = len(answered) + 8
        while len(answered) < wanted and not troubles:
            time.sleep(0.01)


def marks_found(store: Store, model: StaticEmbedder) -> tuple[str, ...]:
    """Return the names found in an opened, queried and read index."""
    with opened(store, model) as index:
        hits = index.search(Query(BRIDGE, "sv"), 5)
        texts = " ".join(index.document(hit.source.path).text for hit in hits)
    return tuple(mark for mark in MARKS if mark in texts)


def trouble(address: str, folder: Path) -> str:
    with pytest.raises(UserError) as told:
        PostgresStore(folder, address).current_name()
    message = str(told.value)
    assert "\n" not in message
    assert "geheim" not in message
    return message


def test_what_is_wrong_is_told_in_a_sentence(documents, postgres, database, tmp_path, model, store):
    """No server or database, or a wrong password: the message says which, never the password."""
    assert "cannot be reached" in trouble("postgresql://a:geheim@127.0.0.1:1/b", tmp_path)
    url = postgres.url("nowhere").replace("postgres@", "postgres:geheim@")
    assert 'database "nowhere" does not exist' in trouble(url, tmp_path)
    role = f"{database}_locked"
    postgres.sql(f"CREATE ROLE {role} LOGIN PASSWORD 'right'")
    postgres.demand_password(role)
    url = postgres.url(database, f"{role}:geheim")
    assert "password authentication failed" in trouble(url, tmp_path)


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


def test_files_need_no_client():
    """With files the command line never imports a database client."""
    program = "import sys, bot.service.engine; print('psycopg' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert told.stdout == "False\n"
