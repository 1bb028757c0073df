"""Texts of others made harmless: nothing in them steers what they are shown on."""

import re
import unicodedata
from typing import Final

# What begins with ESC or its 8-bit form: commands, window titles and links, single characters.
_ESCAPES: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]"
)


def printable(text: str) -> str:
    """Return a text without what could steer a terminal; line breaks stay."""
    without = _ESCAPES.sub("", text.replace("\t", " "))
    return "".join(one for one in without if one == "\n" or not _steers(one))


def _steers(character: str) -> bool:
    # Zero-width joiners hold many emoji together and do no harm.
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} and character != "\u200d"


def on_one_line(text: str) -> str:
    """Return a text on one line, without what could steer a terminal."""
    return " ".join(printable(text).split())
