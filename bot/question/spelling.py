"""Corrects typing errors in months and question words."""

import re
from typing import Final

from corpus.dates.calendar_names import FULL_MONTHS
from corpus.languages.known import FUNCTION_WORDS, all_of

_WORD: Final = re.compile(r"[^\W\d_]+")
_SHORTEST: Final = 5
_VERB_MONTHS: Final = frozenset(all_of(lambda w: w.times.verb_months))
_MONTHS: Final = tuple(
    name for name in FULL_MONTHS if len(name) >= _SHORTEST and name not in _VERB_MONTHS
)
"""Months that a typing error does not turn into another word, as "march" into "match"."""
_QUESTION_WORDS: Final = all_of(lambda w: w.questions.misspelt)
_LOOKED_AT: Final = 3
"""A question word is looked for among this many words at the start."""
_UNACCENTED: Final = str.maketrans("åäö", "aao")


def mend_months(question: str) -> str:
    """Return a question with misspelt months corrected: "janurai" becomes "januari"."""
    return _WORD.sub(lambda word: _month_meant(word[0]) or word[0], question)


def as_written(said: str, question: str) -> str:
    """Return words of a corrected question as they were originally typed."""
    if said in question:
        return said
    for word in _WORD.findall(question):
        if meant := _month_meant(word):
            said = said.replace(meant, word, 1)
    return said


def mend_question_word(question: str) -> str:
    """Return a question with the first misspelt question word near its start corrected."""
    for word in [*_WORD.finditer(question)][:_LOOKED_AT]:
        for meant in _QUESTION_WORDS:
            if _may_mean(word[0].lower(), meant):
                return question[: word.start()] + meant + question[word.end() :]
    return question


def _month_meant(word: str) -> str | None:
    small = word.lower()
    if len(small) < _SHORTEST - 1 or small in FULL_MONTHS:
        return None
    # First and last letters are rarely wrong, and names such as "Augusta" differ in them.
    near = (name for name in _MONTHS if name[0] == small[0] and name[-1] == small[-1])
    return next((name for name in near if _one_slip(small, name)), None)


def _may_mean(word: str, meant: str) -> bool:
    if len(word) < 3 or word in FUNCTION_WORDS or word[0] not in meant[:2]:
        return False
    if word == meant.translate(_UNACCENTED):
        return True
    # In a three-letter word a wrong letter often gives another word; a swap or a gap rarely does.
    swapped_or_left_out = sorted(word) == sorted(meant) or len(word) < len(meant)
    return (len(word) > 3 or swapped_or_left_out) and _one_slip(word, meant)


def _one_slip(word: str, meant: str) -> bool:
    """Return whether one letter is wrong, missing or extra, or two neighbours are swapped.

    Source: Damerau, "A technique for computer detection and correction of spelling errors", 1964.
    """
    if len(word) == len(meant):
        wrong = [
            place
            for place, (one, other) in enumerate(zip(word, meant, strict=True))
            if one != other
        ]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(word) == sorted(meant)
        return len(wrong) == 1 or swapped
    shorter, longer = sorted((word, meant), key=len)
    if len(longer) - len(shorter) != 1:
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
