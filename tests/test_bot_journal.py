"""The journal: durability, deletion, and recovery from damage."""

import re
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest
from command_line import surroundings

from bot.service.journal import SCHEMA, Asked, Journal
from corpus.errors import UserError

ANNA, BO = "11", "22"
MONDAY = datetime(2026, 1, 26, 12, tzinfo=UTC)
ASKED = Asked(
    asked_at="2026-01-26T12:00:00+00:00",
    chat="-1001234567890",
    user=ANNA,
    message="7",
    question="Vem valdes till kassör?",
    language="sv",
    kind="who",
    found=True,
    confidence=0.75,
    seconds=0.25,
    generation="20260125T100000-ab12",
    citations=(("möten/maj.md", 10, 42), ("b.txt", 0, 5)),
)

WRITES_UNTIL_KILLED = """
import sys
from pathlib import Path
from test_bot_journal import ASKED, Journal
journal = Journal.open(Path(sys.argv[1]))
while True:
    print(journal.record(ASKED), flush=True)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store" / "journal.sqlite"


@pytest.fixture
def journal(path):
    opened = Journal.open(path)
    yield opened
    opened.close()


def test_a_question_comes_back_as_it_was_kept(journal):
    """All fields are kept; the journal adds an id and a time."""
    number = journal.record(ASKED)
    assert journal.find(number) == replace(ASKED, id=number)
    bare = replace(ASKED, question=None, kind=None, message=None, found=False, citations=())
    other = journal.record(bare)
    assert journal.find(other) == replace(bare, id=other)
    assert journal.find(other + 1) is None
    now = Asked(**{name: value for name, value in asdict(ASKED).items() if name != "asked_at"})
    assert datetime.fromisoformat(now.asked_at).utcoffset() == timedelta(0)


def test_a_question_is_found_by_the_message_that_answered_it(journal):
    """A reaction is identified by chat and message; message ids of other chats differ."""
    number = journal.record(ASKED)
    assert journal.find_reply(ASKED.chat, "8") is None
    journal.note_reply(number, "8")
    assert journal.find_reply(ASKED.chat, "8") == replace(ASKED, id=number, reply="8")
    assert journal.find_reply(ANNA, "8") is None


def test_ids_are_not_given_twice(journal):
    """The id under an old message never refers to a later question."""
    first = journal.record(ASKED)
    journal.forget_user(ANNA)
    assert journal.record(ASKED) > first


def test_a_rating_replaces_the_one_before(journal):
    """The last rating counts, can be removed, and is rejected for deleted questions."""
    number = journal.record(ASKED)
    for rating in (1, -1, None, 0):
        assert journal.rate(number, rating)
        assert journal.find(number).rating == rating
    journal.forget_user(ANNA)
    assert not journal.rate(number, 1)
    with pytest.raises(sqlite3.IntegrityError):
        journal.rate(journal.record(ASKED), 5)


def test_what_needs_a_look_is_found(journal):
    """Unanswered and disliked questions are listed latest first, if their text was kept."""
    kept = [journal.record(replace(ASKED, question=str(n), found=n % 2 == 0)) for n in range(6)]
    journal.record(replace(ASKED, question=None, found=False, rating=-1))
    for number in kept[:3]:
        journal.rate(number, -1)
    assert [one.question for one in journal.unanswered(10)] == ["5", "3", "1"]
    assert [one.question for one in journal.unanswered(2)] == ["5", "3"]
    assert [one.question for one in journal.downvoted(10)] == ["2", "1", "0"]
    assert [one.question for one in journal.recent(3)] == [None, "5", "4"]


def test_counts_tell_of_a_stretch_of_time(journal):
    """Earlier questions don't count; time zones are respected."""
    assert journal.counts(MONDAY).median_seconds is None
    assert journal.counts(MONDAY).share_found is None
    journal.record(replace(ASKED, asked_at="2026-01-26T11:59:59+00:00", seconds=9.0))
    for seconds, user, found, rating in ((0.1, ANNA, True, 1), (0.3, BO, True, None),
                                         (0.7, BO, False, -1), (0.9, BO, True, 0)):  # fmt: skip
        one = replace(ASKED, seconds=seconds, user=user, found=found, rating=rating)
        journal.record(one)
    counts = journal.counts(MONDAY.astimezone(datetime.now().astimezone().tzinfo))
    assert (counts.questions, counts.users, counts.found) == (4, 2, 3)
    assert (counts.liked, counts.disliked, counts.share_found) == (1, 1, 0.75)
    assert counts.median_seconds == pytest.approx(0.5)
    assert [one.seconds for one in journal.since(MONDAY)] == [0.1, 0.3, 0.7, 0.9]


def test_who_asks_to_be_forgotten_is(journal, path):
    """The user's questions are also gone from the files; others' stay."""
    secret, other = "Vem är Xerxes Hemlighet?", "Vem är Ylva Kvarlåten?"
    journal.record(replace(ASKED, question=secret))
    journal.record(replace(ASKED, question=secret))
    journal.record(replace(ASKED, question=other, user=BO))
    assert _stands_in_files(secret, path)
    assert journal.forget_user(ANNA) == 2
    assert journal.forget_user(ANNA) == 0
    assert not _stands_in_files(secret, path)
    assert _stands_in_files(other, path)


