"""The front matter of a Markdown file: title, date, source and language."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import chain
from typing import Any, Final

import yaml

from corpus.languages.known import WORDS

_HEADS: Final = (
    (re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL), "yaml"),
    (re.compile(r"\s*\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL), "toml"),
)
_LONGEST: Final = 20_000
"""Maximum length of front matter; anything longer is text between rules."""
_FIELD: Final = re.compile(r"([\w-]+)[ \t]*:(?:[ \t]+(.*))?$")
_ENGLISH_NAMES: Final = {
    "title": ("title",),
    "published": ("published", "publishdate", "pubdate", "date", "created", "created_at", "updated",
                  "lastmod"),
    "url": ("url", "source", "link", "canonical"),
    "language": ("lang", "language"),
}  # fmt: skip
"""Keys of each field, best first; those of our languages come last."""


def _names(field: str) -> tuple[str, ...]:
    own = (words.pages.fields.get(field, ()) for words in WORDS.values())
    return (*_ENGLISH_NAMES[field], *chain.from_iterable(own))


_NAMES: Final = {field: _names(field) for field in _ENGLISH_NAMES}


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return title, published, url and language from the front matter, and the remaining text.

    Broken front matter is part of the text.
    """
    if text.lstrip()[:1] == "{":
        return _split_json(text)
    for pattern, kind in _HEADS:
        head = pattern.match(text, 0, _LONGEST)
        if head and (fields := _fields(head[1], kind)) is not None:
            return _known(fields), text[head.end() :]
    return {}, text


def _split_json(text: str) -> tuple[dict[str, str], str]:
    start = len(text) - len(text.lstrip())
    try:
        fields, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return {}, text
    known = _known(fields) if isinstance(fields, dict) else {}
    return (known, text[end:]) if known and text[end:].strip() else ({}, text)


def _fields(head: str, kind: str) -> Mapping[str, Any] | None:
    """Return the fields of front matter, or None if it is none."""
    try:
        found = tomllib.loads(head) if kind == "toml" else _yaml(head)
    except (ValueError, yaml.YAMLError, RecursionError):
        # A colon in a title breaks the YAML of many handwritten files, but the meaning is clear.
        return dict(lines) if kind == "yaml" and (lines := list(_lines(head))) else None
    return found if isinstance(found, dict) else None


def _yaml(head: str) -> Any:
    """Parse YAML with all scalars as text, so that dates and numbers can't be invalid."""
    loader = yaml.BaseLoader(head)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def _lines(head: str) -> Iterator[tuple[str, str]]:
    """Yield the fields that are on one line each; nothing if there are other lines."""
    fields = []
    for line in head.split("\n"):
        if not line.strip() or line[0] in " \t#-":
            continue  # Lists, comments and nested values are not used.
        field = _FIELD.match(line)
        if field is None:
            return
        fields.append((field[1], (field[2] or "").strip().strip("\"'")))
    yield from fields


def _known(fields: Mapping[Any, Any]) -> dict[str, str]:
    """Return the known fields, as text."""
    by_name = {str(name).casefold(): value for name, value in fields.items()}
    found: dict[str, str] = {}
    for field, names in _NAMES.items():
        for name in names:
            if field not in found and (value := _text(by_name.get(name))):
                found[field] = value
    return found


def _text(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return " ".join(value.split()) if isinstance(value, str) else ""
