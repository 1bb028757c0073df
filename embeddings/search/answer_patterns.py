"""Whether a text holds what a question expects as its answer, and where in the text that stands.

Plain patterns for Swedish and English: they weigh in the choice of a quote and never decide it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from corpus.types import Span
from embeddings.search.answer_type import AnswerType, Expected, Measure

_CAPITAL: Final = "[A-ZÅÄÖÉ]"
_MONTH: Final = (
    r"(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|mars|march|april|maj|may|jun[ie]|jul[iy]"
    r"|aug(?:usti|ust)?|sep(?:tember)?|o[ck]tober|november|december)"
)
# "En" and "ett" are articles as well, and "one" a pronoun: they count before a unit alone.
_SEVERAL: Final = (
    r"(?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve)"
)
_NAME: Final = re.compile(rf"{_CAPITAL}[\w'’-]*")
_FULL_NAME: Final = re.compile(
    rf"{_CAPITAL}[\w'’-]+(?: (?:von|van|af|de|la|el|bin|al))?(?: {_CAPITAL}[\w'’.-]*)+"
)
_DAY: Final = re.compile(
    rf"\b(?:den )?\d{{1,2}}(?::?e|st|nd|rd|th)?(?: of)? {_MONTH}(?: \d{{4}})?\b"
    rf"|\b{_MONTH} \d{{1,2}}(?:, \d{{4}})?\b|\b\d{{4}}-\d\d-\d\d\b|\bkl(?:ockan|\.) ?\d[\d.:]*",
    re.IGNORECASE,
)
_TIME: Final = re.compile(
    rf"\b{_MONTH}(?: \d{{4}})?\b|\b(?:våren|hösten|sommaren|vintern|spring|autumn|summer|winter)"
    r"(?: \d{4})?\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_DURATION: Final = re.compile(
    rf"\b(?:\d+|en|ett|one|{_SEVERAL})[ -](?:år|månad|veck|dag|timm|minut|year|month|week|day|hour"
    r"|minute)\w*|till och med|t\.o\.m\.",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(
    r"\d[\d\s.,:]*(?<=\d)(?:\s?(?:%|procent|per ?cent|(?:miljon|miljard|million|billion)\w*"
    r"|kr\b|kronor|euro|dollar|SEK|DKK|personer|people))*",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    rf"\b(?:{_SEVERAL}|hundra|tusen|hundred|thousand|half|hälften|dubbl\w*|första|andra|tredje"
    r"|miljon\w*|miljard\w*|million\w*|billion\w*)\b",
    re.IGNORECASE,
)
_REASON: Final = re.compile(
    r"\b(?:eftersom|därför|på grund av|beror|för att|anledning|skäl|syfte|bakgrund|orsak|because"
    r"|due to|in order to|since|reason|purpose|background|so that)",
    re.IGNORECASE,
)
_MEASURED: Final = {
    Measure.MONEY: re.compile(
        r"kr\b|kron|euro|dollar|SEK|DKK|miljon|miljard|million|billion", re.IGNORECASE
    ),
    Measure.SHARE: re.compile(r"procent|per ?cent|%", re.IGNORECASE),
    Measure.DURATION: _DURATION,
}
_OPENING: Final = re.compile(r"[\s–—\-•”\"“*]*")
_SEPARATOR: Final = re.compile(r",|\n| och | and | samt ")
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Held:
    """How far a text holds what is expected; each figure from 0 to about 2."""

    answer: float
    """Something of the expected type that the question does not say itself."""
    measure: float
    """A figure in what is asked for: money, a share, a length of time."""
    count: float
    """As many things as are asked for."""


def held_by(text: str, expected: Expected) -> Held:
    """Return how far a text holds what a question expects."""
    return Held(
        answer=_HELD[expected.type](text, expected) if expected.type else 0.0,
        measure=_measured(text, expected),
        count=_as_many(text, expected),
    )


def answering_spans(text: str, expected: Expected) -> tuple[Span, ...]:
    """Return where the words of a text stand that are of the expected type, in order."""
    finders = _FINDERS.get(expected.type) if expected.type else None
    for find in finders or ():
        if spans := tuple(find(text, expected)):
            return spans
    return ()


def _names(text: str, expected: Expected) -> Iterator[Span]:
    """Yield capitalised words that the question does not say, the sentence's first left out."""
    opening = _OPENING.match(text)
    begin = opening.end() if opening else 0
    for match in _NAME.finditer(text):
        if match.start() != begin and match[0].casefold() not in expected.asked:
            yield match.span()


