"""The services that a chat front end needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.service.conversations import Conversations
from bot.service.desk import Answers
from bot.service.inbox import Inbox
from bot.service.journal import Journal
from bot.service.people import People
from bot.types import Excerpt
from embeddings.engines.storage import Store
from embeddings.index.manifest import Manifest
from embeddings.types import BuildReport, Progress

Rebuild: TypeAlias = Callable[[Progress], BuildReport]
Excerpts: TypeAlias = Callable[[str, int, int], Excerpt | None]
"""Returns a span of a document with its context, as `Answerer.excerpt` does."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that answers and stores; thread-safe."""

    answer: Answers
    rebuild: Rebuild
    status: Callable[[], Manifest]
    roll_back: Callable[[], Manifest]
    store: Store
    excerpt: Excerpts
    journal: Journal
    people: People
    conversations: Conversations
    inbox: Inbox
