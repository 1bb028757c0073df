"""Late interaction: how well a text renders each word of the question.

For each word of the question the best of the text's words counts ("MaxSim"), with the static
model's word vectors. Source: Khattab and Zaharia, "ColBERT", 2020,
https://arxiv.org/abs/2004.12832, there with vectors that know their context.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.types import Period
from embeddings.partition import Partition, QuestionWord
from embeddings.types import Vectors
from embeddings.words import stem, stems


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the passages of one partition are compared with it."""

    words: Sequence[str]
    vectors: Vectors
    """A unit row for each word."""
    looked_up: Sequence[QuestionWord]
    kind: str | None
    periods: Sequence[Period]


def match_words(texts: Sequence[str], partition: Partition, question: Question) -> Vectors:
    """Return how well each text renders each question word; shape (len(texts), len(words)).

    1 where the text holds the word itself or its nearest rendering in the partition's language,
    0 where it holds nothing like it.
    """
    of_texts = [stems(text, partition.language) or [""] for text in texts]
    distinct = {one: number for number, one in enumerate({s for text in of_texts for s in text})}
    matches = _match_stems(list(distinct), partition, question)
    columns = [distinct[one] for text in of_texts for one in text]
    starts = np.cumsum([0, *(len(text) for text in of_texts[:-1])])
    best: Vectors = np.maximum.reduceat(matches[:, columns], starts, axis=1)
    return best.T


def _match_stems(distinct: Sequence[str], partition: Partition, question: Question) -> Vectors:
    """Return how well each stem renders each question word; shape (len(words), len(distinct))."""
    vocabulary = partition.vocabulary
    known = [vocabulary.row_of.get(one, -1) for one in distinct]
    rows = np.array([row if row < len(vocabulary.vectors) else -1 for row in known])
    cosines = np.zeros((len(question.words), len(distinct)), dtype=np.float32)
    cosines[:, rows >= 0] = question.vectors @ vocabulary.vectors[rows[rows >= 0]].T
    for row, word in enumerate(question.words):
        own = stem(word, partition.language)
        cosines[row, [column for column, one in enumerate(distinct) if one == own]] = 1.0
    best = np.array([max(word.best_cosine, 0.5) for word in question.looked_up], dtype=np.float32)
    matches: Vectors = np.clip(cosines / best[:, None], 0.0, 1.0) ** 2
    return matches
