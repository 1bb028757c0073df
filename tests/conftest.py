"""Fixtures for several test files."""

import signal
from dataclasses import replace
from functools import partial

import pytest
from answering_bot import delivering
from bot_api import TOKEN, FakeTelegram
from bot_inside import remembering
from command_line import run_citera
from milvus_server import MilvusServer
from postgres_server import PostgresServer
from telegram_bot import ADMIN, GROUP, MEMBER, Bot
from village import write_village

from bot.settings import Settings
from bot.telegram_bot.opening import open_services
from embeddings.models.static import StaticEmbedder

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


@pytest.fixture(scope="session")
def model():
    """Return the bundled embedder."""
    return StaticEmbedder()


@pytest.fixture
def documents(tmp_path):
    """Return a folder with documents of a village; some test files have others."""
    return write_village(tmp_path / "documents")


@pytest.fixture
def fake():
    """Return the local Bot API server, without chats."""
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def memory(tmp_path):
    """Return the empty stores of a bot's state, by their names in the services."""
    with remembering(tmp_path) as memory:
        yield memory


@pytest.fixture
def people(memory):
    """Return who has access to the bot."""
    return memory["people"]


@pytest.fixture
def journal(memory):
    """Return the bot's journal."""
    return memory["journal"]


@pytest.fixture
def deliver(fake, memory):
    """Return a function that has a bot without an index handle updates."""
    return delivering(fake, memory)


@pytest.fixture
def bot(sample_services, fake, memory):
    """Return a bot without state, with Telegram around it."""
    settings = Settings(
        telegram_bot_token=TOKEN,
        admin_user_ids=frozenset({ADMIN}),
        allowed_chat_ids=frozenset({MEMBER, GROUP}),
        telegram_api_url=fake.url,
    )
    return Bot(fake, settings, replace(sample_services, **memory))


@pytest.fixture(scope="session")
def postgres():
    """Start a PostgreSQL server, or skip the test if the package is not installed."""
    server = PostgresServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def database(postgres):
    """Return the name of an empty PostgreSQL database."""
    with postgres.new_database() as name:
        yield name


@pytest.fixture(scope="session")
def milvus():
    """Start a Milvus server, or skip the test if the package is not installed."""
    server = MilvusServer()
    server.start()
    yield server
    server.stop()
