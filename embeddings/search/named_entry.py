"""Finds the entry of a list that a question names.

A reader that sees a whole list may answer "Who leads the picnic ride?" with another ride's leader.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from corpus.languages.known import WORDS
from corpus.structure.entries import lines_of
from corpus.types import Passage, Span
from corpus.words import split_words, stem
from embeddings.models.static import StaticEmbedder, normalised
from embeddings.types import Vectors

_CLEARLY: Final = 0.15
"""The named entry must match the question's words this much better than any other entry."""
_LEADS_ON: Final = ":"


def named_entry(passage: Passage, quote: Span, words: Sequence[str], model: StaticEmbedder) -> Span:
    """Return the line of a quote that alone matches what the question asks about.

    Words that every line matches do not tell lines apart. Returns the whole quote if no line stands
    out, or if the line that does introduces the lines after it.
    """
    begin = passage.start
    lines = list(lines_of(passage.text, quote[0] - begin, quote[1] - begin))
    if len(lines) < 2 or not words:
        return quote
    meanings = normalised(model.word_vectors(words))
    rendered = np.stack(
        [_rendered(words, meanings, passage.text[slice(*line)], model) for line in lines]
    )
    telling = (rendered * (1 - rendered.mean(axis=0))).sum(axis=1)
    second, best = np.argsort(telling)[-2:].tolist()
    start, end = lines[best][0] + begin, lines[best][1] + begin
    leads_on = passage.text.endswith(_LEADS_ON, 0, end - begin) or any(
        unit_start == start and end < unit_end for unit_start, unit_end in passage.units
    )
    is_clear = telling[best] - telling[second] >= _CLEARLY
    return (start, end) if is_clear and not leads_on else quote


def is_of_another(answer: Span, entry: Span) -> bool:
    """Whether an answer lies outside an entry."""
    return answer[1] <= entry[0] or entry[1] <= answer[0]


def _rendered(words: Sequence[str], meanings: Vectors, line: str, model: StaticEmbedder) -> Vectors:
    """Return how well a line matches each word, by stem or by meaning, 0 to 1."""
    own = split_words(line)
    if not own:
        return np.zeros(len(words), dtype=np.float32)
    near = meanings @ normalised(model.word_vectors(own)).T
    stems = {(stem(word, language), language) for word in own for language in WORDS}
    same = [any((stem(word, one), one) in stems for one in WORDS) for word in words]
    best: Vectors = np.maximum(near.max(axis=1), np.array(same, dtype=np.float32))
    return best
