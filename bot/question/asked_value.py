"""The kind of value a question asks for (expected answer type), and whether a text has one.

Source of the idea: Prager, "Open-Domain Question-Answering", 2006. Only kinds with unmistakable
values are used, so that a text without such a value certainly does not answer.
"""

import re
from enum import StrEnum
from typing import Final

from corpus.dates.calendar_names import MONTHS, NUMBERS, any_of
from corpus.languages.base import compiled
from corpus.languages.known import either


class Value(StrEnum):
    """A kind of value that can be recognised by its letters and digits."""

    PRICE = "price"
    PHONE = "phone"
    MAIL = "mail"
    YEAR = "year"


_ASKING: Final = {
    Value.PHONE: compiled(either(lambda w: w.asks_phone)),
    Value.MAIL: compiled(either(lambda w: w.asks_mail)),
    Value.YEAR: compiled(either(lambda w: w.asks_year)),
    Value.PRICE: compiled(either(lambda w: w.asks_price)),
}
_KINDS: Final = frozenset(("what", "how_much", "when"))
_MONEY: Final = either(lambda w: w.money)
_SAID: Final = any_of(NUMBERS)
_AMOUNT: Final = compiled(
    rf"(?:[£$€]\s?\d|(?:\d|{_SAID})(?:[\w.,\s]|\u00a0){{0,20}}?(?:{_MONEY}|[£$€%])"
    r"|\d[\d.,\s]*(?::-|,-|\u2013)).*?"
)
_FREE: Final = compiled(either(lambda w: w.free))
# A figure without a noun, not part of a date or time.
_MEASURES: Final = either(lambda w: w.measures)
_BARE_FIGURE: Final = re.compile(
    r"(?<![\w.,:/–-])\d+(?:[., \u00a0]\d+)*(?![\w:/–-]|[., \u00a0]\d)"
    rf"(?!\s*(?:{_MEASURES}|{any_of(MONTHS)})\b)",
    re.IGNORECASE,
)
_HOLDING: Final = {
    Value.PHONE: re.compile(r"\d(?:[ \u00a0/().–-]{0,2}\d){4,}"),
    Value.MAIL: re.compile(r"\w@\w"),
    Value.YEAR: re.compile(r"(?<!\d)(?:1\d{3}|20\d\d)(?!\d)"),
}


def asked_value(question: str, kind: str | None) -> Value | None:
    """Return the kind of value a question asks for; None if it is no recognisable kind."""
    if kind not in _KINDS:
        return None
    return next((value for value, words in _ASKING.items() if words.search(question)), None)


def holds(value: Value, text: str) -> bool:
    """Whether a text contains a value of a kind."""
    if value is Value.PRICE:
        return bool(_AMOUNT.search(text) or _FREE.search(text) or _BARE_FIGURE.search(text))
    return bool(_HOLDING[value].search(text))
