"""Telegram's HTML, read as strictly as it is documented.

https://core.telegram.org/bots/api#html-style
"""

import re
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from bot_api.faults import bad_request

_KINDS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_ATTRIBUTES: Final = {
    "span": r' class="tg-spoiler"',
    "a": r' href="(?P<url>[^"<>]+)"',
    "code": r'(?: class="language-(?P<language>[\w+#-]+)")?',
    "blockquote": r'(?P<expandable> expandable(?:="")?)?',
    "tg-emoji": r' emoji-id="(?P<custom_emoji_id>\d+)"',
}
"""Required attributes of tags; others have none."""
_CODE: Final = frozenset({"code", "pre"})
_ALONE: Final = frozenset({"text_link", "custom_emoji"})
"""Entities that can't contain each other or themselves."""
_STYLES: Final = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN: Final = re.compile(
    r"(?P<text>[^<>&]+)|</(?P<end>[a-z-]+)>|<(?P<start>[a-z-]+)(?P<rest>[^<>]*)>"
    r"|&(?:(?P<name>[a-z]+)|\#(?P<decimal>\d+)|\#x(?P<hexadecimal>[0-9a-f]+));",
    re.IGNORECASE,
)
_MOST_ENTITIES: Final = 100

Entity = dict[str, Any]


def read_html(html: str) -> tuple[str, list[Entity]]:
    """Return the visible text of Telegram's HTML, and its entities with UTF-16 offsets.

    Refused if a special character is not escaped, a tag is unknown, wrongly closed or nested, or
    there are too many entities.
    """
    reader = _Reader()
    place = 0
    while place < len(html):
        token = _TOKEN.match(html, place)
        if token is None:
            _refuse(f"a bare sign at character {place}: {html[place : place + 20]!r}")
        reader.take(token)
        place = token.end()
    return reader.finished()


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass
class _Reader:
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    open: list[tuple[str, Entity]] = field(default_factory=list)

    def take(self, token: re.Match[str]) -> None:
        if token["start"]:
            self._start(token["start"].lower(), token["rest"])
        elif token["end"]:
            self._end(token["end"].lower())
        else:
            self.text += token["text"] or _character(token)

    def _start(self, tag: str, rest: str) -> None:
        if tag not in _KINDS:
            _refuse(f'unsupported start tag "{tag}"')
        attributes = re.fullmatch(_ATTRIBUTES.get(tag, ""), rest)
        if attributes is None:
            _refuse(f'attributes of the start tag "{tag}": {rest}')
        kind = _KINDS[tag]
        for _, outer in self.open:
            if not _may_contain(outer["type"], kind):
                _refuse(f"{kind} in {outer['type']}")
        entity: Entity = {"type": kind, "offset": units(self.text)}
        entity |= {name: found for name, found in attributes.groupdict().items() if found}
        if entity.pop("expandable", None):
            entity["type"] = "expandable_blockquote"
        if "url" in entity:
            entity["url"] = _address(entity["url"])
        self.open.append((tag, entity))

    def _end(self, tag: str) -> None:
        if not self.open:
            _refuse(f'unexpected end tag "{tag}"')
        opened, entity = self.open.pop()
        if opened != tag:
            _refuse(f'unmatched end tag, expected "</{opened}>", found "</{tag}>"')
        entity["length"] = units(self.text) - entity["offset"]
        if entity["length"]:
            self.entities.append(entity)

    def finished(self) -> tuple[str, list[Entity]]:
        if self.open:
            _refuse(f'can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        if len(self.entities) > _MOST_ENTITIES:
            _refuse(f"{len(self.entities)} entities, of which {_MOST_ENTITIES} would be shown")
        return _trimmed(self.text, self.entities)


def _may_contain(outer: str, inner: str) -> bool:
    """Whether an entity may contain another."""
    if outer == "pre" and inner == "code":
        return True  # The language of a code block.
    if outer in _CODE or (inner in _CODE and outer in _STYLES):
        return False
    if "blockquote" in outer and inner == "blockquote":
        return False
    return not (outer in _ALONE and inner in _ALONE | _CODE | {"blockquote"})


def _character(token: re.Match[str]) -> str:
    if token["name"]:
        return _NAMED.get(token["name"]) or _refuse(f"unknown sign {token[0]}")
    return chr(int(token["decimal"] or token["hexadecimal"], 10 if token["decimal"] else 16))


def _address(url: str) -> str:
    """Return the unescaped address of a link."""
    url = re.sub(r"&(lt|gt|amp|quot);", lambda sign: _NAMED[sign[1]], url)
    if not re.fullmatch(r"((https?|tg|ton)://|mailto:)\S+", url):
        _refuse(f"an address that Telegram drops: {url}")
    return url


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Return a text without surrounding white space, and its entities moved accordingly."""
    text, before = text.rstrip(), units(text) - units(text.lstrip())
    whole = units(text)
    moved = []
    for entity in entities:
        start = max(entity["offset"], before)
        end = min(entity["offset"] + entity["length"], whole)
        if start < end:
            moved.append({**entity, "offset": start - before, "length": end - start})
    return text.lstrip(), sorted(moved, key=lambda one: (one["offset"], -one["length"]))


def _refuse(why: str) -> NoReturn:
    raise bad_request(f"can't parse entities: {why}")
