"""The languages that are known, and what they say between them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from corpus.languages import en, sv
from corpus.languages.base import Words

WORDS: Final[Mapping[str, Words]] = {"sv": sv.WORDS, "en": en.WORDS}
"""What is known of each language, by its code."""

_Value = TypeVar("_Value")


def either(pattern: Callable[[Words], str]) -> str:
    """Return one pattern for what any language says; one that matches nothing where none does."""
    return "|".join(filter(None, map(pattern, WORDS.values()))) or r"(?!)"


def all_of(words: Callable[[Words], Iterable[_Value]]) -> list[_Value]:
    """Return what all languages list, in order."""
    return [one for language in WORDS.values() for one in words(language)]


def merged(numbers: Callable[[Words], Mapping[str, _Value]]) -> dict[str, _Value]:
    """Return what the words of all languages mean."""
    return {word: value for one in WORDS.values() for word, value in numbers(one).items()}


STOP_WORDS: Final = {code: words.texts.stop_words for code, words in WORDS.items()}
"""Words that carry grammar rather than matter, by language."""
FUNCTION_WORDS: Final = frozenset().union(*STOP_WORDS.values())
"""The same of all languages."""
