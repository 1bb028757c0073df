"""Methods that send and edit messages."""

import json
import time
from dataclasses import asdict, dataclass
from typing import Any

from bot_api import checks
from bot_api.faults import bad_request
from bot_api.markup import Entity
from bot_api.state import BOT, Chat, Sent, State
from bot_api.transport import Files, Method, Params

_MOST_BYTES = 50_000_000
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@dataclass(frozen=True, slots=True)
class _Content:
    """The contents of a message."""

    text: str
    html: str | None
    entities: list[Entity]
    rows: list[list[dict[str, Any]]]


class Messaging:
    """Executes message methods on the state."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.methods: dict[str, Method] = {
            "sendMessage": self._send,
            "sendDocument": self._send_document,
            "editMessageText": self._edit,
            "editMessageReplyMarkup": self._edit_keyboard,
            "deleteMessage": self._delete,
            "sendChatAction": self._act,
            "setMessageReaction": self._react,
            "answerCallbackQuery": self._answer_press,
            "answerInlineQuery": self._answer_inline,
        }

    def _send(self, params: Params, _: Files) -> Any:
        return self._put(self._state.open_chat(params), params, _content(params))

    def _send_document(self, params: Params, files: Files) -> Any:
        chat = self._state.open_chat(params)
        part = params.get("document", "attach://document").removeprefix("attach://")
        if part not in files:
            raise bad_request("there is no document in the request")
        name, content = files[part]
        if not content:
            raise bad_request("file must be non-empty")
        if len(content) > _MOST_BYTES:
            raise bad_request("file is too big")
        shown = _content(params, "caption", checks.MOST_CAPTION_UNITS)
        return self._put(chat, params, shown, document=(name, content))

    def _put(
        self, chat: Chat, params: Params, shown: _Content, document: tuple[str, bytes] | None = None
    ) -> dict[str, Any]:
        sent = Sent(
            chat.id,
            message_id=next(self._state.ids),
            params=params,
            thread=_thread(chat, params),
            reply_to=self._replied(chat, params),
            document=document,
            text=shown.text,
            html=shown.html,
            entities=shown.entities,
            rows=shown.rows,
        )
        self._state.sent.append(sent)
        return self._told(sent)

    def _replied(self, chat: Chat, params: Params) -> int | None:
        """Return the message replied to, if it still exists."""
        reply = json.loads(params.get("reply_parameters", "{}"))
        if not reply:
            return None
        place = (int(reply.get("chat_id", chat.id)), int(reply["message_id"]))
        message = self._state.messages.get(place)
        if message is None:
            if reply.get("allow_sending_without_reply"):
                return None
            raise bad_request("message to be replied not found")
        quote = reply.get("quote", "")
        if quote not in message.get("text", "") or len(quote) > 1024:
            raise bad_request("QUOTE_TEXT_INVALID")
        return place[1]

    def _edit(self, params: Params, _: Files) -> Any:
        sent = self._own(params, "edit")
        self._change(sent, _content(params))
        sent.edits.append((time.monotonic(), sent.text))
        return self._told(sent)

    def _edit_keyboard(self, params: Params, _: Files) -> Any:
        sent = self._own(params, "edit")
        self._change(sent, _Content(sent.text, sent.html, sent.entities, checks.check_rows(params)))
        return self._told(sent)

    @staticmethod
    def _change(sent: Sent, shown: _Content) -> None:
        now = (sent.text, sent.entities, sent.rows)
        if now == (shown.text, shown.entities, shown.rows):
            raise bad_request(_NOT_MODIFIED)
        for name, value in asdict(shown).items():
            setattr(sent, name, value)

    def _delete(self, params: Params, _: Files) -> bool:
        chat = self._state.open_chat(params)
        place = (chat.id, int(params["message_id"]))
        if place not in self._state.messages:
            raise bad_request("message to delete not found")
        if self._state.messages[place]["from"] != BOT and chat.type == "private":
            raise bad_request("message can't be deleted")
        del self._state.messages[place]
        for sent in self._state.sent:
            sent.deleted |= (sent.chat_id, sent.message_id) == place
        return True

    def _own(self, params: Params, what: str) -> Sent:
        """Return an existing message of the bot."""
        chat = self._state.open_chat(params)
        place = (chat.id, int(params["message_id"]))
        if place not in self._state.messages:
            raise bad_request(f"message to {what} not found")
        for sent in self._state.sent:
            if (sent.chat_id, sent.message_id) == place:
                return sent
        raise bad_request(f"message can't be {what}ed")

    def _act(self, params: Params, _: Files) -> bool:
        chat = self._state.open_chat(params)
        checks.check_action(params)
        _thread(chat, params)
        return True

    def _react(self, params: Params, _: Files) -> bool:
        chat = self._state.open_chat(params)
        place = (chat.id, int(params["message_id"]))
        if place not in self._state.messages:
            raise bad_request("message to react not found")
        self._state.reactions[place] = checks.check_reaction(params)
        return True

    def _answer_press(self, params: Params, _: Files) -> bool:
        self._state.take_query(params["callback_query_id"])
        if len(params.get("text", "")) > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        self._state.answers[params["callback_query_id"]] = dict(params)
        return True

    def _answer_inline(self, params: Params, _: Files) -> bool:
        self._state.take_query(params["inline_query_id"])
        results = checks.check_results(params)
        self._state.answers[params["inline_query_id"]] = {**params, "results": results}
        return True

    def _told(self, sent: Sent) -> dict[str, Any]:
        """Store a message, and return it in the Bot API's form."""
        message = {
            "message_id": sent.message_id,
            "date": int(time.time()),
            "chat": self._state.chat(sent.chat_id).told(),
            "from": BOT,
        }
        if sent.document:
            file_id = f"document-{sent.message_id}"
            about = {"file_id": file_id, "file_unique_id": file_id, "file_name": sent.document[0]}
            message |= {"document": about, "caption": sent.text}
            self._state.files[file_id] = sent.document[1]
        else:
            message |= {"text": sent.text, "entities": sent.entities}
        if sent.rows:
            message["reply_markup"] = {"inline_keyboard": sent.rows}
        if sent.thread:
            message |= {"message_thread_id": sent.thread, "is_topic_message": True}
        place = (sent.chat_id, sent.message_id)
        self._state.messages[place] = message
        replied = self._state.messages.get((sent.chat_id, sent.reply_to or 0))
        return {**message, "reply_to_message": replied} if replied else message


def _content(params: Params, name: str = "text", most: int = checks.MOST_UNITS) -> _Content:
    """Return the contents of a message; Refused if Telegram would not accept it."""
    text, entities = checks.check_text(params, name, most)
    html = params.get(name) if "parse_mode" in params else None
    return _Content(text, html, entities, checks.check_rows(params))


def _thread(chat: Chat, params: Params) -> int | None:
    """Return the topic of a message; only forums have topics."""
    thread = int(params.get("message_thread_id", 0))
    if thread and thread not in chat.topics:
        raise bad_request("message thread not found")
    return thread or None
