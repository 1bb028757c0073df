"""The server for tests: people's actions, the bot's actions, and faults."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from bot_api.account import Account
from bot_api.faults import HungUp, Refused
from bot_api.messaging import Messaging
from bot_api.people import People
from bot_api.state import TOKEN
from bot_api.transport import Files, HttpServer, Params
from bot_api.updates import Update, Updates


class FakeTelegram(People):
    """The server and the people behind it; a context manager."""

    def __init__(self) -> None:
        super().__init__()
        self.proxy: dict[str, str] = {}
        """Local address for a webhook's public one, such as https://bot.example."""
        self._updates = Updates(self)
        account = Account(self, self._updates, self.proxy)
        self._methods = Messaging(self).methods | account.methods
        self._server = HttpServer(TOKEN, self.take, self.files)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._updates.close()
        self._server.shutdown()
        self._server.server_close()

    def say(self, text: str, **who: Any) -> Update:
        """Send a message to the running bot."""
        update = self.update(text, **who)
        self.deliver(update)
        return update

    def deliver(self, *updates: Update) -> None:
        """Queue updates for the running bot."""
        self._updates.put(*updates)

    def deliver_again(self, *updates: Update) -> None:
        """Deliver updates even if the bot has confirmed them."""
        self._updates.put(*updates, again=True)

    def flood(self, seconds: float, chat_id: int | None = None) -> None:
        """Rate-limit messages: all of them, or those to a chat."""
        with self.changed:
            place = self if chat_id is None else self.chat(chat_id)
            place.flooded_until = time.monotonic() + seconds

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Make every connection fail meanwhile."""
        self.switch(online=False)
        try:
            yield
        finally:
            self.switch(online=True)

    def switch(self, *, online: bool) -> None:
        """Make all connections fail, or none."""
        with self.changed:
            self.online = online
            self.changed.notify_all()

    def wait_for(self, wanted: Callable[[], Any], seconds: float = 20) -> Any:
        """Wait until a condition is true, and return its value."""
        end = time.monotonic() + seconds
        while not (found := wanted()):
            assert time.monotonic() < end, f"nothing after {seconds} s; there is {self.texts()}"
            with self.changed:
                self.changed.wait(0.05)  # The condition may be about something outside the server.
        return found

    def texts(self, chat_id: int | None = None) -> list[str]:
        """Return the texts in a chat, or in all."""
        chosen = (one for one in self.sent if chat_id in {None, one.chat_id})
        return [one.text for one in chosen if not one.deleted]

    def called(self, method: str) -> list[Params]:
        """Return the parameters of all requests for a method, including refused ones."""
        return [params for name, params in self.calls if name == method]

    def take(self, method: str, params: Params, files: Files) -> Any:
        """Execute a request; Refused or HungUp if it has such a fault."""
        with self.changed:
            self.calls.append((method, params))
            fault = self.fault(method)
            if not self.online:
                raise HungUp
        if fault:
            fault.before()
        result = self._carry_out(method, params, files)
        if fault:
            fault.after()
        return result

    def _carry_out(self, method: str, params: Params, files: Files) -> Any:
        if method == "getUpdates":
            return self._updates.poll(params)
        if method not in self._methods:
            raise Refused(404, "Not Found: method not found")
        with self.changed:
            result = self._methods[method](params, files)
            self.changed.notify_all()
        return result
