"""Renders a chat as an HTML page that looks like a phone: bubbles, quotes, buttons, reactions."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

Message = Mapping[str, Any]
"""A message as in the Bot API."""

_TAGS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "text_link": "a",
    "bot_command": "a",
    "mention": "a",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_STYLE: Final = Path(__file__).with_name("phone.css").read_text(encoding="utf-8")
_SCRIPT: Final = """
for (const quote of document.querySelectorAll(".folded"))
  quote.classList.toggle("more", quote.scrollHeight > quote.clientHeight + 2);
document.title = document.documentElement.offsetHeight;
"""
"""Marks shortened quotes, and reports the height of the page."""


def page(title: str, about: str, messages: Sequence[Message], reactions: Mapping[int, str]) -> str:
    """Return the page of a chat; `about` goes under its title, `reactions` are by message id."""
    bubbles = "\n".join(_bubble(message, reactions) for message in messages)
    return (
        f'<!doctype html>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f"<style>\n{_STYLE}</style>\n"
        f'<header><span class="back">‹</span><span class="face">{escape(title[0])}</span>'
        f"<span><b>{escape(title)}</b><small>{escape(about)}</small></span></header>\n"
        f"<main>\n{bubbles}\n</main>\n<script>{_SCRIPT}</script>\n"
    )


def _bubble(message: Message, reactions: Mapping[int, str]) -> str:
    side = "bot" if message["from"]["is_bot"] else "person"
    parts = [_replied(message.get("reply_to_message")), _marked(message)]
    if emoji := reactions.get(message["message_id"]):
        parts.append(f'<span class="reaction">{emoji}</span>')
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return (
        f'<section class="{side}"><div class="bubble">{"".join(parts)}</div>'
        f"{''.join(_buttons(row) for row in rows)}</section>"
    )


def _replied(message: Message | None) -> str:
    if message is None:
        return ""
    name = message["from"]["first_name"]
    return f'<div class="reply"><b>{escape(name)}</b><br>{escape(message["text"])}</div>'


def _buttons(row: Iterable[Mapping[str, Any]]) -> str:
    buttons = "".join(f"<button>{escape(one['text'])}</button>" for one in row)
    return f'<div class="row">{buttons}</div>'


def _marked(message: Message) -> str:
    """Return a message's text as HTML, with its entities as tags."""
    text = message["text"].encode("utf-16-le")
    marks = sorted(_marks(message.get("entities", [])), key=lambda mark: mark[:2])
    html, place = "", 0
    for offset, _, tag in marks:
        html += escape(text[place * 2 : offset * 2].decode("utf-16-le")) + tag
        place = offset
    html += escape(text[place * 2 :].decode("utf-16-le"))
    # A quote starts on a new line without a line break.
    html = re.sub(r"\n?(<blockquote[^>]*>)", r"\1", html).replace(
        "</blockquote>\n", "</blockquote>"
    )
    return f'<div class="text">{html}</div>'


def _marks(entities: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """Yield tags with offsets and sort keys: at one offset, end tags come before start tags."""
    for entity in entities:
        tag, length = _TAGS[entity["type"]], entity["length"]
        kind = ' class="folded"' if entity["type"].startswith("expandable") else ""
        yield entity["offset"], 10_000 - length, f"<{tag}{kind}>"
        yield entity["offset"] + length, length - 10_000, f"</{tag}>"
