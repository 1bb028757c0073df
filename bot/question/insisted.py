"""Required terms of a question: names, figures and quoted phrases that an answer must mention."""

import re
from collections.abc import Sequence
from typing import Final

from corpus.dates.calendar_names import FULL_MONTHS, WEEKDAYS
from corpus.languages.international import NAME_PARTICLES
from corpus.languages.known import FUNCTION_WORDS, either
from corpus.types import Period
from corpus.words import LONG_NUMBER

_QUOTED: Final = re.compile(
    "[\"“”„«»]([^\"“”„«»]{2,}?)[\"“”«»]|(?<!\\w)['‘’]([^'‘’]{3,}?)['’](?!\\w)"
)
_WORD: Final = re.compile(r"[^\W\d_]\w*")
# Without an English genitive.
_NAME: Final = re.compile(r"[A-ZÅÄÖÉÜ]\w*(?:[-+&]\w+|['’](?!s\b)\w+)*")
_JOINED: Final = re.compile(
    rf" (?:(?:{NAME_PARTICLES}|{either(lambda w: w.questions.name_links)}) )?"
)
_ACRONYM: Final = re.compile(r"[A-ZÅÄÖ]{2,}[\d-]*\w*|[A-ZÅÄÖ]\w*\d\w*")
_FIGURE: Final = re.compile(r"(?<![\w.,])\d+(?:[., ]\d{3})*(?:[.,]\d+)?(?![\w])")
_SENTENCE_BEGINS: Final = re.compile(r"(?:^|[.!?:–—]\s+|\s-\s+)\W*$")
# Words that one language capitalises and others translate in lower case.
_COMMON: Final = re.compile(either(lambda w: w.questions.common_capitals))


def insisted_on(question: str, periods: Sequence[Period]) -> tuple[str, ...]:
    """Return the quoted phrases, names and figures of a question, as written and in order.

    Parts of its dates are left out. Names are recognised by capitals, so a question in lower case,
    or all in capitals, has none.
    """
    found = [(match.start(), match[1] or match[2]) for match in _QUOTED.finditer(question)]
    rest = _QUOTED.sub(lambda match: "." * len(match[0]), question)
    for period in periods:
        rest = rest.replace(period.said, "." * len(period.said), 1)
    for start, name in _names(rest):
        found.append((start, name))
        rest = rest[:start] + "." * len(name) + rest[start + len(name) :]
    for pattern in (LONG_NUMBER, _FIGURE):
        found += [(match.start(), match[0]) for match in pattern.finditer(rest)]
        rest = pattern.sub(lambda match: "." * len(match[0]), rest)
    return tuple(dict.fromkeys(phrase for _, phrase in sorted(found)))


def _names(text: str) -> list[tuple[int, str]]:
    """Return the names in a text with their offsets; multi-word names as one."""
    after_first = [word for word in _WORD.findall(text)[1:] if word.lower() in FUNCTION_WORDS]
    if after_first and not any(word.islower() for word in after_first):
        return []
    spans: list[tuple[int, int]] = []
    for match in _NAME.finditer(text):
        if not _is_name(text, match):
            continue
        if spans and _JOINED.fullmatch(text, spans[-1][1], match.start()):
            spans[-1] = spans[-1][0], match.end()
        else:
            spans.append(match.span())
    names = [(start, text[start:end]) for start, end in spans]
    return [(start, name) for start, name in names if not _COMMON.fullmatch(name)]


def _is_name(text: str, match: re.Match[str]) -> bool:
    if _ACRONYM.fullmatch(match[0]):
        return True
    small = match[0].lower()
    return not (
        len(small) == 1
        or _SENTENCE_BEGINS.search(text[: match.start()])
        or small in FULL_MONTHS
        or small in WEEKDAYS
        or small in FUNCTION_WORDS
    )
