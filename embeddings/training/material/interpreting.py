"""Translates Swedish word by word, which suffices for a bag-of-words model."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from random import Random
from typing import Final

from embeddings.training.material.lexicon import Options, Phrase

ENGLISH: Final = frozenset(
    "the of and to that with are was were this we our will has have been is by from on".split()
)
SWEDISH: Final = frozenset("och att som för det är med av på den har till ett inte om ska".split())
ASKED_ENGLISH: Final = tuple(
    "who;what;when;where;which;why;how;how many;how much;what is;what did;what was the name of;"
    "which year;who was;when did;how did;what kind of;according to what;in what;for whom".split(";")
)
ASKED_SWEDISH: Final = tuple(
    "vem;vad;när;var;vilken;vilket;vilka;varför;hur;hur många;hur mycket;vad är;vad gjorde;"
    "vad hette;vilket år;vem var;när blev;på vilket sätt;vilken typ av;enligt vad;i vilket".split(
        ";"
    )
)


def is_english(words: Sequence[str]) -> bool:
    """Whether a text has more English function words than Swedish ones."""
    return sum(word in ENGLISH for word in words) > sum(word in SWEDISH for word in words)


class Interpreter:
    """Translates words one at a time, sampling translations by probability."""

    def __init__(self, translate: Callable[[str], Options], random: Random) -> None:
        self._translate = translate
        self._random = random
        self._known: dict[str, tuple[list[Phrase], list[float]]] = {}

    def best(self, words: Sequence[str]) -> list[str]:
        """Translate each word by its most likely translation; unknown words are dropped."""
        chosen = [max(self._options(word)[0][:1], default=()) for word in words]
        return [word for phrase in chosen for word in phrase]

    def drawn(self, words: Sequence[str], dropped: float = 0.0) -> list[str]:
        """Translate each word by a sampled translation, dropping a share of the words."""
        translated: list[str] = []
        for word in words:
            phrases, shares = self._options(word)
            if phrases and self._random.random() >= dropped:
                translated += self._random.choices(phrases, cum_weights=shares)[0]
        return translated

    def asked(self, words: Sequence[str], dropped: float) -> list[str]:
        """Turn a Swedish sentence into a question: drop some words, add question words."""
        left = [word for word in words if self._random.random() >= dropped]
        return [*self._random.choice(ASKED_SWEDISH).split(), *left] if left else []

    def asked_in_english(self, words: Sequence[str], dropped: float) -> list[str]:
        """Turn a Swedish sentence into an English question in the same way."""
        left = self.drawn(words, dropped)
        return [*self._random.choice(ASKED_ENGLISH).split(), *left] if left else []

    def _options(self, word: str) -> tuple[list[Phrase], list[float]]:
        if word not in self._known:
            ranked = sorted(self._translate(word).items(), key=lambda item: (-item[1], item[0]))
            self._known[word] = (
                [phrase for phrase, _ in ranked],
                list(accumulate(share for _, share in ranked)),
            )
        return self._known[word]
