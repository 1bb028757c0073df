"""The known languages, and combinations of their words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from corpus.languages import en, sv
from corpus.languages.base import Words

WORDS: Final[Mapping[str, Words]] = {"sv": sv.WORDS, "en": en.WORDS}
"""The words of each language, by its code."""

_Value = TypeVar("_Value")


def either(pattern: Callable[[Words], str]) -> str:
    """Return one pattern for all languages; one that matches nothing if none has one."""
    return "|".join(filter(None, map(pattern, WORDS.values()))) or r"(?!)"


def all_of(words: Callable[[Words], Iterable[_Value]]) -> list[_Value]:
    """Return the concatenated lists of all languages."""
    return [one for language in WORDS.values() for one in words(language)]


def merged(numbers: Callable[[Words], Mapping[str, _Value]]) -> dict[str, _Value]:
    """Return the combined mappings of all languages."""
    return {word: value for one in WORDS.values() for word, value in numbers(one).items()}


STOP_WORDS: Final = {code: words.texts.stop_words for code, words in WORDS.items()}
"""Function words by language."""
FUNCTION_WORDS: Final = frozenset().union(*STOP_WORDS.values())
"""Function words of all languages."""
