"""A Swedish-English lexicon that also handles inflections, compounds and names."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cache
from typing import Final, TypeAlias

import Stemmer

from corpus.words import split_words
from embeddings.training.material.alignment import Translations
from embeddings.training.material.compounds import split_compound
from embeddings.training.material.sources import Gloss, Pair

Phrase: TypeAlias = tuple[str, ...]
Options: TypeAlias = dict[Phrase, float]
"""English translations of a Swedish word; shares sum to 1."""

KEPT: Final = 4
"""Maximum number of translations per word."""
LONGEST_PHRASE: Final = 3
SUFFIXES: Final = tuple(
    "ernas arnas ornas andets erna arna orna ande ades ads ens ets ers ars ors ade at et en er ar "
    "or na ad ts de t a s n r d".split()
)
SHORTEST_LEMMA: Final = 4


def gather_entries(
    pairs: Iterable[Pair], glosses: Iterable[Gloss], aligned: Translations
) -> dict[str, Options]:
    """Merge translations from dictionaries and from aligned sentences."""
    listed: dict[str, Counter[Phrase]] = {}
    words = [(pair.swedish, pair.english) for pair in pairs if pair.kind == "word"]
    for swedish, english in [*words, *((gloss.swedish, gloss.english) for gloss in glosses)]:
        source, target = split_words(swedish), split_words(english.removeprefix("to "))
        if len(source) == 1 and 0 < len(target) <= LONGEST_PHRASE:
            listed.setdefault(source[0], Counter())[tuple(target)] += 1
    entries = {}
    for word in sorted(listed.keys() | aligned.keys()):
        options: defaultdict[Phrase, float] = defaultdict(float)
        for english, likely in aligned.get(word, {}).items():
            options[(english,)] += likely
        total = sum(listed.get(word, {}).values())
        for phrase, count in listed.get(word, {}).items():
            options[phrase] += 0.6 * count / total + 0.1
        if kept := _most_likely({key: value for key, value in options.items() if value > 0.08}):
            entries[word] = kept
    return entries


def _most_likely(options: Mapping[Phrase, float]) -> Options:
    best = sorted(options.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
    total = sum(value for _, value in best)
    return {phrase: value / total for phrase, value in best}


class Lexicon:
    """Translates single Swedish words, as they occur in texts, into English."""

    def __init__(
        self,
        entries: Mapping[str, Options],
        terms: Mapping[str, Options],
        counts: Mapping[str, int],
        names: Set[str],
        english: Set[str],
    ) -> None:
        """Use dictionary entries, with own terms taking precedence.

        `counts` has corpus frequencies, `names` the words that are almost always capitalised, and
        `english` the words of English texts.
        """
        self._entries = {**entries, **terms}
        self._counts, self._names, self._english = counts, names, english
        self._stem = Stemmer.Stemmer("swedish").stemWord
        self._of_stem = self._gather_stems(terms.keys())
        self._lemma_options = cache(self._find_lemma)

    def _gather_stems(self, trusted: Set[str]) -> dict[str, Options]:
        stems: dict[str, defaultdict[Phrase, float]] = {}
        for word, options in self._entries.items():
            weight = 5.0 if word in trusted else 1.0
            weight *= 1 + 0.05 * min(20, self._counts.get(word, 0))
            for phrase, share in options.items():
                stems.setdefault(self._stem(word), defaultdict(float))[phrase] += share * weight
        return {stem: _most_likely(options) for stem, options in stems.items()}

    def translate(self, word: str) -> Options:
        """Return translations of a word; empty if it is unknown."""
        if any(character.isdigit() for character in word):
            return {(word,): 1.0}
        named = word in self._names
        options = self._entries.get(word)
        if options:
            return {(*phrase, word) if named else phrase: p for phrase, p in options.items()}
        if not (named and len(word) < 7):
            options = self._lemma_options(word) or self._translate_compound(word, named)
        if options:
            return options
        return {(word,): 1.0} if named or word in self._english else {}

    def _find_lemma(self, word: str) -> Options | None:
        if found := self._entries.get(word) or self._of_stem.get(self._stem(word)):
            return found
        for suffix in SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_LEMMA:
                base = word.removesuffix(suffix)
                for lemma in (base, base + "a", base + "e"):
                    if lemma in self._entries:
                        return self._entries[lemma]
        return None

    def _translate_compound(self, word: str, named: bool) -> Options | None:
        parts = self.parts(word)
        if not parts or (named and min(map(len, parts)) < 5):
            return None
        choices = [_most_likely(self._lemma_options(part) or {}) for part in parts]
        best = [next(iter(choice)) for choice in choices]
        options: defaultdict[Phrase, float] = defaultdict(float, {_joined(best): 0.7})
        for place, choice in enumerate(choices):
            for other in list(choice)[1:2]:
                options[_joined([*best[:place], other, *best[place + 1 :]])] += 0.3
        return _most_likely(options)

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the known words of a compound; empty for others."""
        return split_compound(word, self._can_begin, lambda tail: bool(self._lemma_options(tail)))

    def _can_begin(self, head: str) -> bool:
        return head in self._entries or (head in self._counts and bool(self._lemma_options(head)))


def _joined(phrases: Iterable[Phrase]) -> Phrase:
    return tuple(word for phrase in phrases for word in phrase)
