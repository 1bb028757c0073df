"""Cuts long contexts into passages, at sentence ends if possible."""

import random
import re
from itertools import pairwise
from typing import Final

from corpus.types import Span
from embeddings.training.reader.data.examples import Shown

LONGEST: Final = 700
"""Maximum length of a passage in characters."""
_END: Final = re.compile(r"(?<=[.!?:;])\s+|\n+")


def sentence_spans(text: str) -> list[Span]:
    """Return the spans of the sentences and lines of a text, whatever their case."""
    cuts = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if end > start]


def window(text: str, answer: Span, chance: random.Random, longest: int = LONGEST) -> Shown | None:
    """Return a passage of whole sentences around an answer, with random margins.

    None if the answer alone is longer than a passage.
    """
    spans = sentence_spans(text)
    first = max((n for n, span in enumerate(spans) if span[0] <= answer[0]), default=0)
    last = max((n for n, span in enumerate(spans) if span[0] < answer[1]), default=first)
    if answer[1] - spans[first][0] > longest:
        return None
    while True:
        before = first > 0 and spans[last][1] - spans[first - 1][0] <= longest
        after = last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= longest
        if not (before or after):
            break
        if before and (not after or chance.random() < 0.5):
            first -= 1
        else:
            last += 1
    start, end = spans[first][0], spans[last][1]
    return Shown("", text[start:end].rstrip(), (answer[0] - start, answer[1] - start))


def without_answer(shown: Shown) -> Shown | None:
    """Return the passage without the sentences of the answer; None if little remains."""
    if shown.answer is None:
        return None
    start, end = shown.answer
    kept = [
        shown.text[span[0] : span[1]]
        for span in sentence_spans(shown.text)
        if span[1] <= start or span[0] >= end
    ]
    text = "".join(kept).strip()
    words = shown.text[start:end].casefold()
    return Shown(shown.head, text) if len(text) > 80 and words not in text.casefold() else None


def opening(text: str, chance: random.Random, longest: int = LONGEST) -> Shown:
    """Return a passage from a random place of a text, for a question it does not answer."""
    spans = sentence_spans(text) or [(0, len(text))]
    late = [span[0] for span in spans if len(text) - span[0] >= min(len(text), longest) * 0.8]
    start = chance.choice(late or [0])
    end = max((span[1] for span in spans if span[1] - start <= longest), default=start + longest)
    return Shown("", text[start:end].strip())
