"""The head of a letter saved as plain text: sender, recipient, date and subject."""

import re
from itertools import takewhile
from typing import Final

from corpus.languages.international import MAIL_FROM
from corpus.languages.known import either

_MOST: Final = 10
"""Maximum number of lines of a head."""
_FEWEST: Final = 2
_FROM: Final = f"{either(lambda w: w.pages.mail_from)}|{MAIL_FROM}"
_FIELDS: Final = {
    "title": re.compile(rf"(?:{either(lambda w: w.pages.mail_subject)}): *(\S.*)", re.IGNORECASE),
    "published": re.compile(rf"(?:{either(lambda w: w.pages.mail_dated)}): *(\S.*)", re.IGNORECASE),
}
_LINE: Final = re.compile(
    rf"(?:{_FROM}|{either(lambda w: w.pages.mail_labels)}"
    rf"|{either(lambda w: w.pages.mail_subject)}): *(\S.*)?",
    re.IGNORECASE,
)
_SENDER: Final = re.compile(rf"(?:{_FROM}):", re.IGNORECASE)


def letter_head(text: str) -> dict[str, str]:
    """Return title and time of a text that starts as a letter; nothing for others."""
    lines = [line.strip() for line in text.lstrip().split("\n", _MOST)[:_MOST]]
    head = list(takewhile(_LINE.fullmatch, lines))
    if len(head) < _FEWEST or not any(map(_SENDER.match, head)):
        return {}
    return {
        field: found[1]
        for field, pattern in _FIELDS.items()
        for line in head
        if (found := pattern.fullmatch(line))
    }
