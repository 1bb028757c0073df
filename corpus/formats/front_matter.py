"""The head of a Markdown file that says its title, date, source and language."""

import re

_HEAD = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"([\w-]+)[ \t]*:(?:[ \t]+(.*))?$")
_NAMES = {
    "title": "title",
    "titel": "title",
    "rubrik": "title",
    "date": "published",
    "published": "published",
    "datum": "published",
    "publicerad": "published",
    "url": "url",
    "source": "url",
    "link": "url",
    "källa": "url",
    "lang": "language",
    "language": "language",
    "språk": "language",
}


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the title, published, url and language that a head gives, and the text after it.

    A head that is broken is part of the text.
    """
    head = _HEAD.match(text)
    if head is None:
        return {}, text
    fields: dict[str, str] = {}
    for line in head[1].split("\n"):
        if not line.strip() or line[0] in " \t#-":
            continue  # lists, comments and nested values say nothing that is used here
        field = _FIELD.match(line)
        if field is None:
            return {}, text
        name = _NAMES.get(field[1].casefold())
        value = _unquote(field[2] or "")
        if name and value:
            fields.setdefault(name, value)
    return fields, text[head.end() :]


def _unquote(value: str) -> str:
    """Return a YAML scalar of one line without its quotation marks or trailing comment."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    if value[:1] in ("|", ">", "[", "{"):
        return ""
    return value.split(" #")[0].strip()
