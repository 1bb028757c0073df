"""What the Telegram bot does its work with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from bot.service.conversations import Conversations
from bot.service.inbox import Inbox
from bot.service.journal import Journal
from bot.service.people import People
from bot.types import Answer, Excerpt
from embeddings.index.manifest import Manifest
from embeddings.index.storage import Store
from embeddings.types import BuildReport, Progress

Rebuild: TypeAlias = Callable[[Progress], BuildReport]
Excerpts: TypeAlias = Callable[[str, int, int], Excerpt | None]
"""Gives a stretch of a document with what stands around it, as `Answerer.excerpt` does."""


class Answers(Protocol):
    """Answers a question, as `Answerer.answer` does."""

    def __call__(
        self,
        question: str,
        *,
        after: Answer | None = None,
        within: str | None = None,
        year: int | None = None,
    ) -> Answer:
        """Return the answer; UserError where there is no index that can be searched."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the bot does its work with; each may be called in any thread."""

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
