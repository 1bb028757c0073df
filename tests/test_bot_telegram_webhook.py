"""The Telegram bot with a webhook behind a proxy."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from bot_api import FakeTelegram, Held
from bot_process import BotProcess

MEMBER = 42
QUESTION, QUOTE = "Varför måste Kvarnbron stängas?", "bärlagren har rostat"


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def address(fake: FakeTelegram) -> str:
    """Return the address where the bot listens, to which the proxy forwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    fake.proxy["https://citera.example"] = f"http://{address}"
    return address


@pytest.fixture
def bot(fake: FakeTelegram, address: str, tmp_path: Path, store: Path) -> BotProcess:
    return BotProcess(
        fake,
        tmp_path,
        STORE_DIR=str(copytree(store, tmp_path / "store")),
        ALLOWED_CHAT_IDS=str(MEMBER),
        WEBHOOK_URL="https://citera.example/telegram",
        LISTEN=address,
    )


def wait_for_webhook(fake: FakeTelegram) -> str:
    """Wait until the bot has set its webhook; return the secret."""
    return fake.wait_for(lambda: fake.called("setWebhook"))[-1]["secret_token"]


def answers(fake: FakeTelegram) -> int:
    return sum(QUOTE in text for text in fake.texts(MEMBER))


def post(address: str, update: object, secret: str | None) -> int:
    """Return the bot's HTTP status for an update."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    request = Request(f"http://{address}/telegram", json.dumps(update).encode(), headers)
    try:
        with urlopen(request, timeout=20) as answer:
            return answer.status
    except HTTPError as refused:
        with refused:
            return refused.code


def test_a_question_that_is_delivered_is_answered(fake: FakeTelegram, bot: BotProcess):
    with bot:
        wait_for_webhook(fake)
        fake.say(QUESTION, user=MEMBER, language="sv")
        fake.wait_for(lambda: answers(fake))
        assert bot.stop() == 0
    assert answers(fake) == 1
    assert "Traceback" not in bot.log, bot.log


def test_what_does_not_come_from_telegram_is_refused(
    fake: FakeTelegram, bot: BotProcess, address: str
):
    update = fake.update(QUESTION, user=MEMBER)
    with bot:
        secret = wait_for_webhook(fake)
        assert len(secret) >= 32
        assert post(address, update, None) == 403
        assert post(address, update, "0" * len(secret)) == 403
        assert post(address, [], secret) == 400
        assert post(address, update, secret) == 200
        fake.wait_for(lambda: answers(fake))
        assert bot.stop() == 0
    assert answers(fake) == 1


def test_an_update_that_is_delivered_twice_is_answered_once(
    fake: FakeTelegram, bot: BotProcess, address: str
):
    update, second = (fake.update(QUESTION, user=MEMBER) for _ in range(2))
    with bot:
        secret = wait_for_webhook(fake)
        assert [post(address, one, secret) for one in (update, update, second)] == [200] * 3
        fake.wait_for(lambda: answers(fake) == 2)
        assert bot.stop() == 0
    assert answers(fake) == 2


def test_what_was_taken_before_a_kill_is_answered_after_it(fake: FakeTelegram, bot: BotProcess):
    held = Held(carried_out=False)
    fake.faults.append(("sendMessage", held))
    with bot:
        wait_for_webhook(fake)
        fake.say(QUESTION, user=MEMBER)
        assert held.reached.wait(20)
        bot.kill()
    with bot:
        fake.wait_for(lambda: answers(fake))
        assert bot.stop() == 0


def test_the_health_of_the_bot_can_be_asked_for(fake: FakeTelegram, bot: BotProcess, address: str):
    with bot:
        wait_for_webhook(fake)
        with urlopen(f"http://{address}/health", timeout=20) as answer:
            told = json.loads(answer.read())
        assert answer.status == 200
        assert told["status"] == "ok"
