"""Access survives restarts; requests are few and used once."""

import sqlite3
from contextlib import closing

import pytest

from bot.service.people import CODE_LASTS, MOST_WAITING, Known, People

ANNA, BO, GROUP, SUPERGROUP, ADMIN = "11", "22", "-100", "-100123", "7"


class Clock:
    """A clock that can be set."""

    now = 1000.0

    def __call__(self):
        """Return the time."""
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store" / "people.sqlite"


@pytest.fixture
def people(path, clock):
    opened = People.open(path, clock)
    yield opened
    opened.close()


def test_who_is_let_in_stays_so_until_it_is_revoked(people, path, clock):
    assert not people.knows(ANNA)
    people.approve(ANNA, "Anna", ADMIN)
    clock.now += 1
    people.approve(GROUP, "The board", ADMIN)
    after_a_restart = People.open(path, clock)
    assert after_a_restart.knows(ANNA)
    assert after_a_restart.let_in() == [
        Known(GROUP, "The board", ADMIN, 1001.0),
        Known(ANNA, "Anna", ADMIN, 1000.0),
    ]
    after_a_restart.close()
    assert people.revoke(ANNA)
    assert not people.knows(ANNA)
    assert not people.revoke(ANNA)


def test_a_group_that_becomes_a_supergroup_stays_let_in_under_its_new_id(people):
    people.approve(GROUP, "The board", ADMIN)
    people.move(GROUP, SUPERGROUP)
    people.move(ANNA, BO)
    assert (people.knows(GROUP), people.knows(SUPERGROUP), people.knows(BO)) == (False, True, False)
    assert [known.name for known in people.let_in()] == ["The board"]


def test_a_strangers_code_is_easy_to_read_and_stays_the_same_until_it_expires(people, clock):
    asked = people.request(ANNA, "Anna", "sv")
    assert len(asked.code) == 6
    assert not set(asked.code) & set("0O1IL")
    assert asked.code == asked.code.upper()
    assert people.request(ANNA, "Anna", "sv") == asked
    clock.now += CODE_LASTS
    assert people.settle(asked.code) is None
    assert people.request(ANNA, "Anna", "sv").code != asked.code


def test_a_request_is_settled_once(people):
    asked = people.request(ANNA, "Anna", None)
    assert people.settle("nonsense") is None
    assert people.settle(asked.code) == asked
    assert people.settle(asked.code) is None
    assert people.waiting() == []


def test_no_more_requests_wait_than_admins_can_look_at(people, clock):
    for stranger in range(MOST_WAITING):
        assert people.request(str(stranger), "Somebody", None)
    assert people.request(ANNA, "Anna", None) is None
    assert people.request("0", "Somebody", None)
    clock.now += CODE_LASTS
    assert people.request(ANNA, "Anna", None)


def test_a_language_is_chosen_and_given_up(people):
    assert people.language_of(ANNA) is None
    people.choose_language(ANNA, "en")
    people.choose_language(ANNA, "sv")
    assert (people.language_of(ANNA), people.language_of(BO)) == ("sv", None)
    people.choose_language(ANNA, None)
    assert people.language_of(ANNA) is None


def test_a_damaged_file_is_set_aside_and_lets_nobody_in(people, path, clock):
    people.approve(ANNA, "Anna", ADMIN)
    people.close()
    path.write_bytes(b"no database" * 100)
    begun = People.open(path, clock)
    assert begun.set_aside
    assert not begun.knows(ANNA)
    begun.close()


def test_each_statement_is_forced_to_the_disk(people, path):
    people.approve(ANNA, "Anna", ADMIN)
    assert people._file.run("PRAGMA synchronous") == [(2,)]
    assert path.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT chat FROM let_in").fetchall() == [(ANNA,)]
    other.close()


def test_who_was_let_in_by_a_version_whose_ids_were_numbers_stays_so(path):
    """Ids are texts now; older ones are the same digits."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as older:
        older.executescript(
            "CREATE TABLE let_in (chat INTEGER PRIMARY KEY, name TEXT NOT NULL,"
            " approved_by INTEGER NOT NULL, approved_at REAL NOT NULL);"
            "CREATE TABLE waiting (chat INTEGER PRIMARY KEY, name TEXT NOT NULL, language TEXT,"
            " code TEXT NOT NULL UNIQUE, expires REAL NOT NULL);"
            "CREATE TABLE languages (user INTEGER PRIMARY KEY, language TEXT NOT NULL);"
            "INSERT INTO let_in VALUES (-100, 'The board', 7, 1000.0);"
            "INSERT INTO languages VALUES (11, 'sv');"
            "PRAGMA user_version = 1;"
        )
    with closing(People.open(path)) as people:
        assert people.let_in() == [Known(GROUP, "The board", ADMIN, 1000.0)]
        assert people.language_of(ANNA) == "sv"
