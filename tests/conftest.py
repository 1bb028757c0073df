"""Fixtures for several test files."""

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

# If started in the background by a shell or with nohup, this process ignores Ctrl-C, and so would
# every process that a test sends Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """Build a store of the samples with the command itself."""
    folder = tmp_path_factory.mktemp("samples") / "store"
    code, output, messages = run_citera(folder.parent, "reembed", STORE_DIR=str(folder))
    assert (code, output[:8]) == (0, "Done in "), messages
    assert "sample documents; set DOCUMENTS_DIR" in messages
    return folder


@pytest.fixture
def citera(tmp_path):
    """Return a function that runs a command in an empty folder: exit code, output, messages."""
    return partial(run_citera, tmp_path)


@pytest.fixture(scope="session")
def sample_services(tmp_path_factory):
    """Index the samples once, for bots inside the test process."""
    opened = open_services(Settings(store_dir=tmp_path_factory.mktemp("telegram") / "store"))
    opened.rebuild(lambda *_: None)
    return opened


@pytest.fixture
def bot(sample_services, tmp_path):
    """Return a bot without state, with Telegram around it."""
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
    """Start a PostgreSQL server, or skip the test if the package is not installed."""
    server = PostgresServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def milvus():
    """Start a Milvus server, or skip the test if the package is not installed."""
    server = MilvusServer()
    server.start()
    yield server
    server.stop()
