"""What several test files start from."""

import signal
from dataclasses import replace
from functools import partial

import pytest
from bot_api import TOKEN, FakeTelegram
from bot_inside import remembering
from command_line import run_citera
from milvus_server import MilvusServer
from postgres_server import PostgresServer
from telegram_bot import ADMIN, GROUP, MEMBER, Bot

from bot.settings import Settings
from bot.telegram_bot.opening import open_services

# Started in the background by a shell, or under nohup, this process ignores Ctrl-C, and so would
# every process that a test starts to press it.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """Make a store with the samples, by the command itself."""
    folder = tmp_path_factory.mktemp("samples") / "store"
    code, output, messages = run_citera(folder.parent, "reembed", STORE_DIR=str(folder))
    assert (code, output[:8]) == (0, "Done in "), messages
    assert "sample documents; set DOCUMENTS_DIR" in messages
    return folder


@pytest.fixture
def citera(tmp_path):
    """Return what runs a command in an empty folder and gives its code, output and messages."""
    return partial(run_citera, tmp_path)


@pytest.fixture(scope="session")
def sample_services(tmp_path_factory):
    """Index the sample documents once, for bots that run inside the test."""
    opened = open_services(Settings(store_dir=tmp_path_factory.mktemp("telegram") / "store"))
    opened.rebuild(lambda *_: None)
    return opened


@pytest.fixture
def bot(sample_services, tmp_path):
    """Return a bot that remembers nothing yet, with Telegram around it."""
    with FakeTelegram() as fake, remembering(tmp_path) as memories:
        settings = Settings(
            telegram_bot_token=TOKEN,
            admin_user_ids=frozenset({ADMIN}),
            allowed_chat_ids=frozenset({MEMBER, GROUP}),
            telegram_api_url=fake.url,
        )
        yield Bot(fake, settings, replace(sample_services, **memories))


@pytest.fixture(scope="session")
def postgres():
    """Start a PostgreSQL server, or pass the test over where the package is not installed."""
    server = PostgresServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def milvus():
    """Start a server that speaks Milvus's protocol, or pass the test over without the package."""
    server = MilvusServer()
    server.start()
    yield server
    server.stop()
