"""Finds the names in a reference answer, to check which of them an answer gives."""

import re
from itertools import pairwise
from typing import Final

from corpus.languages.known import all_of

_WORD: Final = re.compile(r"[^\W\d_]\w*(?:[-–’'.]\w+)*")
_GENITIVE: Final = re.compile(r"[’']s$")
_JOINING: Final = frozenset(all_of(lambda w: w.texts.breaks.split("|")))
_ARTICLES: Final = frozenset(
    word.capitalize() for word in all_of(lambda w: w.follow_ups.definite_articles)
)
_BEGINS_SENTENCE: Final = re.compile(r"(?:^|[.;:!?]\s+)$")
_ENOUGH: Final = 2
"""The last words of a name identify it; a title may come before them."""


def names_in(text: str) -> list[str]:
    """Return the distinct names in a text: the last two words of each capitalised run."""
    names = []
    for run in _runs(text):
        first = run[0]
        words = [_GENITIVE.sub("", word[0]) for word in run]
        words = words[1:] if words[0] in _ARTICLES else words
        if words and not (len(run) == 1 and _merely_begins_sentence(text, first)):
            names.append(" ".join(words[-_ENOUGH:]))
    return list(dict.fromkeys(names))


def _runs(text: str) -> list[list[re.Match[str]]]:
    """Return runs of capitalised words, separated only by spaces."""
    capitalised = [word for word in _WORD.finditer(text) if word[0][0].isupper()]
    runs = [capitalised[:1]] if capitalised else []
    for before, word in pairwise(capitalised):
        if text[before.end() : word.start()] == " ":
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _merely_begins_sentence(text: str, word: re.Match[str]) -> bool:
    """Whether a word is capitalised only because it starts a sentence."""
    if _GENITIVE.search(word[0]):
        return False
    following = _WORD.match(text, word.end() + 1) if text[word.end() :].startswith(" ") else None
    in_phrase = following is not None and following[0].casefold() not in _JOINING
    return in_phrase and _BEGINS_SENTENCE.search(text[: word.start()]) is not None
