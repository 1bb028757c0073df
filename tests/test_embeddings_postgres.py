"""The PostgreSQL engine: access control, and how vectors and changes are kept."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("psycopg", reason="pip install 'citera[postgres]'")

import psycopg
from postgres_server import PostgresServer
from village import BRIDGE, ask, opened, quiet, write

from corpus.errors import UserError
from embeddings.build import build_index
from embeddings.engines.postgres import rows_writing, searching, server
from embeddings.engines.postgres.server import Writing
from embeddings.engines.postgres.store import PostgresStore
from embeddings.reembed import changes

TABLES = ("documents", "built", "texts", "passages", "words", "vectors", "postings", "sizes")


@pytest.fixture
def store(tmp_path: Path, postgres: PostgresServer, database: str) -> PostgresStore:
    return PostgresStore(tmp_path / "store", postgres.url(database))


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


def test_files_need_no_client():
    """With files the command line never imports a database client."""
    program = "import sys, bot.service.engine; print('psycopg' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert told.stdout == "False\n"
