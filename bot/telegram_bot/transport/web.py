"""HTTP server: the health page, and in webhook mode the address for Telegram's updates.

A proxy in front of it provides TLS; see LISTEN and WEBHOOK_URL.
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
"""Bytes; messages are far smaller."""
_SENT_ALONG: Final = "X-Telegram-Bot-Api-Secret-Token"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Webhook:
    """The handler of updates, and the secret that shows that Telegram sent them."""

    url: str
    secret: str
    intake: Intake
    bot: Bot


def secret_for(token: str) -> str:
    """Return the secret that Telegram sends along, derived from the token without revealing it."""
    return hmac.new(token.encode(), b"webhook", sha256).hexdigest()


def serve_http(
    listen: tuple[str, int], health: Callable[[], dict[str, Any]], webhook: Webhook | None
) -> HTTPServer:
    """Start the server; call `stop()` on the result. UserError if the port is not available."""
    routes: list[Any] = [("/health", _Health, {"health": health})]
    if webhook:
        path = re.escape(urlsplit(webhook.url).path)
        routes.append((path, _Updates, {"webhook": webhook}))
    # No access log: questions are private, and addresses may be guesses at the path.
    application = Application(routes, log_function=lambda _: None)
    server = HTTPServer(application, max_body_size=_LARGEST_UPDATE)
    host, port = listen
    try:
        server.listen(port, host)
    except OSError as error:
        message = f"LISTEN: {host} port {port} is not available ({error}). Choose another port."
        raise UserError(message) from error
    return server


class _Health(RequestHandler):
    """The health page."""

    def initialize(self, health: Callable[[], dict[str, Any]]) -> None:
        """Store the source of the health data."""
        self._health = health

    def get(self) -> None:
        """Respond with 200 if all is well, otherwise 503."""
        health = self._health()
        if health["status"] != "ok":
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
        self.set_header("Content-Type", "application/json")
        self.write(json.dumps(health))

    def data_received(self, chunk: bytes) -> None:
        """Ignore the body."""


class _Updates(RequestHandler):
    """Receives updates from Telegram."""

    def initialize(self, webhook: Webhook) -> None:
        """Store the handler of updates."""
        self._webhook = webhook

    async def post(self) -> None:
        """Respond once the update is on disk; otherwise Telegram sends it again."""
        given = self.request.headers.get(_SENT_ALONG, "")
        if not hmac.compare_digest(given.encode(), self._webhook.secret.encode()):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        try:
            update = Update.de_json(json.loads(self.request.body), self._webhook.bot)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            _log.warning("Invalid update at the webhook: %s", type(error).__name__)
            raise HTTPError(HTTPStatus.BAD_REQUEST) from None
        await self._webhook.intake.put(update)

    def data_received(self, chunk: bytes) -> None:
        """Ignore chunks; the body is read as a whole."""
