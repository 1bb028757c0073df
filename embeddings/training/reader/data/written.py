"""Turns questions written over documents into examples."""

import random
from collections.abc import Iterable
from typing import Final

from corpus.types import Span
from embeddings.training.reader.data.examples import Example, Shown
from embeddings.training.reader.data.mining import Mined
from embeddings.training.reader.data.windows import LONGEST, window, without_answer
from embeddings.types import ToRead

WRONG: Final = 5
"""Wrong passages per right one."""
FROM: Final = 10
"""These are sampled from this many of the best wrong passages."""


def written_examples(
    mined: Iterable[Mined], chance: random.Random, wrong: int = WRONG
) -> list[Example]:
    """Return an example for each question, with other passages at each call."""
    examples = [_example(one, chance, wrong) for one in mined]
    chance.shuffle(examples)
    return [one for one in examples if one.wrong or one.right]


def _example(mined: Mined, chance: random.Random, wrong: int) -> Example:
    right = None
    if mined.right:
        right = _cut(*chance.choice(mined.right), chance)
    chosen: list[Shown] = []
    if mined.decoys:
        chosen.append(_shown(chance.choice(mined.decoys)))
    if right and chance.random() < 0.35 and (cut := without_answer(right)):
        chosen.append(cut)
    rest = list(mined.wrong[:FROM])
    chance.shuffle(rest)
    chosen += [_shown(one) for one in rest]
    return Example(mined.question.text, right, tuple(chosen[:wrong]), mined.question.id)


def _shown(passage: ToRead) -> Shown:
    return Shown(passage.head, passage.text)


def _cut(passage: ToRead, answer: Span, chance: random.Random) -> Shown:
    """Return a passage that answers, sometimes only a part of it."""
    if chance.random() < 0.35:
        part = window(passage.text, answer, chance, chance.choice((LONGEST, LONGEST // 2)))
        if part:
            return Shown(passage.head, part.text, part.answer)
    return Shown(passage.head, passage.text, answer)
