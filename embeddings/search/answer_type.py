"""What a question expects as its answer: its type, how many, and which of its words ask for it.

Source of answer types: Li and Roth, "Learning Question Classifiers", 2002. Here they are told by
the question's own words and, for "which ...", by how near the noun lies to a few examples of each
type in the bundled model.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

import numpy as np

from corpus.words import split_words
from embeddings.models.static import StaticEmbedder, normalised
from embeddings.types import Query, Vectors


class AnswerType(StrEnum):
    """What kind of thing answers a question."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    TIME = "time"
    AMOUNT = "amount"
    REASON = "reason"
    THING = "thing"
    """Something with a name, no more is known."""


class Measure(StrEnum):
    """What an amount is counted in."""

    MONEY = "money"
    SHARE = "share"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a question expects as its answer."""

    type: AnswerType | None
    measure: Measure | None
    count: int
    """How many things are asked for: "which two ministers"; 0 where it is not said."""
    asked: frozenset[str]
    """All words of the question, in lower case: they answer nothing."""
    focus: frozenset[str]
    """Words with matter in the clause that asks; the others tell what it is about."""


_OF_KIND: Final = {
    "who": AnswerType.PERSON,
    "when": AnswerType.TIME,
    "where": AnswerType.PLACE,
    "how_much": AnswerType.AMOUNT,
    "why": AnswerType.REASON,
    "what": AnswerType.THING,
    "list": AnswerType.THING,
}
_DECIDED: Final = frozenset({"when", "where", "how_much", "why"})
"""Kinds whose type no noun changes."""
_EXAMPLES: Final = {
    AnswerType.PERSON: "minister person ledamot chef ordförande ambassadör forskare politiker",
    AnswerType.ORGANISATION: "myndighet organisation företag förening parti grupp",
    AnswerType.PLACE: "land stad ort kommun plats region",
}
_LIKE: Final = 0.3
"""Cosine to an example from which a noun is of its type."""
_NUMBERS: Final = {
    word: number
    for words, number in (
        ("two två both båda", 2), ("three tre", 3), ("four fyra", 4), ("five fem", 5),
        ("six sex", 6), ("seven sju", 7), ("eight åtta", 8), ("nine nio", 9), ("ten tio", 10),
    )
    for word in words.split()
}  # fmt: skip
_ASKING: Final = re.compile(
    r"\b(?:who(?:m|se)?|what|which|when|where|why|how|vem|vems|vilka|vilken|vilket|vad|när|var|vart"
    r"|varifrån|varför|hur)\b",
    re.IGNORECASE,
)
# "When the ministers met in Oslo, who ...": the clause in front only sets the scene.
_SCENE_FIRST: Final = re.compile(r"(?:when|när)\b[^,]*,", re.IGNORECASE)
_CLAUSE: Final = re.compile(
    r"[,;]|\b(?:when|after|before|while|since|until|during|besides|according to|in the run-up to"
    r"|ahead of|at the|at an?|if|när|efter att|innan|då|medan|sedan|inför|under|enligt"
    r"|i samband med|vid)\b",
    re.IGNORECASE,
)
_FEWEST_IN_FOCUS: Final = 2
_NOUN_PHRASE: Final = re.compile(
    r"\b(?:which|what|whose|vilken|vilket|vilka|vems)((?:\s+[^\W_]+(?:-[^\W_]+)*){1,4})",
    re.IGNORECASE,
)
_ENDS_NOUN: Final = frozenset(
    "is are was were did does do has have had will would can could should may that the a an of to "
    "in for with from har hade är var blev blir ska skulle kan kunde får fick gjorde gör som i på "
    "för med från".split()
)
_MEASURES: Final = {
    Measure.DURATION: re.compile(r"how (?:long|old)|hur (?:länge|lång|gam)", re.IGNORECASE),
    Measure.SHARE: re.compile(
        r"share|per ?cent|proportion|andel|procent|by how much|hur stor del", re.IGNORECASE
    ),
    Measure.MONEY: re.compile(
        r"money|cost|kosta|kron|pengar|belopp|summa|budget|pay|betala|spend|avgift|fee|price|pris",
        re.IGNORECASE,
    ),
}


def expect(query: Query, words: Sequence[str], model: StaticEmbedder) -> Expected:
    """Return what a question, of which `words` carry matter, expects as its answer."""
    asked = split_words(query.text)
    kind = query.kind or ""
    return Expected(
        type=_OF_KIND.get(kind) if kind in _DECIDED else _type_of_noun(query.text, kind, model),
        measure=next((one for one, said in _MEASURES.items() if said.search(query.text)), None)
        if kind == "how_much"
        else None,
        count=next((_NUMBERS[word] for word in asked if word in _NUMBERS), 0),
        asked=frozenset(asked),
        focus=_focus(query.text, frozenset(words)),
    )


def _type_of_noun(text: str, kind: str, model: StaticEmbedder) -> AnswerType | None:
    """Return the type that the noun after "which" names, or else that of the kind."""
    usual = _OF_KIND.get(kind)
    nouns = _nouns(text)
    if not nouns:
        return usual
    vectors = normalised(model.word_vectors(nouns))
    near = {one: float((examples @ vectors.T).max()) for one, examples in _examples(model).items()}
    best = max(near, key=near.__getitem__)
    if near[best] >= _LIKE:
        return best
    return usual or AnswerType.THING


def _nouns(text: str) -> list[str]:
    """Return the words right after the first "which" that can be the noun it asks for."""
    found = _NOUN_PHRASE.search(text)
    nouns: list[str] = []
    for word in split_words(found[1]) if found else ():
        if word in _ENDS_NOUN:
            break
        if word not in _NUMBERS:
            nouns.append(word)
    return nouns


@cache
def _examples(model: StaticEmbedder) -> dict[AnswerType, Vectors]:
    return {
        one: normalised(model.word_vectors(examples.split())) for one, examples in _EXAMPLES.items()
    }


def _focus(text: str, words: frozenset[str]) -> frozenset[str]:
    """Return those words that stand in the clause that asks, or up to the end of a later one."""
    scene = _SCENE_FIRST.match(text)
    asking = _ASKING.search(text, scene.end() if scene else 0)
    start = asking.start() if asking else 0
    borders = [0, *(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    begin = max(border for border in borders if border <= start)
    ends = [border for border in borders if border > start + 1] or [len(text)]
    focus: frozenset[str] = frozenset()
    for end in ends:
        focus = words.intersection(split_words(text[begin:end]))
        if len(focus) >= _FEWEST_IN_FOCUS:
            break
    return focus


def focus_of(words: Sequence[str], expected: Expected) -> Vectors:
    """Return 1 for each word in the focus, else 0; all 1 where none is in it."""
    inside = np.array([word in expected.focus for word in words], dtype=np.float32)
    return inside if inside.any() else np.ones(len(words), dtype=np.float32)
