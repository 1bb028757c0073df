"""The Telegram bot as a polling process, from start to stop."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bot_api import TOKEN, FakeTelegram, Refused

from bot.telegram_bot.access.menus import FOR_ADMINS, FOR_EVERYONE

ADMIN, MEMBER = 7, 42
MINUTES = "# Protokoll januari\n\nPublicerad 14 januari 2025\n\n{who} deltog på mötet i januari.\n"


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path, fake: FakeTelegram) -> Path:
    """Return a working folder with a `.env` and one document."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "januari.md").write_text(MINUTES.format(who="Karin Ek"), encoding="utf-8")
    settings = (
        f"TELEGRAM_BOT_TOKEN={TOKEN}",
        f"TELEGRAM_API_URL={fake.url}",
        f"ADMIN_USER_IDS={ADMIN}",
        f"ALLOWED_CHAT_IDS={MEMBER}",
        f"DOCUMENTS_DIR={documents}",
    )
    (tmp_path / ".env").write_text("\n".join(settings), encoding="utf-8")
    return tmp_path


def citera(command: str, folder: Path) -> subprocess.Popen[str]:
    root = str(Path(__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-m", "bot.cli.main", command],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def running_bot(folder: Path) -> Iterator[subprocess.Popen[str]]:
    bot = citera("telegram", folder)
    try:
        yield bot
    finally:
        bot.kill()
        bot.communicate()


def test_from_the_first_start_to_an_answer_out_of_an_index_made_meanwhile(
    fake: FakeTelegram, folder: Path
) -> None:
    with running_bot(folder) as bot:
        fake.say("Vem deltog på mötet i januari?", user=ADMIN)
        fake.wait_for(lambda: "There is no index yet" in "".join(fake.texts(ADMIN)))
        fake.say("/reembed", user=ADMIN)
        fake.wait_for(lambda: "1 document," in fake.texts(ADMIN)[-1])
        fake.say("Vem deltog på mötet i januari?", user=MEMBER, language="sv")
        fake.wait_for(lambda: "Karin Ek deltog" in "".join(fake.texts(MEMBER)))

        changed = folder / "documents" / "januari.md"
        changed.write_text(MINUTES.format(who="Bo Lind"), encoding="utf-8")
        reembed = citera("reembed", folder)
        _, told = reembed.communicate(timeout=60)
        assert reembed.returncode == 0, told
        fake.say("Vem deltog på mötet i januari?", user=MEMBER, language="sv")
        fake.wait_for(lambda: "Bo Lind deltog" in fake.texts(MEMBER)[-1])

        bot.send_signal(signal.SIGINT)
        _, log = bot.communicate(timeout=20)
    assert bot.returncode == 0
    assert TOKEN not in log
    assert fake.menus["default", ""] == [*FOR_EVERYONE]
    assert fake.menus["default", "sv"] == [*FOR_EVERYONE]
    assert fake.about["setMyShortDescription", "sv"].startswith("Svarar på frågor om dokument")


def test_admins_who_have_a_chat_with_the_bot_get_a_menu_of_their_own(
    fake: FakeTelegram, folder: Path
) -> None:
    fake.chat(ADMIN)
    with running_bot(folder):
        fake.wait_for(lambda: (str(ADMIN), "sv") in fake.menus)
    assert fake.menus[str(ADMIN), ""] == [*FOR_EVERYONE, *FOR_ADMINS]


def test_a_wrong_token_is_told_in_a_sentence_without_it(fake: FakeTelegram, folder: Path) -> None:
    wrong = TOKEN[:-1] + "1"
    env = folder / ".env"
    env.write_text(env.read_text(encoding="utf-8").replace(TOKEN, wrong), encoding="utf-8")
    bot = citera("telegram", folder)
    _, told = bot.communicate(timeout=60)
    assert bot.returncode == 1
    assert "Telegram rejects the token in TELEGRAM_BOT_TOKEN." in told
    assert wrong not in told
    assert "Traceback" not in told


def test_a_server_that_cannot_be_reached_is_told_in_a_sentence(
    fake: FakeTelegram, folder: Path
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{unused.getsockname()[1]}"
        env = folder / ".env"
        env.write_text(env.read_text(encoding="utf-8").replace(fake.url, nowhere), encoding="utf-8")
        bot = citera("telegram", folder)
        _, told = bot.communicate(timeout=60)
    assert bot.returncode == 1
    assert f"Telegram cannot be reached at {nowhere}." in told
    assert TOKEN not in told
    assert "Traceback" not in told


def test_a_missing_token_is_told_in_a_sentence(tmp_path: Path) -> None:
    bot = citera("telegram", tmp_path)
    _, told = bot.communicate(timeout=60)
    assert bot.returncode == 1
    assert "TELEGRAM_BOT_TOKEN is not set" in told


def test_a_bot_that_loses_telegram_for_a_while_goes_on_and_logs_a_line_a_time(
    fake: FakeTelegram, folder: Path
) -> None:
    fake.faults += [
        ("getUpdates", Refused(409, "Conflict: terminated by other getUpdates request")),
        ("getUpdates", Refused(502, "Bad Gateway")),
    ]
    with running_bot(folder) as bot:
        fake.say("/help", user=MEMBER)
        fake.wait_for(lambda: fake.texts(MEMBER))
        bot.send_signal(signal.SIGTERM)
        _, log = bot.communicate(timeout=20)
    assert "Another program is using the same token" in log
    assert "Telegram cannot be reached; trying again. (Bad Gateway)" in log
    assert "Traceback" not in log


def test_a_bot_whose_token_another_program_holds_says_so_and_ends(
    fake: FakeTelegram, folder: Path
) -> None:
    conflict = Refused(409, "Conflict: terminated by other getUpdates request")
    fake.faults += [("getUpdates", conflict)] * 3
    bot = citera("telegram", folder)
    _, told = bot.communicate(timeout=60)
    assert bot.returncode == 1
    assert "citera: Another program is using the token in TELEGRAM_BOT_TOKEN" in told
    assert "Traceback" not in told


def test_the_token_is_left_out_of_all_that_is_logged(tmp_path: Path) -> None:
    code = (
        "import logging\n"
        "from bot.telegram_bot.transport.logs import log_without_token\n"
        f"log_without_token({TOKEN!r})\n"
        f"try: raise ValueError('told {TOKEN}')\n"
        f"except ValueError: logging.exception('at https://x/bot%s/getMe', {TOKEN!r})\n"
        "logging.getLogger('httpx').info('each request')\n"
    )
    root = str(Path(__file__).parents[1])
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "https://x/bot<token>/getMe" in run.stderr
    assert "ValueError: told <token>" in run.stderr
    assert TOKEN not in run.stderr
    assert "each request" not in run.stderr
