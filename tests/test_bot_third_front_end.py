"""A new front end needs little code: the service knows neither terminal nor Telegram."""

import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass

import pytest
from command_line import QUESTION

from bot.service.conversations import Conversations
from bot.service.desk import Desk, exchange_of
from bot.service.engine import open_engine
from bot.service.exchanges import Place, Question
from bot.service.journal import Journal
from bot.settings import Settings


@dataclass
class Letters:
    """Answers letters; each writer's next one may follow up the last."""

    settings: Settings
    journal: Journal

    def __post_init__(self):
        self.engine = open_engine(self.settings)
        self.desk = Desk(self.engine.answerer.answer, self.journal, self.settings)
        self.conversations = Conversations.in_memory()

    def reply(self, writer, letter):
        """Return a reply with its sources, and its key."""
        place = Place("letters", "", writer)
        context = self.conversations.context(place)
        question = Question(letter, place, after=context.last, document=context.document)
        exchange = exchange_of(question, self.desk.submit(question).result())
        self.conversations.save(exchange)
        sources = [f"[{one.number}] {one.title}" for one in exchange.answer.citations]
        return "\n".join([exchange.answer.text, *sources]), exchange.key

    def enclose(self, key, number):
        """Return a source of a reply in its context."""
        cited = self.conversations.find(key).citation(number)
        excerpt = self.engine.answerer.excerpt(cited.document, cited.quote_start, cited.quote_end)
        return f"{excerpt.before}>>{excerpt.quote}<<{excerpt.after}"


@pytest.fixture
def letters(store, tmp_path):
    with closing(Journal.open(tmp_path / "journal.sqlite")) as journal:
        yield Letters(Settings(store_dir=store), journal)


def test_it_asks_opens_a_source_and_follows_up(letters):
    """The same answers as elsewhere, separate conversations, all in the journal."""
    anna, bo = "anna@example.org", "bo@example.org"
    text, key = letters.reply(anna, QUESTION)
    assert "[1]" in text
    [first, *_] = letters.conversations.find(key).answer.citations
    assert f">>{first.quote}<<" in letters.enclose(key, first.number)
    answers = {}
    for writer in (anna, bo):
        _, key = letters.reply(writer, "when does it open?")
        answers[writer] = letters.conversations.find(key).answer
    assert answers[anna].reading.read_as
    assert answers[bo].reading.read_as is None
    assert [one.user for one in letters.journal.recent(9)] == [bo, anna, anna]


def test_the_service_loads_neither_telegram_nor_a_terminal():
    """Nor any other front end."""
    code = (
        "import pkgutil, importlib, sys, bot.service as service;"
        "[importlib.import_module(f'bot.service.{one.name}') for one in"
        " pkgutil.iter_modules(service.__path__)];"
        "print(*(name for name in ('telegram', 'rich', 'bot.cli', 'bot.telegram_bot',"
        " 'bot.evaluation') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