def test_what_is_old_expires(journal, path):
    """Only questions before the time are deleted, from the files too."""
    journal.record(replace(ASKED, asked_at="2026-01-26T11:59:59+00:00", question="Före Xerxes?"))
    kept = journal.record(ASKED)
    assert journal.expire(MONDAY) == 1
    assert [one.id for one in journal.recent(9)] == [kept]
    assert not _stands_in_files("Före Xerxes?", path)


def _stands_in_files(text, path):
    return any(text.encode() in file.read_bytes() for file in path.parent.iterdir())


def test_all_can_be_taken_out(journal, monkeypatch):
    """Every question is exported once, earliest first, of one user or all, ready for JSON."""
    monkeypatch.setattr("bot.service.journal._READ_AT_ONCE", 2)
    numbers = [journal.record(replace(ASKED, user=(ANNA, BO)[n % 2])) for n in range(7)]
    assert [row["id"] for row in journal.export()] == numbers
    assert [row["id"] for row in journal.export(BO)] == numbers[1::2]
    first = next(journal.export())
    assert first["question"] == ASKED.question
    assert first["citations"] == ASKED.citations


def test_many_threads_and_two_openings_write_at_once(journal, path):
    """Each question is stored, with its own id."""
    other = Journal.open(path)
    numbers = []

    def write(into):
        numbers.extend([into.record(ASKED) for _ in range(10)])

    threads = [threading.Thread(target=write, args=(into,)) for into in (journal, other) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert sorted(numbers) == [one.id for one in journal.since(MONDAY)]
    assert len(set(numbers)) == 60


def test_a_kill_loses_nothing_that_was_taken(path):
    """Every question whose id was reported before the kill is in the journal."""
    environment = surroundings()
    environment["PYTHONPATH"] += ":" + __file__.rpartition("/")[0]
    with subprocess.Popen(
        [sys.executable, "-c", WRITES_UNTIL_KILLED, str(path)],
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        told = [process.stdout.readline() for _ in range(50)]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()
    assert process.returncode == -signal.SIGKILL
    journal = Journal.open(path)
    assert journal.set_aside is None
    kept = [one.id for one in journal.since(MONDAY)]
    told = [int(line) for line in told if line.endswith(b"\n")]
    assert kept[: len(told)] == told
    assert len(kept) - len(told) <= 1
    assert journal.record(ASKED) == kept[-1] + 1
    journal.close()


def test_each_statement_is_forced_to_the_disk(journal):
    """The log is synced with every commit, so that a power cut loses nothing."""
    assert journal._file.run("PRAGMA synchronous") == [(2,)]
    assert journal._file.run("PRAGMA journal_mode") == [("wal",)]


@pytest.mark.parametrize("damage", ["no database", "a page overwritten"])
def test_a_damaged_file_is_set_aside(damage, path):
    """The damaged file is renamed, and a new journal created."""
    journal = Journal.open(path)
    for number in range(20):
        journal.record(replace(ASKED, question=f"{number} " * 500))
    journal.close()
    whole = path.read_bytes()
    damaged = (
        b"not a database at all, " * 400
        if damage == "no database"
        else whole[:4096] + bytes(byte ^ 0x5A for byte in whole[4096:12288]) + whole[12288:]
    )
    path.write_bytes(damaged)
    again = Journal.open(path)
    assert again.recent(1) == []
    assert again.set_aside.parent == path.parent
    assert again.set_aside.name.startswith("journal.damaged-")
    assert again.set_aside.read_bytes() == damaged
    number = again.record(ASKED)
    again.close()
    third = Journal.open(path)
    assert (third.set_aside, third.find(number).question) == (None, ASKED.question)
    third.close()


def test_a_newer_journal_is_left_alone(path):
    """A file of a later version is refused with a helpful message, and not touched."""
    Journal.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA.version + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(UserError, match=r"newer version of citera\. Update citera, or move"):
        Journal.open(path)
    assert path.read_bytes() == before


def test_what_cannot_be_opened_is_named(tmp_path):
    """A folder in the journal's place gives a message with its path."""
    (tmp_path / "journal.sqlite").mkdir()
    with pytest.raises(UserError, match=r"The journal .*journal\.sqlite cannot be opened"):
        Journal.open(tmp_path / "journal.sqlite")


def test_only_the_owner_may_read_it(journal, path):
    """No file of the journal is readable for others."""
    journal.record(ASKED)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.glob("journal.sqlite*")}
    assert modes == {0o600}


def test_what_a_version_kept_whose_ids_were_numbers_is_there(path):
    """Ids are texts now; older questions are found by them, and can be rated."""
    columns = SCHEMA.statements.partition("(")[2].partition(");")[0]
    for name in ("chat", "user", "message", "reply"):
        columns = re.sub(rf"\b{name} TEXT", f"{name} INTEGER", columns)
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as older:
        older.execute(f"CREATE TABLE asked ({columns})")
        older.execute(
            "INSERT INTO asked VALUES (5, ?, -1001234567890, 11, 7, 'Vem?', 'sv', 'who', 1, 0.75,"
            " 0.25, '', '[]', NULL, 8)",
            (ASKED.asked_at,),
        )
        older.execute("PRAGMA user_version = 1")
        older.commit()
    with closing(Journal.open(path)) as journal:
        kept = journal.find_reply(ASKED.chat, "8")
        assert (kept.id, kept.user, kept.message) == (5, ANNA, "7")
        assert journal.rate(5, 1)
        assert journal.record(ASKED) == 6
