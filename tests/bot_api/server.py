"""The server as tests use it: what people do, what the bot does, and what goes wrong."""

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
    """The server, and the people behind it; use it as a context manager."""

    def __init__(self) -> None:
        super().__init__()
        self.proxy: dict[str, str] = {}
        """Where a webhook's public address, such as https://bot.example, leads on this machine."""
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
        """Have somebody write to the bot that runs."""
        update = self.update(text, **who)
        self.deliver(update)
        return update

    def deliver(self, *updates: Update) -> None:
        """Queue what people do for the bot that runs."""
        self._updates.put(*updates)

    def deliver_again(self, *updates: Update) -> None:
        """Deliver updates although the bot may have confirmed them."""
        self._updates.put(*updates, again=True)

    def flood(self, seconds: float, chat_id: int | None = None) -> None:
        """Have messages refused as coming too fast: all of them, or those to a chat."""
        with self.changed:
            place = self if chat_id is None else self.chat(chat_id)
            place.flooded_until = time.monotonic() + seconds

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Have every connection fail meanwhile."""
        self.switch(online=False)
        try:
            yield
        finally:
            self.switch(online=True)

    def switch(self, *, online: bool) -> None:
        """Have every connection fail, or none."""
        with self.changed:
            self.online = online
            self.changed.notify_all()

    def wait_for(self, wanted: Callable[[], Any], seconds: float = 20) -> Any:
        """Wait until something holds, and return it."""
        end = time.monotonic() + seconds
        while not (found := wanted()):
            assert time.monotonic() < end, f"nothing after {seconds} s; there is {self.texts()}"
            with self.changed:
                self.changed.wait(0.05)  # what is waited for may lie outside the server
        return found

    def texts(self, chat_id: int | None = None) -> list[str]:
        """Return what stands in a chat, or in all."""
        chosen = (one for one in self.sent if chat_id in {None, one.chat_id})
        return [one.text for one in chosen if not one.deleted]

    def called(self, method: str) -> list[Params]:
        """Return the parameters of each request for a method, refused ones too."""
        return [params for name, params in self.calls if name == method]

    def take(self, method: str, params: Params, files: Files) -> Any:
        """Carry out a request; Refused or HungUp where a fault befalls it."""
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
