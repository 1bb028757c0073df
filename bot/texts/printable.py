"""Removes control characters from text that is shown to users."""

import re
import unicodedata
from typing import Final

# Sequences that start with ESC or its 8-bit form: commands, window titles and links, single
# characters.
_ESCAPES: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]"
)


def printable(text: str) -> str:
    """Return a text without terminal control sequences; line breaks stay."""
    without = _ESCAPES.sub("", text.replace("\t", " "))
    return "".join(one for one in without if one == "\n" or not _steers(one))


def _steers(character: str) -> bool:
    # Zero-width joiners are part of many emoji and harmless.
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} and character != "\u200d"


def on_one_line(text: str) -> str:
    """Return a text on one line, without terminal control sequences."""
    return " ".join(printable(text).split())
