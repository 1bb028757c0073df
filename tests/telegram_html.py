"""Telegram's HTML, read as strictly as Telegram reads it."""

import re
from html.parser import HTMLParser
from typing import Any

TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote"}


class Refused(Exception):
    """The server's answer to a request that it does not take."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.body = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters


def read_html(html: str) -> str:
    """Return what a reader sees of Telegram's HTML; Refused where it is not well formed."""
    reader = _StrictHtml()
    reader.feed(html)
    reader.close()
    return reader.finished()


class _StrictHtml(HTMLParser):
    """Telegram's HTML: few tags, each closed in order, and no bare "<" or "&"."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._open: list[str] = []
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self._refuse(f'unsupported start tag "{tag}"')
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self._refuse(f'unexpected end tag "{tag}"')

    def handle_entityref(self, name: str) -> None:
        if name not in {"lt", "gt", "amp", "quot"}:
            self._refuse(f"entity {name}")
        self._text.append({"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name])

    def handle_charref(self, name: str) -> None:
        number = int(name[1:], 16) if name.startswith(("x", "X")) else int(name)
        self._text.append(chr(number))

    def handle_data(self, data: str) -> None:
        if "<" in data or re.search(r"&\w+;", data):
            self._refuse("a bare sign")
        self._text.append(data)

    def handle_comment(self, data: str) -> None:
        self._refuse("a comment")

    def finished(self) -> str:
        """Return the text; Refused where a tag is still open."""
        if self._open:
            self._refuse(f'end tag "{self._open[-1]}" is missing')
        return "".join(self._text)

    @staticmethod
    def _refuse(why: str) -> None:
        raise Refused(400, f"Bad Request: can't parse entities: {why}")
