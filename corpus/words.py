"""Splits text into search words: stemmed, without function words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

import Stemmer

from corpus.languages.known import STOP_WORDS, WORDS, either

# Not in "för-\noch nackdelar", where the hyphen stands for the rest of the word.
_BROKEN_WORD: Final = re.compile(
    rf"(?<=[^\W\d_])-\n(?=[^\W\d_])(?![A-ZÅÄÖ]|(?:{either(lambda w: w.texts.breaks)})\b)"
)
_WORD: Final = re.compile(r"[^\W_]+")
# "070-000 11 22", "+46 70 000 11 22", "2024/0123"; but no dates or ranges of years.
_YEAR: Final = r"(?:1[89]|20)\d\d"
LONG_NUMBER: Final = re.compile(
    rf"(?<![\d.,/–-])(?!{_YEAR}[-/–]\d\d[-/–]\d\d(?!\d)|{_YEAR} ?[-/–] ?{_YEAR}(?!\d))"
    r"\d(?:[ \u00a0/().–-]{0,2}\d){5,14}(?![.,]?\d)"
)
_DIGIT: Final = re.compile(r"\d")
_ITS_END: Final = 7
"""A number is identified by this many last digits, since the country code may be missing."""


def split_words(text: str) -> list[str]:
    """Return the lower-case runs of letters and digits; words broken at line ends are joined."""
    text = with_whole_words(text)
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def joined_numbers(text: str) -> list[str]:
    """Return the last digits of the long numbers in a text, without separators.

    So telephone and case numbers are found in any notation.
    """
    if not _DIGIT.search(text):  # Most texts have none, and this test is ten times faster.
        return []
    return [_joined(match) for match in LONG_NUMBER.finditer(text)]


def with_joined_numbers(text: str) -> str:
    """Return a text in which each long number is written as in `joined_numbers`."""
    return LONG_NUMBER.sub(lambda match: f" {_joined(match)} ", text)


def _joined(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", match[0])[-_ITS_END:]


def with_whole_words(text: str) -> str:
    """Return a text in which words hyphenated at line ends are joined."""
    return _BROKEN_WORD.sub("", text) if "-\n" in text else text


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(WORDS[language].texts.stemmer)


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return the Snowball stem of a lower-case word; in other languages the word itself.

    Source: https://snowballstem.org.
    """
    return next(stems_of_all((word,), language))


def stems_of_all(words: Iterable[str], language: str) -> Iterator[str]:
    """Yield the stem of each word, without caching it."""
    if language not in WORDS:
        yield from words
        return
    stem_word = _stemmer(language).stemWord
    for word in words:
        found = stem_word(word)
        yield word if found == word else found  # one object for both: there may be a million


def stems(text: str, language: str) -> list[str]:
    """Return the stems of all the words of a text, in order."""
    return [stem(word, language) for word in split_words(text)]


def content_words(text: str, language: str) -> list[str]:
    """Return the distinct content words of a question, in order, with long numbers joined.

    A question of function words only ("what was it?") keeps them all.
    """
    words = list(dict.fromkeys(split_words(with_joined_numbers(text))))
    ignored = STOP_WORDS.get(language, frozenset())
    return [word for word in words if word not in ignored] or words
