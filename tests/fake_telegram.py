"""A Bot API server of our own on this machine, as strict as Telegram where a bot goes wrong.

It is our reading of the interface: it shows how the bot behaves, not that Telegram agrees.
"""

import asyncio
import json
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any, Self
from urllib.parse import parse_qsl

from telegram import Update
from telegram_html import Refused, read_html

from bot.settings import Settings
from bot.telegram_bot.app import build_application
from bot.telegram_bot.handlers import Services

TOKEN = "123456789:AAFakeTokenFakeTokenFakeTokenFake0"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Citera", "username": "CiteraTestBot"}


@dataclass
class Sent:
    """A message of the bot, as its reader sees it now."""

    chat_id: int
    text: str
    html: str | None
    message_id: int
    params: dict[str, str]
    edits: list[tuple[float, str]] = field(default_factory=list)
    """When it was edited, and into what."""


class FakeTelegram:
    """The server; use it as a context manager."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.menus: dict[tuple[str, str], list[str]] = {}
        self.faults: list[tuple[str, Refused]] = []
        """Requests to refuse: the next one of each method named."""
        self.known_chats: set[int] = set()
        self._updates: list[dict[str, Any]] = []
        self._changed = threading.Condition()
        self._ids = count(1)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def update(
        self,
        text: str | None = None,
        *,
        user: int = 42,
        chat: int | None = None,
        language: str = "en",
        **more: Any,
    ) -> dict[str, Any]:
        """Return the update for a message: to the bot, or in a group where `chat` is negative."""
        chat_id = user if chat is None else chat
        kind = "private" if chat_id > 0 else "supergroup"
        message = {
            "message_id": next(self._ids),
            "date": int(time.time()),
            "chat": {"id": chat_id, "type": kind, "title": "A group", "first_name": "Anna"},
            "from": {"id": user, "is_bot": False, "first_name": "Anna", "language_code": language},
            **more,
        }
        if text is not None:
            message |= {"text": text, "entities": _entities(text)}
        self.known_chats.add(chat_id)
        return {"update_id": next(self._ids), "message": message}

    def say(self, text: str, **who: Any) -> None:
        """Have somebody write to the bot that polls."""
        with self._changed:
            self._updates.append(self.update(text, **who))
            self._changed.notify_all()

    def wait_for(self, wanted: Callable[[], Any], seconds: float = 20) -> Any:
        """Wait until something holds, and return it."""
        end = time.monotonic() + seconds
        while not (found := wanted()):
            assert time.monotonic() < end, f"nothing after {seconds} s; sent: {self.sent}"
            time.sleep(0.02)
        return found

    def texts(self, chat_id: int | None = None) -> list[str]:
        """Return what stands in a chat, or in all."""
        return [one.text for one in self.sent if chat_id in {None, one.chat_id}]

    def take(self, method: str, params: dict[str, str]) -> Any:
        """Carry out a request; Refused where Telegram would."""
        self.calls.append((method, params))
        for place, (name, refusal) in enumerate(self.faults):
            if name == method:
                del self.faults[place]
                raise refusal
        chosen = getattr(self, f"_{method}", None)
        if chosen is None:
            raise Refused(404, f"Not Found: no method {method}")
        return chosen(params)

    def _getMe(self, _: dict[str, str]) -> Any:  # noqa: N802
        return BOT

    def _deleteWebhook(self, _: dict[str, str]) -> Any:  # noqa: N802
        return True

    def _sendChatAction(self, params: dict[str, str]) -> Any:  # noqa: N802
        self._check_chat(params)
        return True

    def _getUpdates(self, params: dict[str, str]) -> Any:  # noqa: N802
        offset, end = int(params.get("offset", 0)), time.monotonic() + float(params["timeout"])
        with self._changed:
            self._updates = [one for one in self._updates if one["update_id"] >= offset]
            while not self._updates and time.monotonic() < end:
                self._changed.wait(0.1)
            return self._updates

    def _sendMessage(self, params: dict[str, str]) -> Any:  # noqa: N802
        self._check_chat(params)
        _check_callbacks(params)
        text = _read(params)
        sent = Sent(int(params["chat_id"]), text, params["text"], next(self._ids), params)
        if "parse_mode" not in params:
            sent.html = None
        self.sent.append(sent)
        return _message(sent)

    def _editMessageText(self, params: dict[str, str]) -> Any:  # noqa: N802
        text = _read(params)
        for one in self.sent:
            if one.message_id == int(params["message_id"]):
                if one.text == text:
                    raise Refused(400, "Bad Request: message is not modified")
                one.text = text
                one.edits.append((time.monotonic(), text))
                return _message(one)
        raise Refused(400, "Bad Request: message to edit not found")

    def _setMyCommands(self, params: dict[str, str]) -> Any:  # noqa: N802
        scope = json.loads(params["scope"])
        if scope["type"] == "chat" and scope["chat_id"] not in self.known_chats:
            raise Refused(400, "Bad Request: chat not found")
        commands = json.loads(params["commands"])
        for one in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]):
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(one["description"]) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        place = (str(scope.get("chat_id", scope["type"])), params.get("language_code", ""))
        self.menus[place] = [one["command"] for one in commands]
        return True

    def _check_chat(self, params: dict[str, str]) -> None:
        if int(params["chat_id"]) not in self.known_chats:
            raise Refused(400, "Bad Request: chat not found")


def take(settings: Settings, services: Services, *updates: dict[str, Any]) -> None:
    """Have a bot take updates, all at once."""

    async def run() -> None:
        application = build_application(settings, services)
        async with application:
            taken = [Update.de_json(update, application.bot) for update in updates]
            await asyncio.gather(*(application.process_update(update) for update in taken))

    asyncio.run(run())


def _entities(text: str) -> list[dict[str, Any]]:
    found = [("bot_command", one) for one in re.finditer(r"(?<!\S)/\w+(@\w+)?", text)]
    found += [("mention", one) for one in re.finditer(r"(?<!\S)@\w+", text)]
    return [
        {
            "type": kind,
            "offset": len(text[: match.start()].encode("utf-16-le")) // 2,
            "length": len(match[0]),
        }
        for kind, match in found
    ]


def _message(sent: Sent) -> dict[str, Any]:
    kind = "private" if sent.chat_id > 0 else "supergroup"
    return {
        "message_id": sent.message_id,
        "date": int(time.time()),
        "chat": {"id": sent.chat_id, "type": kind},
        "from": BOT,
        "text": sent.text,
    }


def _read(params: dict[str, str]) -> str:
    """Return a message's text without its tags; Refused where it is none that Telegram takes."""
    text = params["text"]
    if params.get("parse_mode") == "HTML":
        text = read_html(text)
    if not text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise Refused(400, "Bad Request: message is too long")
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text):
        raise Refused(400, "Bad Request: strings must be printable")
    return text.strip()


def _check_callbacks(params: dict[str, str]) -> None:
    for row in json.loads(params.get("reply_markup", "{}")).get("inline_keyboard", []):
        for button in row:
            if len(button.get("callback_data", "").encode()) > 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")


def _handler_for(fake: FakeTelegram) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            token, _, method = self.path.removeprefix("/bot").partition("/")
            try:
                if token != TOKEN:
                    raise Refused(401, "Unauthorized")
                answer = {"ok": True, "result": fake.take(method, dict(parse_qsl(body)))}
                self._reply(200, answer)
            except Refused as refusal:
                self._reply(refusal.body["error_code"], refusal.body)

        def _reply(self, code: int, answer: dict[str, Any]) -> None:
            body = json.dumps(answer).encode()
            self.send_response(code)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):  # the bot may have been stopped meanwhile
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    return Handler
