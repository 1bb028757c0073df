"""Recognises small talk: politeness, and questions to the program itself."""

import re
from typing import Final

from corpus.languages.known import WORDS, either
from corpus.words import split_words

_EACH: Final = {
    language: {
        purpose: re.compile(rf"(?:^|(?<= ))(?:{pattern})(?= |$)")
        for purpose, pattern in words.questions.small_talk.items()
    }
    for language, words in WORDS.items()
}
_FILLERS: Final = either(lambda w: w.questions.small_talk_fillers)
_WHOLE: Final = {
    language: re.compile(
        rf"(?:(?:{'|'.join(words.questions.small_talk.values())}|citera|{_FILLERS})(?: |$))+"
    )
    for language, words in WORDS.items()
}


def read_small_talk(text: str, preferred: str | None) -> tuple[str, str] | None:
    """Return the language and purpose of small talk, such as ("sv", "thanks"), otherwise None.

    The text must consist of such phrases alone. Phrases of both languages ("ok") count as the
    preferred one.
    """
    said = " ".join(split_words(text))
    languages = sorted(_EACH, key=lambda language: language != preferred)
    for language in filter(lambda one: _WHOLE[one].fullmatch(said), languages):
        for purpose, pattern in _EACH[language].items():
            if pattern.search(said):
                return language, purpose
    return None
