"""Unhandled updates come back after a restart; none is taken twice."""

import pytest

from bot.service.inbox import MOST_TRIES, Inbox

DAY = 24 * 3600.0


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
    return tmp_path / "inbox.sqlite"


@pytest.fixture
def inbox(path, clock):
    opened = Inbox.open(path, clock)
    yield opened
    opened.close()


def test_what_was_not_finished_comes_back_in_order(inbox, path, clock):
    for number in (3, 1, 2):
        assert inbox.take(number, f"update {number}")
    inbox.done(2)
    after_a_kill = Inbox.open(path, clock)
    assert after_a_kill.unfinished() == ["update 1", "update 3"]
    after_a_kill.close()


def test_an_update_is_taken_once_also_when_it_is_done(inbox):
    assert inbox.take(1, "update")
    assert not inbox.take(1, "update")
    inbox.done(1)
    assert not inbox.take(1, "update")
    assert inbox.unfinished() == []


def test_an_update_that_ends_the_process_each_time_is_given_up(inbox):
    inbox.take(1, "update")
    assert [inbox.unfinished() for _ in range(MOST_TRIES)] == [["update"]] * MOST_TRIES
    assert inbox.unfinished() == []


def test_what_is_done_leaves_no_text_on_the_disk(inbox, path):
    """Neither the file nor its log has the text of a handled question."""
    inbox.take(1, "a secret question")
    inbox.done(1)
    for file in path.parent.iterdir():
        assert b"secret" not in file.read_bytes()


def test_numbers_are_forgotten_when_telegram_has_forgotten_them(inbox, clock):
    inbox.take(1, "done")
    inbox.done(1)
    inbox.take(2, "not done")
    clock.now += 3 * DAY
    inbox.beat()
    assert inbox.take(1, "another of that number")
    assert not inbox.take(2, "not done")


def test_the_last_beat_survives_a_restart(inbox, path, clock):
    assert inbox.last_beat() is None
    inbox.beat()
    clock.now += 5
    inbox.beat()
    after_a_kill = Inbox.open(path, clock)
    assert after_a_kill.last_beat() == 1005.0
    after_a_kill.close()
