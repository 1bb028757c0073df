"""Questions of a conversation, and what was answered and shown."""

import secrets
from dataclasses import dataclass

from bot.types import Answer, Citation


@dataclass(frozen=True, slots=True)
class Place:
    """Where a user talks with the bot: a chat, or a topic in one."""

    chat: str
    topic: str
    """"" outside topics."""
    user: str


@dataclass(frozen=True, slots=True)
class Document:
    """The document that questions are limited to."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer as shown."""

    key: str
    """Identifies it in button data."""
    place: Place
    asked: str | None
    """The message that asked, if any."""
    told: tuple[str, ...]
    """The messages with the answer, in order."""
    question: str
    answer: Answer
    number: int | None = None
    """The question's number in the journal, for ratings."""
    after: str | None = None
    """Key of the exchange that the question follows up."""
    document: Document | None = None
    year: int | None = None
    """The year chosen for a month without one."""
    years: tuple[int, ...] = ()
    """The years to choose from, newest first; empty if there is no choice."""

    def citation(self, number: int) -> Citation | None:
        """Return the citation with a number, in the answer or beyond it."""
        answer = self.answer
        shown = (*answer.citations, *answer.nearest, *answer.further)
        return next((one for one in shown if one.number == number), None)


@dataclass(frozen=True, slots=True)
class Context:
    """The context of the next question."""

    last: Exchange | None = None
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question to be answered, with its place and context."""

    text: str
    place: Place
    asked: str | None = None
    """The message that asks, if any."""
    after: Exchange | None = None
    document: Document | None = None
    """The document that the question is limited to."""
    year: int | None = None
    replaces: Exchange | None = None
    """The exchange whose answer the new one replaces."""


def new_key() -> str:
    """Return an unguessable key for an exchange."""
    return secrets.token_urlsafe(9)
