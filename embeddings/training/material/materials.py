"""Collects all training data named in a configuration."""

import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.words import split_words
from embeddings.training.config import Sources
from embeddings.training.material.alignment import Parallel, align
from embeddings.training.material.lexicon import Lexicon, Options, gather_entries
from embeddings.training.material.sources import (
    Article,
    Gloss,
    Pair,
    is_held_out,
    read_articles,
    read_glosses,
    read_pairs,
    read_terms,
)
from embeddings.training.teacher import known_words

LONGEST_ALIGNED: Final = 50
"""Maximum words of a sentence for alignment: longer ones are uninformative."""
NAME_SHARE: Final = 0.9
"""A word that is capitalised this often is a name."""
_LETTERS: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Materials:
    """The training data, and the words held out for evaluation."""

    pairs: tuple[Pair, ...]
    glosses: tuple[Gloss, ...]
    articles: tuple[Article, ...]
    terms: dict[str, Options]
    english_words: tuple[str, ...]
    """English words that the teacher knows."""
    held_words: dict[str, frozenset[str]]
    """Swedish words left out of the dictionary pairs, with their translations."""
    candidates: tuple[str, ...]
    """All English translations in the dictionaries, among which a held-out word must find its own.
    """


def gather(data: Path, sources: Sources, held: int) -> Materials:
    """Read the sources, holding out half of the articles and `held` dictionary words."""
    pairs = read_pairs(data / sources.pairs)
    glosses = read_glosses(data / sources.glosses)
    articles = [
        article
        for article in read_articles(data / sources.articles)
        if not is_held_out(article.path)
    ]
    gold: dict[str, set[str]] = {}
    listed = [(pair.swedish, pair.english) for pair in pairs if pair.kind == "word"]
    for swedish, english in [*listed, *((gloss.swedish, gloss.english) for gloss in glosses)]:
        gold.setdefault(_plain(swedish), set()).add(_plain(english))
    held_words = {word: frozenset(gold[word]) for word in _choose(gold)[:held]}
    return Materials(
        pairs=tuple(
            pair for pair in pairs if pair.kind != "word" or _plain(pair.swedish) not in held_words
        ),
        glosses=tuple(gloss for gloss in glosses if _plain(gloss.swedish) not in held_words),
        articles=tuple(articles),
        terms={word: o for word, o in read_terms().items() if word not in held_words},
        english_words=tuple(known_words()),
        held_words=held_words,
        candidates=tuple(sorted({english for found in gold.values() for english in found} - {""})),
    )


def _plain(text: str) -> str:
    return " ".join(split_words(text))


def _choose(gold: dict[str, set[str]]) -> list[str]:
    """Return single words in a fixed pseudo-random order, without loanwords."""
    words = [
        word for word, found in gold.items() if len(word) > 2 and word.isalpha() and found != {word}
    ]
    return sorted(words, key=lambda word: hashlib.sha256(word.encode()).digest())


def count_words(materials: Materials, sources: Sources) -> dict[str, float]:
    """Count the words of all sources, with small and clean ones weighted up."""
    counts: defaultdict[str, float] = defaultdict(float, count_article_words(materials))
    for pair in materials.pairs:
        weight = 3 if pair.kind == "word" else 2 * sources.weights.get(pair.source, 1.0)
        for word in split_words(f"{pair.swedish} {pair.english}"):
            counts[word] += weight
    for word in materials.english_words:
        counts[word] += 5
    for gloss in materials.glosses:
        for word in split_words(f"{gloss.swedish} {gloss.english} {gloss.meaning}"):
            counts[word] += 1
    return counts


def count_article_words(materials: Materials) -> Counter[str]:
    """Count the words of the articles."""
    counts: Counter[str] = Counter()
    for article in materials.articles:
        for text in (article.title, *article.paragraphs):
            counts.update(split_words(text))
    return counts


def make_lexicon(materials: Materials, sources: Sources) -> Lexicon:
    """Build a lexicon from dictionaries, aligned sentences and own terms."""
    texts = [
        Parallel(
            split_words(pair.swedish),
            split_words(pair.english),
            sources.weights.get(pair.source, 1.0),
        )
        for pair in materials.pairs
    ]
    short = [t for t in texts if 0 < max(len(t.source), len(t.target)) <= LONGEST_ALIGNED]
    english = {
        word
        for pair in materials.pairs
        if pair.source != "bible_svd1917_web"
        for word in split_words(pair.english)
    }
    counts = count_article_words(materials)
    return Lexicon(
        entries=gather_entries(materials.pairs, materials.glosses, align(short)),
        terms=materials.terms,
        counts=counts,
        names=_names(materials.articles, counts),
        english=english,
    )


def _names(articles: tuple[Article, ...], counts: Counter[str]) -> frozenset[str]:
    capitalised = Counter(
        word.lower()
        for article in articles
        for paragraph in article.paragraphs
        for word in _LETTERS.findall(paragraph)
        if word[0].isupper()
    )
    return frozenset(
        word for word, count in capitalised.items() if count > NAME_SHARE * counts[word]
    )
