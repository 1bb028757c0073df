"""Cuts articles into passages and sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from corpus.words import split_words
from embeddings.training.material.interpreting import is_english
from embeddings.training.material.sources import Article

SIZE: Final = 600
"""Characters after which a passage ends, as when documents are indexed."""
SENTENCE: Final = range(30, 500)
"""Length range in characters of usable sentences."""
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ–])")


@dataclass(frozen=True, slots=True)
class Extract:
    """A part of an article, as words."""

    title: tuple[str, ...]
    words: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]
    english: bool


def cut_paragraphs(paragraphs: Iterable[str]) -> Iterator[str]:
    """Join paragraphs to about the length of a passage."""
    current = ""
    for paragraph in paragraphs:
        if current and len(current) + len(paragraph) > SIZE:
            yield current
            current = ""
        current = f"{current} {paragraph}".strip()
    if current:
        yield current


def cut_article(article: Article) -> Iterator[Extract]:
    """Cut an article into extracts of about 600 characters."""
    title = tuple(split_words(article.title))
    for text in cut_paragraphs(article.paragraphs):
        words = tuple(split_words(text))
        sentences = tuple(
            tuple(split_words(sentence))
            for sentence in _SENTENCE_END.split(text)
            if len(sentence) in SENTENCE
        )
        yield Extract(title, words, sentences, is_english(words))
