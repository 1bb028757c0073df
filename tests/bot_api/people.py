"""Actions of people in Telegram, as updates."""

import re
import time
from typing import Any

from bot_api.faults import Refused, bad_request
from bot_api.markup import Entity, units
from bot_api.state import BOT, QUERY_LIVES, Sent, State
from bot_api.updates import Update


class People(State):
    """Makes updates; they reach the bot when they are delivered."""

    def update(
        self,
        text: str | None = None,
        *,
        user: int = 42,
        chat: int | None = None,
        language: str = "en",
        **more: Any,
    ) -> Update:
        """Return a message: to the bot, or in a group if `chat` is negative.

        `more` has further fields of the message, such as `reply_to_message`.
        """
        message = {
            "message_id": next(self.ids),
            "date": int(time.time()),
            "chat": self.chat(user if chat is None else chat).told(),
            "from": person(user, language),
            **more,
        }
        if text is not None:
            message |= {"text": text, "entities": _entities(text)}
        self.messages[message["chat"]["id"], message["message_id"]] = message
        return self._update("message", message)

    def edited(self, update: Update, text: str) -> Update:
        """Return a user's edit of their message."""
        changed = {"text": text, "entities": _entities(text), "edit_date": int(time.time())}
        message = update["message"] | changed
        self.messages[message["chat"]["id"], message["message_id"]] = message
        return self._update("edited_message", message)

    def pressed(
        self,
        sent: Sent,
        button: str = "",
        *,
        data: str | None = None,
        user: int | None = None,
        language: str = "en",
    ) -> Update:
        """Return a press on the button with these words in its label, or with forged data."""
        found = [one for row in sent.rows for one in row if button in one["text"]]
        assert found or data is not None, f"no button {button!r} among {sent.buttons}"
        query = {
            "id": self._query_id(),
            "from": person(sent.chat_id if user is None else user, language),
            "message": self.messages[sent.chat_id, sent.message_id],
            "chat_instance": str(sent.chat_id),
            "data": found[0]["callback_data"] if data is None else data,
        }
        return self._update("callback_query", query)

    def inline(
        self, text: str, *, user: int = 42, language: str = "en", offset: str = ""
    ) -> Update:
        """Return an inline query."""
        who = person(user, language)
        query = {"id": self._query_id(), "from": who, "query": text, "offset": offset}
        return self._update("inline_query", {**query, "chat_type": "private"})

    def chosen(self, inline: Update, result_id: str) -> Update:
        """Return the choice of a result of an inline query."""
        query = inline["inline_query"]
        chosen = {"result_id": result_id, "from": query["from"], "query": query["query"]}
        return self._update("chosen_inline_result", chosen)

    def reacted(self, sent: Sent, *emoji: str, user: int | None = None) -> Update:
        """Return a user's reaction to a message of the bot; without emoji, its removal."""
        reaction = {
            "chat": self.chat(sent.chat_id).told(),
            "message_id": sent.message_id,
            "user": person(sent.chat_id if user is None else user),
            "date": int(time.time()),
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": one} for one in emoji],
        }
        return self._update("message_reaction", reaction)

    def blocked(self, user: int, *, again_welcome: bool = False) -> Update:
        """Block the bot, effective now, or unblock it; return the update."""
        blocked = Refused(403, "Forbidden: bot was blocked by the user")
        self.chat(user).refusal = None if again_welcome else blocked
        return self._membership(user, user, "member" if again_welcome else "kicked")

    def thrown_out(self, chat: int, *, user: int = 42) -> Update:
        """Remove the bot from a group, effective now; return the update."""
        kicked = Refused(403, "Forbidden: bot was kicked from the supergroup chat")
        self.chat(chat).refusal = kicked
        return self._membership(chat, user, "kicked")

    def brought_in(self, chat: int, *, user: int = 42) -> Update:
        """Return the bot's addition to a group."""
        self.chat(chat).refusal = None
        return self._membership(chat, user, "member")

    def migrated(self, old: int, new: int) -> tuple[Update, Update]:
        """Turn a group into a supergroup; return the two messages about it."""
        group, supergroup = self.chat(old, "group"), self.chat(new)
        group.refusal = bad_request("group chat was upgraded to a supergroup chat")
        group.refusal.body["parameters"] = {"migrate_to_chat_id": new}
        return (
            self.update(chat=group.id, migrate_to_chat_id=new),
            self.update(chat=supergroup.id, migrate_from_chat_id=old),
        )

    def deleted(self, update: Update) -> None:
        """Delete a user's message; bots get no update of that."""
        message = update["message"]
        del self.messages[message["chat"]["id"], message["message_id"]]

    def voice(self, content: bytes = b"OggS", **who: Any) -> Update:
        """Return a voice message, which the bot may download."""
        file_id = f"voice-{next(self.ids)}"
        self.files[file_id] = content
        about = {"file_id": file_id, "file_unique_id": file_id, "file_size": len(content)}
        return self.update(voice={**about, "duration": 1}, **who)

    def _membership(self, chat: int, user: int, status: str) -> Update:
        gone = {"user": BOT, "status": "left"}
        now = {"user": BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {})
        change = {"old_chat_member": gone, "new_chat_member": now, "date": int(time.time())}
        about = {"chat": self.chat(chat).told(), "from": person(user)}
        return self._update("my_chat_member", {**about, **change})

    def _query_id(self) -> str:
        query_id = str(next(self.ids))
        self.queries[query_id] = time.monotonic() + QUERY_LIVES
        return query_id

    def _update(self, kind: str, content: dict[str, Any]) -> Update:
        return {"update_id": next(self.ids), kind: content}


def person(user: int, language: str = "en") -> dict[str, Any]:
    """Return a user in the Bot API's form."""
    return {"id": user, "is_bot": False, "first_name": "Anna", "language_code": language}


def _entities(text: str) -> list[Entity]:
    found = [("bot_command", one) for one in re.finditer(r"(?<!\S)/\w+(@\w+)?", text)]
    found += [("mention", one) for one in re.finditer(r"(?<!\S)@\w+", text)]
    return [
        {"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])}
        for kind, match in found
    ]
