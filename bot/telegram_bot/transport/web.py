"""What the bot serves: its health, and in webhook mode the address that Telegram sends updates to.

TLS is a proxy's in front of it; see LISTEN and WEBHOOK_URL.
"""

import hmac
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from telegram import Bot, Update
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler

from bot.telegram_bot.transport.intake import Intake
from corpus.errors import UserError

_LARGEST_UPDATE: Final = 1 << 20
"""Bytes; a message is far below it."""
_SENT_ALONG: Final = "X-Telegram-Bot-Api-Secret-Token"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates come in, and how it is told that Telegram sent them."""

    url: str
    secret: str
    intake: Intake
    bot: Bot


def secret_for(token: str) -> str:
    """Return the secret for Telegram to send along; it follows from the token and hides it."""
    return hmac.new(token.encode(), b"webhook", sha256).hexdigest()


def serve_http(
    listen: tuple[str, int], health: Callable[[], dict[str, Any]], webhook: Webhook | None
) -> HTTPServer:
    """Begin to serve; `stop()` what is returned. UserError where the port cannot be had."""
    routes: list[Any] = [("/health", _Health, {"health": health})]
    if webhook:
        path = re.escape(urlsplit(webhook.url).path)
        routes.append((path, _Updates, {"webhook": webhook}))
    # Who asked what is nobody's business, and addresses may be guesses at the path.
    application = Application(routes, log_function=lambda _: None)
    server = HTTPServer(application, max_body_size=_LARGEST_UPDATE)
    host, port = listen
    try:
        server.listen(port, host)
    except OSError as error:
        message = f"LISTEN: {host} port {port} cannot be had ({error}). Choose another port."
        raise UserError(message) from error
    return server


class _Health(RequestHandler):
    """Tells those who watch over the bot whether it is well."""

    def initialize(self, health: Callable[[], dict[str, Any]]) -> None:
        """Take what is told."""
        self._health = health

    def get(self) -> None:
        """Answer 200 where all is well, else 503."""
        health = self._health()
        if health["status"] != "ok":
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
        self.set_header("Content-Type", "application/json")
        self.write(json.dumps(health))

    def data_received(self, chunk: bytes) -> None:
        """Leave a body alone, of which there is none."""


class _Updates(RequestHandler):
    """Takes updates from Telegram."""

    def initialize(self, webhook: Webhook) -> None:
        """Take what updates are handed to."""
        self._webhook = webhook

    async def post(self) -> None:
        """Answer when the update is on the disk; Telegram sends it again otherwise."""
        given = self.request.headers.get(_SENT_ALONG, "")
        if not hmac.compare_digest(given.encode(), self._webhook.secret.encode()):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        try:
            update = Update.de_json(json.loads(self.request.body), self._webhook.bot)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            _log.warning("What came to the webhook is no update: %s", type(error).__name__)
            raise HTTPError(HTTPStatus.BAD_REQUEST) from None
        await self._webhook.intake.put(update)

    def data_received(self, chunk: bytes) -> None:
        """Leave a body to be read whole."""
