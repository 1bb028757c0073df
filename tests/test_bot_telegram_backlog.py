"""Updates from the downtime: the last question of each chat, and everything else."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from bot_api import FakeTelegram
from telegram import Update

from bot.telegram_bot.transport.backlog import last_of_each_chat

DOWN = (1000.0, 2000.0)


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


def waiting(fake: FakeTelegram, text: str, date: float = 1500, **who: Any) -> Update:
    update = fake.update(text, **who)
    update["message"]["date"] = int(date)
    return Update.de_json(update)


def kept(*updates: Update) -> list[str | None]:
    backlog = last_of_each_chat(updates, DOWN, lambda message: not message.text.startswith("!"))
    return [update.effective_message.text for update in backlog.kept]


def test_the_last_question_of_each_chat_is_kept_in_order(fake: FakeTelegram) -> None:
    said = (("a1", 1), ("b1", 2), ("a2", 1), ("a3", 1))
    updates = [waiting(fake, text, user=user) for text, user in said]
    assert kept(*updates) == ["b1", "a3"]
    backlog = last_of_each_chat(updates, DOWN, lambda message: True)
    assert backlog.passed_over == {1: 2}
    assert [update.effective_message.text for update in backlog.dropped] == ["a1", "a2"]


def test_what_was_asked_while_the_bot_was_up_is_kept_whole(fake: FakeTelegram) -> None:
    early, late = (waiting(fake, text, at) for text, at in (("early", 999), ("late", time.time())))
    assert kept(early, waiting(fake, "down"), waiting(fake, "down too"), late) == [
        "early",
        "down too",
        "late",
    ]


def test_what_is_no_question_is_kept(fake: FakeTelegram) -> None:
    assert kept(*(waiting(fake, text) for text in ("!one", "asked", "!two", "asked on"))) == [
        "!one",
        "!two",
        "asked on",
    ]
