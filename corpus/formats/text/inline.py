"""Removes Markdown's inline marks, so that quotes are clean."""

import html
import re
import string

from corpus.formats.html.page_parts import HIDDEN_STYLE

_SPECIAL = re.compile(r"[\\*_`\[<~&]|==")
# Lengths are limited, since an unclosed mark would be searched for through all of the text.
_CODE = re.compile(r"(?<!`)(`++)(.{1,500}?)(?<!`)\1(?!`)", re.DOTALL)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~\n])")
_TARGET = r"\((?:[^()\"]|\"[^\"]*\"|\([^()]*\))*+\)"
_IMAGE = re.compile(r"!\[[^\]]{0,500}+\](?:" + _TARGET + r"|\[[^\]]*\])")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*+)\](?:" + _TARGET + r"|\[[^\]]*\])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[^@\s<>]{1,200}@[^@\s<>]{1,200})>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_STARS = re.compile(r"(\*{1,3})(?=\S)(.{1,500}?)(?<=\S)\1", re.DOTALL)
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,3})(?=\S)(.{1,500}?)(?<=\S)\1(?!\w)", re.DOTALL)
_NOT_SHOWN = re.compile(
    r"~~(?=\S).{1,500}?~~"
    r"|<(?P<tag>del|s|strike|script|style|template)(?:\s[^<>]{0,200})?>"
    r".{0,500}?</(?P=tag)\s{0,9}>"
    r"|<(?P<other>[a-z]\w{0,15})\s(?:[^<>]{0,80}\s)?"
    rf"(?:hidden(?=[\s=>])|style\s?=[^<>]{{0,80}}(?:{HIDDEN_STYLE.pattern}))[^<>]{{0,80}}>"
    r".{0,500}?</(?P=other)\s{0,9}>",
    re.DOTALL | re.IGNORECASE,
)
_MARKED = re.compile(r"==(?=\S)([^=\n]{1,500})(?<=\S)==")
# [[target|text]] shows its text; ![[target]] is another note or a picture.
_WIKI_LINK = re.compile(r"(!?)\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\]")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:?")

# Escaped characters are kept in a private-use range while marks are removed.
_PRIVATE = 0xF0000
_HIDE = {ord(mark): _PRIVATE + ord(mark) for mark in string.punctuation}
_SHOW = {hidden: mark for mark, hidden in _HIDE.items()}


def strip_markup(text: str) -> str:
    """Return a block's text without link targets, images, emphasis, tags and escapes."""
    if not _SPECIAL.search(text):
        return text
    text = _CODE.sub(lambda code: _hide(code[2]), text)
    text = _ESCAPE.sub(lambda escape: _hide(escape[1]), text)
    text = _NOT_SHOWN.sub("", text)
    text = _WIKI_LINK.sub(lambda link: "" if link[1] else link[3] or link[2], text)
    text = _IMAGE.sub("", _FOOTNOTE.sub("", text))
    text = _LINK.sub(r"\1", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _TAG.sub("", _BREAK.sub("\n", text))
    for _ in range(2):  # Nested emphasis.
        text = _UNDERSCORES.sub(r"\2", _STARS.sub(r"\2", text))
    text = _MARKED.sub(r"\1", text)
    return html.unescape(text).translate(_SHOW)


def _hide(text: str) -> str:
    return text.translate(_HIDE)
