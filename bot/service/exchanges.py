"""What was asked in a conversation, and what was answered and shown."""

import secrets
from dataclasses import dataclass

from bot.types import Answer, Citation


@dataclass(frozen=True, slots=True)
class Place:
    """Where someone talks with the bot: a chat, or a topic of one."""

    chat: str
    topic: str
    """"" outside topics."""
    user: str


@dataclass(frozen=True, slots=True)
class Document:
    """The one document that questions are asked of."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with the answer that was shown."""

    key: str
    """What its buttons know it by."""
    place: Place
    asked: str | None
    """The message that asked; None where none did."""
    told: tuple[str, ...]
    """The messages that answer, in order."""
    question: str
    answer: Answer
    number: int | None = None
    """The question's number in the journal, by which thumbs judge it."""
    after: str | None = None
    """Key of the exchange that the question leant on."""
    document: Document | None = None
    year: int | None = None
    """The year that was chosen for a month without one."""
    years: tuple[int, ...] = ()
    """Those that there are to choose from, the newest first; none where there is no choice."""

    def citation(self, number: int) -> Citation | None:
        """Return what a number stands for in the answer and beyond it."""
        answer = self.answer
        shown = (*answer.citations, *answer.nearest, *answer.further)
        return next((one for one in shown if one.number == number), None)


@dataclass(frozen=True, slots=True)
class Context:
    """What the next question may lean on."""

    last: Exchange | None = None
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be answered, where, and what it leans on."""

    text: str
    place: Place
    asked: str | None = None
    """The message that asks; None where none does."""
    after: Exchange | None = None
    document: Document | None = None
    """The one document to ask."""
    year: int | None = None
    replaces: Exchange | None = None
    """The exchange whose answer the new one takes the place of."""


def new_key() -> str:
    """Return a key for an exchange, that nobody guesses."""
    return secrets.token_urlsafe(9)
