"""Whether a text holds the kind of thing that a question asks for: names, numbers, dates, reasons.

Plain patterns for Swedish and English: they weigh a little and never decide by themselves.
"""

import re
from collections.abc import Iterable
from typing import Final

_MONTH: Final = (
    r"jan(?:uari|uary)?|feb(?:ruari|ruary)?|mars|march|april|maj|may|jun[ie]|jul[iy]|aug(?:usti|ust)?"
    r"|sep(?:tember)?|o[ck]tober|november|december"
)
_WANTED: Final[dict[str, re.Pattern[str]]] = {
    # Two capitalised words in a row, or one that does not begin the sentence.
    "who": re.compile(r"\b[A-ZÅÄÖÉ][\w'-]+ [A-ZÅÄÖÉ][\w'-]+|(?<=[a-zåäö,;:] )[A-ZÅÄÖÉ][\w'-]+"),
    "when": re.compile(
        rf"\b(?:\d{{1,2}}(?::?e)? (?:{_MONTH})|(?:{_MONTH})(?: \d{{1,2}},?)? ?\d{{4}}|\d{{4}}-\d\d"
        rf"|kl(?:ockan|\.)|(?:19|20)\d\d|(?:{_MONTH})\b)",
        re.IGNORECASE,
    ),
    "how_much": re.compile(
        r"\d|\b(?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|hundra|tusen|miljon|miljard"
        r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million"
        r"|billion|half|hälften|dubbl|fördubbl|doubl|första|andra|tredje|tolfte)",
        re.IGNORECASE,
    ),
    "where": re.compile(r"\b(?:i|på|vid|till|från|in|at|to|from|near|på) [A-ZÅÄÖÉ]\w+|Plats|Place"),
    "why": re.compile(
        r"\b(?:eftersom|därför|på grund av|beror|för att|anledning|skäl|syfte|bakgrund|orsak"
        r"|because|due to|in order to|since|reason|purpose|background|so that)",
        re.IGNORECASE,
    ),
    "list": re.compile(
        r"[,;\n][^,;\n]+(?:[,;\n]| (?:och|samt|and) )"
        r"|[A-ZÅÄÖÉ]\w+ (?:och|samt|and) (?:\w+ ){0,3}[A-ZÅÄÖÉ]\w+"
    ),
}


class KindTest:
    """Tells which texts hold what a question asks for."""

    def __init__(self, kind: str | None, asked: Iterable[str]) -> None:
        """Test for a kind of question; its own words, in lower case, answer nothing."""
        self._wanted = _WANTED.get(kind or "")
        words = "|".join(re.escape(word) for word in asked)
        self._asked = re.compile(rf"\b(?:{words or '(?!)'})\b", re.IGNORECASE)

    def fits(self, text: str) -> float:
        """Return 1 where a text holds what is asked for, or nothing special is, else 0."""
        if self._wanted is None:
            return 1.0
        # An underscore joins neither two names nor a figure and its unit.
        return 1.0 if self._wanted.search(self._asked.sub("_", text)) else 0.0
