"""Creates the training tasks: which texts belong together, and the teacher's vectors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, TypeAlias

from corpus.words import split_words
from embeddings.training.material.interpreting import Interpreter
from embeddings.training.material.lexicon import Lexicon
from embeddings.training.material.materials import Materials, count_article_words
from embeddings.training.material.passages import Extract, cut_article

Words: TypeAlias = Sequence[str]

QUESTIONS: Final = 3
"""Sentences per passage that stand for questions about the rest of it."""


@dataclass(slots=True)
class Examples:
    """Pairs of texts that belong together."""

    left: list[Words] = field(default_factory=list)
    right: list[Words] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    taught: list[str] = field(default_factory=list)
    """English texts for the teacher, for both sides; empty without a teacher."""

    def add(self, left: Words, right: Words, weight: float = 1.0, taught: str = "") -> None:
        """Add a pair, unless a side has no words."""
        if left and right:
            self.left.append(left)
            self.right.append(right)
            self.weights.append(weight)
            if taught:
                self.taught.append(taught)


class Curriculum:
    """Creates the examples of each task by name."""

    def __init__(
        self,
        materials: Materials,
        lexicon: Lexicon,
        source_weights: dict[str, float],
        dropped: float,
        seed: int,
    ) -> None:
        self._materials = materials
        self._lexicon = lexicon
        self._weights = source_weights
        self._dropped = dropped
        self._random = Random(seed)
        self._interpreter = Interpreter(lexicon.translate, self._random)
        self._extracts = [extract for a in materials.articles for extract in cut_article(a)]
        self._inverse = list(self._inverse_clozes())

    def sentences(self) -> Examples:
        """Return sentences of the parallel texts."""
        return self._pairs("sent")

    def modern_sentences(self) -> Examples:
        """Return sentences of the parallel texts with full weight."""
        return self._pairs("sent", least_weight=1.0)

    def words(self) -> Examples:
        """Return words of the dictionaries, and terms."""
        return self._pairs("word", "term")

    def english_words(self) -> Examples:
        """Return single English words, for what the teacher knows about them."""
        examples = Examples()
        for word in self._materials.english_words:
            examples.add([word], [word], taught=word)
        return examples

    def _pairs(self, *kinds: str, least_weight: float = 0.0) -> Examples:
        examples = Examples()
        for pair in self._materials.pairs:
            weight = self._weights.get(pair.source, 1.0)
            if pair.kind in kinds and weight >= least_weight:
                left, right = split_words(pair.swedish), split_words(pair.english)
                examples.add(left, right, weight, pair.english)
        return examples

    def glosses(self) -> Examples:
        """Return Swedish words and the English explanations of their meaning."""
        examples = Examples()
        for gloss in self._materials.glosses:
            if gloss.meaning:
                explained = f"{gloss.english} ({gloss.meaning})"
                examples.add(split_words(gloss.swedish), split_words(explained), taught=explained)
        return examples

    def lexicon(self) -> Examples:
        """Return words of the articles and their English, frequent ones more often."""
        examples = Examples()
        for word, count in sorted(count_article_words(self._materials).items()):
            for phrase, share in self._lexicon.translate(word).items():
                if phrase != (word,):
                    examples.add([word], phrase, share * count**0.5, " ".join(phrase))
        return examples

    def interpreted(self) -> Examples:
        """Return titles and sentences of the articles, translated word by word."""
        examples = Examples()
        texts = (text for e in self._extracts for text in (e.title, *e.sentences))
        english = {text: e.english for e in self._extracts for text in (e.title, *e.sentences)}
        for text in dict.fromkeys(texts):
            if english[text]:
                examples.add(text, text, taught=" ".join(text))
            else:
                best = self._interpreter.best(text)
                examples.add(text, self._interpreter.drawn(text), taught=" ".join(best) or "none")
        return examples

    def titles(self) -> Examples:
        """Return titles of the articles and passages under them."""
        return self._collect((e.title, e.words) for e in self._extracts)

    def interpreted_titles(self) -> Examples:
        """Return titles in English and Swedish passages under them."""
        swedish = [extract for extract in self._extracts if not extract.english]
        return self._collect((self._interpreter.drawn(e.title), e.words) for e in swedish)

    def clozes(self) -> Examples:
        """Return sentences with some words dropped, and the passages they come from."""
        return self._collect(
            (self._interpreter.asked(sentence, self._dropped), rest)
            for _, sentence, rest in self._inverse
        )

    def interpreted_clozes(self) -> Examples:
        """Return sentences in English, each twice, and the Swedish passages around them."""
        return self._collect(
            (self._interpreter.asked_in_english(sentence, self._dropped), rest)
            for extract, sentence, rest in self._inverse * 2
            if not extract.english
        )

    def _collect(self, pairs: Iterable[tuple[Words, Words]]) -> Examples:
        examples = Examples()
        for left, right in pairs:
            examples.add(left, right)
        return examples

    def _inverse_clozes(self) -> Iterable[tuple[Extract, Words, Words]]:
        for extract in self._extracts:
            count = len(extract.sentences)
            if count >= QUESTIONS:
                for chosen in self._random.sample(range(count), QUESTIONS):
                    others = extract.sentences[:chosen] + extract.sentences[chosen + 1 :]
                    rest = [*extract.title, *(word for sentence in others for word in sentence)]
                    yield extract, extract.sentences[chosen], rest
