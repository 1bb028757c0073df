"""Methods about the bot itself, its chats, its files and the delivery of updates."""

import json
import re
from typing import Any, Final
from urllib.parse import urlsplit

from bot_api import checks
from bot_api.faults import bad_request
from bot_api.state import BOT, State
from bot_api.transport import Files, Method, Params
from bot_api.updates import Updates, Webhook

_ABOUT: Final = {
    "setMyName": ("name", 64),
    "setMyDescription": ("description", 512),
    "setMyShortDescription": ("short_description", 120),
}
"""Descriptions of the bot, and the maximum length of each."""
_GIFTS: Final = dict.fromkeys(
    "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels".split(),
    False,
)
_PORTS: Final = {None, 443, 80, 88, 8443}


class Account:
    """Executes account methods on the state."""

    def __init__(self, state: State, updates: Updates, proxy: dict[str, str]) -> None:
        self._state, self._updates, self._proxy = state, updates, proxy
        self.methods: dict[str, Method] = {
            "getMe": lambda _params, _files: BOT,
            "setMyCommands": self._set_commands,
            "deleteMyCommands": self._delete_commands,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": lambda _params, _files: self._updates.webhook_info(),
            "getChat": self._get_chat,
            "getChatMember": self._get_member,
            "leaveChat": self._leave,
            "getFile": self._get_file,
            **{name: self._set_about(name) for name in _ABOUT},
            **{name.replace("set", "get"): self._get_about(name) for name in _ABOUT},
        }

    def _set_commands(self, params: Params, _: Files) -> bool:
        self._state.menus[self._menu(params)] = checks.check_commands(params)
        return True

    def _delete_commands(self, params: Params, _: Files) -> bool:
        self._state.menus.pop(self._menu(params), None)
        return True

    def _menu(self, params: Params) -> tuple[str, str]:
        kind, ids = checks.check_scope(params)
        if ids and ids[0] not in self._state.chats:
            raise bad_request("chat not found")
        return ":".join(map(str, ids)) or kind, checks.check_language(params)

    def _set_about(self, method: str) -> Method:
        def set_about(params: Params, _: Files) -> bool:
            text = checks.check_about(params, *_ABOUT[method])
            self._state.about[method, checks.check_language(params)] = text
            return True

        return set_about

    def _get_about(self, method: str) -> Method:
        def get_about(params: Params, _: Files) -> dict[str, str]:
            language = checks.check_language(params)
            return {_ABOUT[method][0]: self._state.about.get((method, language), "")}

        return get_about

    def _set_webhook(self, params: Params, _: Files) -> bool:
        url, secret = params.get("url", ""), params.get("secret_token")
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if parts.port not in _PORTS:
            raise bad_request(
                "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
            )
        if secret is not None and not re.fullmatch(r"[\w-]{1,256}", secret, re.ASCII):
            raise bad_request("secret token contains unallowed characters")
        behind = self._proxy.get(f"https://{parts.netloc}")
        if behind is None:
            raise bad_request("bad webhook: Failed to resolve host: Name or service not known")
        self._updates.allow(params)
        webhook = Webhook(url, behind, secret)
        self._updates.set_webhook(webhook, drop=_true(params, "drop_pending_updates"))
        return True

    def _delete_webhook(self, params: Params, _: Files) -> bool:
        self._updates.set_webhook(None, drop=_true(params, "drop_pending_updates"))
        return True

    def _get_chat(self, params: Params, _: Files) -> Any:
        about = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}
        return {**self._state.open_chat(params).told(), **about}

    def _get_member(self, params: Params, _: Files) -> Any:
        chat, user = self._state.open_chat(params), int(params["user_id"])
        if user not in self._state.chats and user not in chat.members:
            raise bad_request("user not found")
        about = {"id": user, "is_bot": False, "first_name": "Anna"}
        return {"user": about, "status": chat.members.get(user, "left")}

    def _leave(self, params: Params, _: Files) -> bool:
        chat = self._state.open_chat(params)
        if chat.type == "private":
            raise bad_request("chat member status can't be changed in private chats")
        del self._state.chats[chat.id]
        return True

    def _get_file(self, params: Params, _: Files) -> Any:
        file_id = params.get("file_id", "")
        if file_id not in self._state.files:
            raise bad_request("invalid file_id")
        size = len(self._state.files[file_id])
        if size > 20_000_000:
            raise bad_request("file is too big")
        about = {"file_id": file_id, "file_unique_id": file_id, "file_size": size}
        return {**about, "file_path": f"files/{file_id}"}


def _true(params: Params, name: str) -> bool:
    return bool(json.loads(params.get(name, "false").lower()))
