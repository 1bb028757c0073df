"""Tokens of a sentence, and which are facts: dates, figures, names and negations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final

from corpus.dates.calendar_names import DAYS_SAID, FULL_MONTHS, MONTHS, NUMBERS, WEEKDAYS, any_of
from corpus.languages.base import compiled
from corpus.languages.known import FUNCTION_WORDS, STOP_WORDS, all_of, either
from corpus.names.finding import find_names
from corpus.types import Span
from corpus.words import stem

_MOST: Final = 200
"""Only this many tokens of a sentence or list are compared."""
_VAGUE: Final = frozenset(all_of(lambda w: w.times.vague_numbers))
"""Words that can be numbers but usually are not."""
_WEEKDAY: Final = rf"(?:{any_of(WEEKDAYS)})(?:{either(lambda w: w.times.weekday_endings)})?"
_MONTH: Final = any_of(MONTHS)
_ARTICLE: Final = rf"(?:(?:{either(lambda w: w.times.article)})\s)?"
_OF: Final = rf"(?:(?:{either(lambda w: w.times.of_month)})\s)?"
_DAY_ENDING: Final = rf"(?:{either(lambda w: w.times.day_endings)})?"
_PART_ENDING: Final = rf"(?:{either(lambda w: w.times.number_endings)})?"
_SAID: Final = any_of((NUMBERS.keys() | DAYS_SAID.keys()) - _VAGUE)
_TOKEN: Final = re.compile(
    rf"""(?<!\w)(?:
    (?P<date>
      (?:{_WEEKDAY},?\s)?{_ARTICLE}(?P<day>\d{{1,2}}){_DAY_ENDING}\s{_OF}
        (?P<month>{_MONTH})(?!\w)(?:\.?\s(?P<year>\d{{4}}))?
      | (?P<month_first>{_MONTH})\s(?P<day_after>\d{{1,2}})(?!\d)(?:,?\s(?P<year_after>\d{{4}}))?
      | {_WEEKDAY} | {any_of(FULL_MONTHS.keys() - FUNCTION_WORDS)})
    | (?P<figure>[£$€]?\w*\d\w*(?:[.,:/–\-\u00a0 ]\d+)*(?:\s?%)? | (?:{_SAID}){_PART_ENDING})
    | (?P<negation>{either(lambda w: w.negation)}|{either(lambda w: w.nobody)})
    | (?P<word>\w+(?:['’-]\w+)*)
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_CHANGES: Final = compiled(either(lambda w: w.changes))
_DRAFT: Final = compiled(either(lambda w: w.draft))
# "Not on 17 March", "instead of £9"; in a change also "from 17 March to 7 April".
_RETRACTED_AFTER: Final = compiled(either(lambda w: w.instead))
_FROM: Final = frozenset(all_of(lambda w: w.changed_from))
_TO: Final = frozenset(all_of(lambda w: w.changed_to))


class Kind(StrEnum):
    """The kind of a token."""

    DATE = "date"
    FIGURE = "figure"
    NAME = "name"
    NEGATION = "negation"
    WORD = "word"
    FILLER = "filler"
    """A function word, or one that only announces a change."""


FACTS: Final = (Kind.DATE, Kind.FIGURE, Kind.NAME)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, name, figure or date, normalised for comparison."""

    key: str
    kind: Kind
    span: Span
    """Offsets into the sentence."""
    is_retracted: bool = False
    """Whether the sentence negates it: "not on 17 March"."""


def announces_change(text: str) -> bool:
    """Whether a text says that it corrects or changes something."""
    return bool(_CHANGES.search(text))


def is_draft(text: str) -> bool:
    """Whether a text says that it is a draft."""
    return bool(_DRAFT.search(text))


@lru_cache(maxsize=1024)
def tokens_of(text: str, language: str) -> tuple[Token, ...]:
    """Return a sentence's tokens; retracted dates and figures get keys that equal no other."""
    names = [one.span for one in find_names(text)]
    tokens: list[Token] = []
    at = 0
    while len(tokens) < _MOST and (match := _TOKEN.search(text, at)):
        token = _token(match, language)
        name = next((span for span in names if span[0] <= token.span[0] < span[1]), None)
        if name and token.kind in (Kind.WORD, Kind.FILLER) and token.span[0] == name[0]:
            token = Token(" ".join(text[name[0] : name[1]].casefold().split()), Kind.NAME, name)
        tokens.append(token)
        at = token.span[1]
    return tuple(_with_retracted(text, tokens))


def _token(match: re.Match[str], language: str) -> Token:
    found = match.groupdict()
    written = " ".join(match[0].casefold().split())
    if found["date"]:
        day, month = found["day"] or found["day_after"], found["month"] or found["month_first"]
        year = found["year"] or found["year_after"] or ""
        key = f"{int(day)} {MONTHS[month.casefold()]} {year}".strip() if day else written
        return Token(key, Kind.DATE, match.span())
    if found["figure"]:
        return Token(written, Kind.FIGURE, match.span())
    if found["negation"]:
        return Token("not", Kind.NEGATION, match.span())
    says_nothing = written in STOP_WORDS.get(language, frozenset())
    is_filler = says_nothing or announces_change(written) or is_draft(written)
    kind = Kind.FILLER if is_filler else Kind.WORD
    return Token(stem(written, language), kind, match.span())


def _with_retracted(text: str, tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens, marking retracted ones so that nothing equals them."""
    changes = announces_change(text)
    for place, token in enumerate(tokens):
        if token.kind in FACTS and _is_retracted(text, tokens, place, changes=changes):
            yield replace(token, key=f"not {token.key}", is_retracted=True)
        else:
            yield token


def _is_retracted(text: str, tokens: list[Token], place: int, *, changes: bool) -> bool:
    """Whether "not", or "from" in a sentence about a change, comes right before a fact."""
    before = place - 1
    while before >= 0 and place - before < 3 and tokens[before].kind is Kind.FILLER:
        before -= 1
    if before >= 0 and tokens[before].kind is Kind.NEGATION:
        return True
    began = tokens[max(before, 0)].span[0]
    if _RETRACTED_AFTER.search(text[began : tokens[place].span[0]]):
        return True
    if not changes or not place or tokens[place - 1].key not in _FROM:
        return False
    following = tokens[place + 1 : place + 4]
    return any(
        one.key in _TO and other.kind is tokens[place].kind for one, other in pairwise(following)
    )
