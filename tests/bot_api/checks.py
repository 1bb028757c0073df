"""Validates Bot API requests."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from telegram.constants import ChatAction, ReactionEmoji

from bot_api.faults import bad_request
from bot_api.markup import Entity, read_html, units

Params = Mapping[str, str]

MOST_UNITS: Final = 4096
MOST_CAPTION_UNITS: Final = 1024
_MOST_BUTTONS, _MOST_IN_A_ROW = 100, 8
_MOST_RESULTS: Final = 50
_MOST_COMMANDS: Final = 100
_ACTIONS: Final = frozenset(
    "callback_data url switch_inline_query switch_inline_query_current_chat "
    "switch_inline_query_chosen_chat copy_text web_app login_url".split()
)
"""Kinds of buttons; each button has exactly one."""
_SCOPES: Final = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def check_text(params: Params, name: str = "text", most: int = MOST_UNITS) -> tuple[str, list[Any]]:
    """Return a text without its tags, and its entities."""
    text, entities = params.get(name, ""), json.loads(params.get("entities", "[]"))
    mode = params.get("parse_mode")
    if mode not in {None, "HTML"}:
        raise bad_request(f"parse mode {mode} is not one that this server reads")
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", text):
        raise bad_request("strings must be printable")
    text, entities = read_html(text) if mode == "HTML" else (text.strip(), entities)
    if units(text) > most:
        raise bad_request(f"message {'caption ' if name == 'caption' else ''}is too long")
    if not text and name == "text":
        raise bad_request("message text is empty")
    return text, entities


def check_message_text(content: Mapping[str, Any]) -> tuple[str, list[Entity]]:
    """Return the text and entities of an inline result's message."""
    given = {"text": content.get("message_text", "")}
    if "parse_mode" in content:
        given["parse_mode"] = content["parse_mode"]
    return check_text(given)


def check_rows(params: Params) -> list[list[dict[str, Any]]]:
    """Return the rows of buttons under a message."""
    markup = json.loads(params.get("reply_markup", "{}"))
    check_keyboard(markup)
    rows: list[list[dict[str, Any]]] = markup.get("inline_keyboard", [])
    return rows


def check_keyboard(markup: Mapping[str, Any]) -> None:
    """Refuse an invalid inline keyboard."""
    rows = markup.get("inline_keyboard", [])
    if sum(len(row) for row in rows) > _MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    for row in rows:
        if len(row) > _MOST_IN_A_ROW:
            raise bad_request(f"{len(row)} buttons in a row, of which {_MOST_IN_A_ROW} are shown")
        for button in row:
            _check_button(button)


def _check_button(button: Mapping[str, Any]) -> None:
    if not str(button.get("text", "")).strip():
        raise bad_request("inline keyboard button text is empty")
    actions = _ACTIONS & button.keys()
    if len(actions) != 1:
        raise bad_request(f"text buttons have one action, not {sorted(actions)}")
    if "callback_data" in actions and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in actions and not re.fullmatch(r"(https?|tg)://\S+", button["url"]):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid")
    if "copy_text" in actions and not 1 <= units(button["copy_text"]["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def check_reaction(params: Params) -> list[str]:
    """Return the emoji of a reaction: one of Telegram's, or none."""
    reaction = json.loads(params.get("reaction", "[]"))
    emoji = [one.get("emoji", "") for one in reaction]
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(one not in list(ReactionEmoji) for one in emoji):
        raise bad_request("REACTION_INVALID")
    return emoji


def check_action(params: Params) -> None:
    """Refuse an unknown chat action."""
    if params.get("action") not in list(ChatAction):
        raise bad_request("wrong parameter action in request")


def check_results(params: Params) -> list[dict[str, Any]]:
    """Return the results of an answer to an inline query."""
    results: list[dict[str, Any]] = json.loads(params.get("results", "[]"))
    ids = [str(one.get("id", "")) for one in results]
    if len(results) > _MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if not all(1 <= len(one.encode()) <= 64 for one in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(params.get("next_offset", "").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    button = json.loads(params.get("button", "{}"))
    if button and not re.fullmatch(r"[\w-]{1,64}", button.get("start_parameter", ""), re.ASCII):
        raise bad_request("START_PARAM_INVALID")
    for one in results:
        if one.get("type") != "article" or not str(one.get("title", "")).strip():
            raise bad_request(f"result of type {one.get('type')} without a title")
        check_message_text(one.get("input_message_content", {}))
        check_keyboard(one.get("reply_markup", {}))
    return results


def check_commands(params: Params) -> list[str]:
    """Return the names of a menu's commands."""
    commands = json.loads(params.get("commands", "[]"))
    if len(commands) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= units(one["description"].strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return [one["command"] for one in commands]


def check_scope(params: Params) -> tuple[str, Sequence[int]]:
    """Return the scope of a menu, and the ids of its chat and member."""
    scope = json.loads(params.get("scope", '{"type": "default"}'))
    if scope.get("type") not in _SCOPES:
        raise bad_request("unsupported BotCommandScope type")
    return scope["type"], [int(scope[name]) for name in _SCOPES[scope["type"]]]


def check_language(params: Params) -> str:
    """Return the language of a text; "" for the default."""
    language = params.get("language_code", "")
    if not re.fullmatch(r"([a-z]{2})?", language):
        raise bad_request("invalid language code specified")
    return language


def check_about(params: Params, name: str, most: int) -> str:
    """Return a description of the bot."""
    text = params.get(name, "")
    if units(text) > most:
        raise bad_request(f"BOT_{name.upper()}_INVALID")
    return text
