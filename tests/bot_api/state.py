"""The state of the server: chats, messages, menus, files and all requests."""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from bot_api.faults import Chance, Fault, Refused, bad_request, too_many_requests
from bot_api.markup import Entity

TOKEN: Final = "123456789:AAFakeTokenFakeTokenFakeTokenFake0"
BOT: Final = {
    "id": 123456789,
    "is_bot": True,
    "first_name": "Citera",
    "username": "CiteraTestBot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}
QUERY_LIVES: Final = 30.0
"""Seconds within which a query must be answered."""


@dataclass
class Chat:
    """A chat and the bot's access to it."""

    id: int
    type: str
    title: str = "A group"
    topics: set[int] = field(default_factory=set)
    """Threads of a forum; empty for other groups."""
    refusal: Refused | None = None
    """Why the bot has no access: blocked, removed, or the group has moved."""
    flooded_until: float = 0.0
    members: dict[int, str] = field(default_factory=dict)
    """The status of each user, as in getChatMember."""

    def told(self) -> dict[str, Any]:
        """Return the chat in the Bot API's form."""
        about = {"first_name": "Anna"} if self.type == "private" else {"title": self.title}
        return {"id": self.id, "type": self.type, **about, "is_forum": bool(self.topics)}


@dataclass
class Sent:
    """A message of the bot in its present state."""

    chat_id: int
    message_id: int
    text: str
    html: str | None
    """The text as sent, if as HTML."""
    params: dict[str, str]
    entities: list[Entity] = field(default_factory=list)
    rows: list[list[dict[str, Any]]] = field(default_factory=list)
    """Rows of buttons."""
    thread: int | None = None
    reply_to: int | None = None
    document: tuple[str, bytes] | None = None
    """Name and content of a file sent."""
    at: float = field(default_factory=time.monotonic)
    edits: list[tuple[float, str]] = field(default_factory=list)
    """Times and texts of edits."""
    deleted: bool = False

    @property
    def buttons(self) -> list[str]:
        """The buttons' labels, in reading order."""
        return [button["text"] for row in self.rows for button in row]

    def quoted(self, kind: str) -> list[str]:
        """Return the parts of the text with an entity of a kind."""
        raw = self.text.encode("utf-16-le")
        places = ((one["offset"] * 2, one["length"] * 2) for one in self.entities_of(kind))
        return [raw[start : start + length].decode("utf-16-le") for start, length in places]

    def entities_of(self, kind: str) -> Iterable[Entity]:
        """Return the entities of a kind, in text order."""
        return (one for one in self.entities if one["type"] == kind)


class State:
    """The state; changes are made under `changed`, which notifies waiters."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.chats: dict[int, Chat] = {}
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        """Messages of people and the bot, by chat and message."""
        self.reactions: dict[tuple[int, int], list[str]] = {}
        """The bot's reaction to each message."""
        self.menus: dict[tuple[str, str], list[str]] = {}
        """Commands by scope or chat id, and language."""
        self.about: dict[tuple[str, str], str] = {}
        """Descriptions of the bot by method and language."""
        self.queries: dict[str, float] = {}
        """Time limit of the answer to each callback or inline query."""
        self.answers: dict[str, dict[str, Any]] = {}
        """The bot's answer to each query."""
        self.files: dict[str, bytes] = {}
        """Files that people sent, by file id."""
        self.faults: list[tuple[str, Fault]] = []
        """Faults of the next request of each method; "*" for any method."""
        self.chance: Chance | None = None
        """Random faults of any request."""
        self.online = True
        self.flooded_until = 0.0
        self.changed = threading.Condition(threading.RLock())
        self.ids = count(1)

    def chat(self, chat_id: int, kind: str | None = None) -> Chat:
        """Return a chat, creating it if needed."""
        usual = "private" if chat_id > 0 else "supergroup"
        return self.chats.setdefault(chat_id, Chat(chat_id, kind or usual))

    def open_chat(self, params: dict[str, str]) -> Chat:
        """Return the chat of a request; Refused if the bot can't write there."""
        chat = self.chats.get(int(params.get("chat_id", 0)))
        if chat is None:
            raise bad_request("chat not found")
        if chat.refusal:
            raise chat.refusal
        wait = max(chat.flooded_until, self.flooded_until) - time.monotonic()
        if wait > 0:
            raise too_many_requests(int(wait) + 1)
        return chat

    def fault(self, method: str) -> Fault | None:
        """Return the fault of a request."""
        for place, (name, fault) in enumerate(self.faults):
            if name in {method, "*"}:
                del self.faults[place]
                return fault
        return self.chance(method) if self.chance else None

    def take_query(self, query_id: str) -> None:
        """Refuse the answer to an unknown or expired query."""
        if self.queries.get(query_id, 0.0) < time.monotonic():
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
