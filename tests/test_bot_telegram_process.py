"""Stopping, killing and restarting the Telegram bot."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from bot_api import FakeTelegram, Held
from bot_process import BotProcess

MEMBER, OTHER = 42, 43
SV, EN = "Varför måste Kvarnbron stängas?", "Who attended the January meeting?"
IN_SV, IN_EN = "bärlagren har rostat", "Karin Lindqvist, ordförande"


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def own_store(tmp_path: Path, store: Path) -> str:
    """Return a store in which no other test's bot has stored anything."""
    return str(copytree(store, tmp_path / "store"))


@pytest.fixture
def bot(fake: FakeTelegram, tmp_path: Path, own_store: str) -> BotProcess:
    """Return a bot that answers from the samples once started."""
    members = f"{MEMBER},{OTHER}"
    return BotProcess(fake, tmp_path, STORE_DIR=own_store, ALLOWED_CHAT_IDS=members)


def answers(fake: FakeTelegram, chat: int, quote: str) -> int:
    """Return how often a chat contains a quote."""
    return sum(quote in text for text in fake.texts(chat))


def test_a_stop_in_the_middle_of_an_answer_waits_for_it(fake: FakeTelegram, bot: BotProcess):
    held = Held(carried_out=False)
    fake.faults.append(("sendMessage", held))
    with bot:
        fake.say(EN, user=MEMBER)
        assert held.reached.wait(20)
        bot.ask_to_stop(signal.SIGTERM)
        bot.wait_for_log("topping")
        held.release()
        assert bot.ended() == 0
    assert answers(fake, MEMBER, IN_EN) == 1
    assert "Traceback" not in bot.log, bot.log


def test_a_question_that_was_being_answered_when_the_bot_was_killed_is_answered_by_the_next(
    fake: FakeTelegram, bot: BotProcess
):
    held = Held(carried_out=False)
    fake.faults.append(("sendMessage", held))
    with bot:
        fake.say(EN, user=MEMBER)
        assert held.reached.wait(20)
        bot.kill()
    with bot:
        fake.wait_for(lambda: answers(fake, MEMBER, IN_EN))


def test_after_a_downtime_each_chat_is_answered_once(fake: FakeTelegram, bot: BotProcess):
    yesterday = int(time.time()) - 86_400
    for number in range(10):
        fake.say(SV if number % 2 else EN, user=MEMBER, date=yesterday + number)
    fake.say(EN, user=OTHER, date=yesterday)
    with bot:
        fake.wait_for(lambda: answers(fake, OTHER, IN_EN))
        fake.wait_for(lambda: answers(fake, MEMBER, IN_SV))
        assert bot.stop() == 0
    assert answers(fake, MEMBER, IN_EN) == 0
    assert answers(fake, MEMBER, IN_SV) == 1


def test_two_bots_with_one_token_are_told_of_each_other(
    fake: FakeTelegram, bot: BotProcess, tmp_path: Path, store: Path
):
    folder = tmp_path / "second"
    folder.mkdir()
    second_store = copytree(store, folder / "store")
    with bot, BotProcess(fake, folder, STORE_DIR=str(second_store)) as second:
        told = "Another program is using the same token"
        fake.wait_for(lambda: told in bot.log + second.log)
        assert "Traceback" not in bot.log + second.log, bot.log + second.log
