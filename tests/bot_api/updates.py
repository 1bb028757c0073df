"""Delivers updates to the bot, by polling or webhook."""

import http.client
import json
import threading
import time
from collections.abc import Collection
from typing import Any, Final
from urllib.parse import urlsplit

from bot_api.faults import HungUp, Refused
from bot_api.state import State

Update = dict[str, Any]

_ON_REQUEST: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of updates that bots only get if they ask for them."""
_MOST_UPDATES: Final = 100


class Updates:
    """The queue of updates; its lock is the state's."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._waiting: list[Update] = []
        self._again: list[Update] = []
        self._allowed: Collection[str] = ()
        self._poll = 0
        self._webhook: Webhook | None = None
        self._closed = False

    def put(self, *updates: Update, again: bool = False) -> None:
        """Queue updates; with `again` even if they were confirmed."""
        with self._state.changed:
            (self._again if again else self._waiting).extend(updates)
            self._state.changed.notify_all()

    def allow(self, params: dict[str, str]) -> None:
        """Store the kinds of updates that the bot wants, if given."""
        if "allowed_updates" in params:
            self._allowed = json.loads(params["allowed_updates"])

    def poll(self, params: dict[str, str]) -> list[Update]:
        """Long-poll for updates; a later poll ends the wait with a conflict."""
        state, offset = self._state, int(params.get("offset", 0))
        end = time.monotonic() + float(params.get("timeout", 0))
        limit = min(int(params.get("limit", _MOST_UPDATES)), _MOST_UPDATES)
        with state.changed:
            if self._webhook:
                raise _conflict(
                    "can't use getUpdates method while webhook is active; "
                    "use deleteWebhook to delete the webhook first"
                )
            self.allow(params)
            self._confirm(offset)
            self._poll = mine = self._poll + 1
            state.changed.notify_all()
            while not (ready := self._ready()) and (wait := end - time.monotonic()) > 0:
                state.changed.wait(wait)
                self._check(mine)
            self._again.clear()
            return ready[:limit]

    def _check(self, mine: int) -> None:
        if not self._state.online or self._closed:
            raise HungUp
        if mine != self._poll:
            raise _conflict(
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running"
            )

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._waiting = self._waiting[offset:]
        else:
            self._waiting = [one for one in self._waiting if one["update_id"] >= offset]

    def _ready(self) -> list[Update]:
        """Return the updates to deliver; unwanted kinds are dropped."""
        self._waiting = [one for one in self._waiting if self._wanted(one)]
        return [*self._again, *self._waiting]

    def _wanted(self, update: Update) -> bool:
        [kind] = update.keys() - {"update_id"}
        return kind in self._allowed if self._allowed else kind not in _ON_REQUEST

    def set_webhook(self, webhook: "Webhook | None", *, drop: bool) -> None:
        """Deliver to a webhook, or to none."""
        if self._webhook:
            self._webhook.stopped = True
        if drop:
            self._waiting.clear()
        self._webhook = webhook
        if webhook:
            threading.Thread(target=self._deliver, args=(webhook,), daemon=True).start()

    def webhook_info(self) -> dict[str, Any]:
        """Return the result of getWebhookInfo."""
        webhook = self._webhook
        about = {"url": "", "has_custom_certificate": False} if not webhook else webhook.told()
        return {**about, "pending_update_count": len(self._waiting)}

    def close(self) -> None:
        """End all waits."""
        with self._state.changed:
            self._closed = True
            self.set_webhook(None, drop=False)
            self._state.changed.notify_all()

    def _deliver(self, webhook: "Webhook") -> None:
        """Deliver updates one after the other, each until it is accepted."""
        while not webhook.stopped:
            with self._state.changed:
                ready = self._ready()
                if not ready or not self._state.online:
                    self._state.changed.wait()
                    continue
            taken = webhook.post(ready[0])
            with self._state.changed:
                if not taken:
                    self._state.changed.wait(0.05)  # Telegram waits longer
                    continue
                (self._again if ready[0] in self._again else self._waiting).remove(ready[0])


class Webhook:
    """The bot's webhook, seen through the proxy that terminates TLS."""

    def __init__(self, url: str, behind: str, secret: str | None) -> None:
        self._url, self._behind, self._secret = url, urlsplit(behind), secret
        self._path = urlsplit(url).path
        self._error: dict[str, Any] = {}
        self.stopped = False
        self.statuses: list[int] = []

    def told(self) -> dict[str, Any]:
        """Return the result of getWebhookInfo about it."""
        return {"url": self._url, "has_custom_certificate": False, **self._error}

    def post(self, update: Update) -> bool:
        """Return whether the bot accepted an update."""
        headers = {"content-type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        try:
            connection = http.client.HTTPConnection(self._behind.netloc, timeout=10)
            connection.request("POST", self._path, json.dumps(update), headers)
            status = connection.getresponse().status
            connection.close()
        except (OSError, http.client.HTTPException) as error:
            return self._failed(f"Connection failed: {error}")
        self.statuses.append(status)
        if not 200 <= status < 300:
            return self._failed(f"Wrong response from the webhook: {status}")
        return True

    def _failed(self, why: str) -> bool:
        self._error = {"last_error_date": int(time.time()), "last_error_message": why}
        return False


def _conflict(why: str) -> Refused:
    return Refused(409, f"Conflict: {why}")
