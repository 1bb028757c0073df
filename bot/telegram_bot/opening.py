"""Opens what the settings name: the store, the models and the state files."""

import logging

from bot.evaluation.gate import rebuild_index
from bot.service import conversations, inbox, journal, people
from bot.service.conversations import Conversations
from bot.service.engine import open_engine
from bot.service.inbox import Inbox
from bot.service.journal import Journal
from bot.service.people import People
from bot.service.services import Services
from bot.settings import Settings
from embeddings.types import BuildReport, Progress

_log = logging.getLogger(__name__)


def open_services(settings: Settings) -> Services:
    """Return the services for the settings."""
    engine = open_engine(settings)

    def rebuild(progress: Progress) -> BuildReport:
        report, judged = rebuild_index(engine, progress)
        if judged:
            _log.info("%s", judged)
        return report

    return Services(
        engine.answerer.answer,
        rebuild,
        engine.manifest,
        engine.roll_back,
        engine.store,
        engine.answerer.excerpt,
        Journal.open(settings.store_dir / journal.FILE),
        People.open(settings.store_dir / people.FILE),
        _open_conversations(settings),
        Inbox.open(settings.store_dir / inbox.FILE),
    )


def _open_conversations(settings: Settings) -> Conversations:
    """Return the conversation store; in memory if question texts may not be kept."""
    if not settings.keep_questions_days:
        return Conversations.in_memory()
    return Conversations.open(settings.store_dir / conversations.FILE)
