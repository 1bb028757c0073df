"""What a question is about, told from its words, so that a later question can lean on it."""

import re
from dataclasses import dataclass
from typing import Final

from corpus.types import Period
from embeddings.stopwords import STOP_WORDS

PREPOSITION: Final = (
    "of|by|in|at|for|from|on|about|behind|near|between|under|during|with|to|until|since|before"
    "|after|i|på|av|för|från|till|vid|mellan|bakom|om|med|hos|kring|sedan|inför|efter|före|den"
)
_JOINING: Final = frozenset(PREPOSITION.split("|"))
_DETERMINERS: Final = frozenset("the a an den det de en ett vår vårt våra our".split())
_AUXILIARIES: Final = frozenset(
    "do does did will would can could should shall has have had may might must".split()
)
# Verbs that end an English subject; Swedish ones stand before it.
_VERBS: Final = frozenset(
    """cost amount open close start begin end happen take took get got pay run last meet met held
    hold say said decide stand weigh earn sit lie work live play go went made built gave given
    cover contain include need want mean bring come came look chosen leave left buy sell""".split()
)
_VERB_ENDING: Final = {
    "en": re.compile(r"ed$"),
    "sv": re.compile(r"(ade|ades|rde|rdes|tes|ts|ras)$"),
}
_DEFINITE: Final = re.compile(r"\w{3,}([eaio]n|et|na|rna|ens|ets|ans|nas)$")
_WORD: Final = re.compile(r"[\w][\w'’./&-]*[\w]|\w")
_FUNCTION_WORDS: Final = frozenset().union(*STOP_WORDS.values())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question and where it stands in it."""

    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def is_name(self) -> bool:
        """Whether it is written with a capital though nothing but its being a name asks for one."""
        return self.start > 0 and self.text[0].isupper()


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order, hyphens and apostrophes inside them kept."""
    return [Word(*match.span(), match[0]) for match in _WORD.finditer(text)]


def own_matter(text: str) -> list[Word]:
    """Return the words of a question that carry matter, function words left out."""
    return [word for word in words_of(text) if word.lower not in _FUNCTION_WORDS]


def find_topic(question: str, language: str) -> tuple[int, int] | None:
    """Return where the thing stands that a question is about, "the January meeting", if any.

    It begins with an article, a name or a Swedish definite noun, and goes on through what is
    joined to it: "the roof of the mill", "styrelsemötet i april 2024".
    """
    words = words_of(question)
    first = next((at for at, word in enumerate(words) if at and _begins(word, language)), None)
    if first is None:
        return None
    end = first
    while end < len(words) and _goes_on(words, end, language):
        end += 1
    while end > first and words[end - 1].lower in _JOINING | _DETERMINERS:
        end -= 1
    asked_of = words[first - 1].lower in _AUXILIARIES
    if asked_of and end == len(words) and end - first > 2 and not words[end - 1].is_name:
        end -= 1  # "did the new roof collapse": the verb belongs to "did".
    return (words[first].start, words[end - 1].end) if end > first else None


def _begins(word: Word, language: str) -> bool:
    definite = language == "sv" and _DEFINITE.match(word.lower)
    known = word.lower in _FUNCTION_WORDS and word.lower not in _DETERMINERS
    return word.lower in _DETERMINERS or word.is_name or bool(definite and not known)


def _goes_on(words: list[Word], at: int, language: str) -> bool:
    word = words[at]
    if word.is_name or word.lower in _JOINING | _DETERMINERS:
        return True
    ends = _VERB_ENDING.get(language)
    is_verb = word.lower in _VERBS or bool(ends and ends.search(word.lower))
    return word.lower not in _FUNCTION_WORDS and not is_verb


def find_dates(question: str, periods: tuple[Period, ...]) -> tuple[int, int] | None:
    """Return where the last date of a question stands, with the preposition before it."""
    if not periods:
        return None
    start = question.rfind(periods[-1].said)
    end = start + len(periods[-1].said)
    if start < 0:
        return None
    joined = re.search(rf"\b(?:{PREPOSITION})\s(?:den\s|the\s)?$", question[:start], re.IGNORECASE)
    return (joined.start() if joined else start), end