def _full_names(text: str, expected: Expected) -> Iterator[Span]:
    """Yield runs of capitalised words, two of which at least the question does not say."""
    for match in _FULL_NAME.finditer(text):
        words = match[0].split()
        if sum(word.strip(".").casefold() not in expected.asked for word in words) > 1:
            yield match.start(), match.start() + len(match[0].rstrip("."))


def _new(pattern: re.Pattern[str]) -> Callable[[str, Expected], Iterator[Span]]:
    """Return what yields the matches of a pattern that hold a word the question does not say."""

    def find(text: str, expected: Expected) -> Iterator[Span]:
        for match in pattern.finditer(text):
            words = _WORD.findall(match[0].casefold())
            if not words or any(word not in expected.asked for word in words):
                yield match.span()

    return find


_figures: Final = _new(_FIGURE)


def _amounts(text: str, expected: Expected) -> Iterator[Span]:
    """Yield figures that are no part of a date or a time."""
    dates = [match.span() for pattern in (_DAY, _TIME) for match in pattern.finditer(text)]
    for start, end in _figures(text, expected):
        if not any(begin < end and start < close for begin, close in dates):
            yield start, end


_FINDERS: Final = {
    AnswerType.PERSON: (_full_names, _names),
    AnswerType.ORGANISATION: (_names,),
    AnswerType.PLACE: (_names,),
    AnswerType.TIME: (_new(_DAY), _new(_TIME)),
    AnswerType.AMOUNT: (_amounts, _new(_COUNTED)),
}


def _several(found: int) -> float:
    return min(found, 3) / 3 + (0.5 if found else 0.0)


def _person(text: str, expected: Expected) -> float:
    return _several(sum(1 for _ in _full_names(text, expected)))


def _place(text: str, expected: Expected) -> float:
    return 0.8 * _several(sum(1 for _ in _names(text, expected)))


def _organisation(text: str, expected: Expected) -> float:
    return 0.25 * min(sum(1 for _ in _names(text, expected)), 2)


def _thing(text: str, expected: Expected) -> float:
    return min(0.25, sum(1 for _ in _names(text, expected)) / 12)


def _time(text: str, _expected: Expected) -> float:
    return 2.0 if _DAY.search(text) else 1.0 if _TIME.search(text) else 0.0


def _amount(text: str, expected: Expected) -> float:
    figure = next(_figures(text, expected), None) is not None
    if expected.measure is Measure.DURATION:
        return 1.0 if _DURATION.search(text) else 0.3 * figure
    return 1.0 if figure else 0.3 * bool(_COUNTED.search(text))


def _reason(text: str, _expected: Expected) -> float:
    return float(bool(_REASON.search(text)))


_HELD: Final[dict[AnswerType, Callable[[str, Expected], float]]] = {
    AnswerType.PERSON: _person,
    AnswerType.ORGANISATION: _organisation,
    AnswerType.PLACE: _place,
    AnswerType.TIME: _time,
    AnswerType.AMOUNT: _amount,
    AnswerType.REASON: _reason,
    AnswerType.THING: _thing,
}


def _measured(text: str, expected: Expected) -> float:
    if expected.measure is None or expected.measure is Measure.DURATION:
        return 0.0
    figure = next(_figures(text, expected), None) is not None
    return float(figure and bool(_MEASURED[expected.measure].search(text)))


def _as_many(text: str, expected: Expected) -> float:
    if not expected.count or next(_names(text, expected), None) is None:
        return 0.0
    people = sum(1 for _ in _full_names(text, expected))
    listed = max(people, len(_SEPARATOR.findall(text)) + 1)
    if listed == expected.count:
        return 1.0
    return 0.6 if listed > expected.count else 0.3 if listed == expected.count - 1 else 0.0
