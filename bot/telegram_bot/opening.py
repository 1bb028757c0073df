"""What the settings name, opened: the store, the model, and the files of what is remembered."""

import logging
from functools import partial

from bot.answer.answerer import Answerer
from bot.cli.reembed import rebuild_index
from bot.service import conversations, inbox, journal, people
from bot.service.conversations import Conversations
from bot.service.inbox import Inbox
from bot.service.journal import Journal
from bot.service.people import People
from bot.settings import Settings
from bot.telegram_bot.services import Services
from embeddings.index.manifest import Manifest
from embeddings.index.storage import Store
from embeddings.models.loading import load_embedder, load_reader
from embeddings.search.rollback import roll_back
from embeddings.types import BuildReport, Progress

_log = logging.getLogger(__name__)


def open_services(settings: Settings) -> Services:
    """Return what the settings name: the store, the documents and the model."""
    store = Store(settings.store_dir)
    embedder = load_embedder(settings.embedding_model)

    def rebuild(progress: Progress) -> BuildReport:
        report, judged = rebuild_index(settings, embedder, progress)
        if judged:
            _log.info("%s", judged)
        return report

    def status() -> Manifest:
        return store.open_current(Manifest.read)

    answerer = Answerer(
        store,
        embedder,
        confidence_needed=settings.confidence_needed,
        reader=load_reader(settings.reader_model),
    )
    return Services(
        answerer.answer,
        rebuild,
        status,
        partial(roll_back, settings.store_dir, embedder),
        store,
        answerer.excerpt,
        Journal.open(settings.store_dir / journal.FILE),
        People.open(settings.store_dir / people.FILE),
        _open_conversations(settings),
        Inbox.open(settings.store_dir / inbox.FILE),
    )


def _open_conversations(settings: Settings) -> Conversations:
    """Return the memory of conversations, which holds what was asked for as long as is allowed."""
    if not settings.keep_questions_days:
        return Conversations.in_memory()
    return Conversations.open(settings.store_dir / conversations.FILE)
