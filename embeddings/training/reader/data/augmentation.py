"""Makes questions and passages as untidy as in real use."""

import random
from dataclasses import replace
from typing import Final

from embeddings.training.reader.data.examples import Example, Shown

HEAD_PARTS: Final = ". "
"""Separator of title, date and headings in a head."""
_BARE: Final = str.maketrans("åäöÅÄÖéü", "aaoAAOeu")


def augment(example: Example, chance: random.Random) -> Example:
    """Return the example with typing errors in the question, and heads sometimes dropped."""
    bare = chance.random() < 0.3
    return replace(
        example,
        question=_typed(example.question, chance),
        right=example.right and _headed(example.right, chance, bare=bare),
        wrong=tuple(_headed(shown, chance, bare=bare) for shown in example.wrong),
    )


def _typed(question: str, chance: random.Random) -> str:
    if chance.random() < 0.06:
        question = question.translate(_BARE)
    if chance.random() < 0.12:
        question = question.lower()
    if chance.random() < 0.12:
        question = question.rstrip("?. ")
    if chance.random() < 0.06:
        question = _slip(question, chance)
    return question


def _slip(question: str, chance: random.Random) -> str:
    """Return the question with a letter doubled, dropped, or swapped with the next one."""
    letters = [n for n in range(1, len(question) - 1) if question[n].isalpha()]
    if not letters:
        return question
    at = chance.choice(letters)
    two = question[at : at + 2]
    return (
        question[:at]
        + chance.choice((two[0] * 2 + two[1:], two[1:], two[::-1]))
        + question[at + 2 :]
    )


def _headed(shown: Shown, chance: random.Random, *, bare: bool) -> Shown:
    """Return a passage without its head if `bare`, or with a part of it dropped."""
    if bare:
        return replace(shown, head="")
    parts = shown.head.split(HEAD_PARTS)
    if len(parts) > 1 and chance.random() < 0.3:
        parts.pop(chance.randrange(len(parts)))
    return replace(shown, head=HEAD_PARTS.join(parts))
