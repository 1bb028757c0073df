"""Turns examples into tensors of texts with similar lengths."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import torch
from tokenizers import Tokenizer
from torch import Tensor

from embeddings.models.reader import LONGEST, joined
from embeddings.training.reader.data.augmentation import augment
from embeddings.training.reader.data.examples import Example, Shown

TOGETHER: Final = 400
"""Examples sorted by length at a time."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples as network input."""

    ids: Tensor
    real: Tensor
    """1 for a piece, 0 for padding."""
    inside: Tensor
    """True for the pieces of a passage's text, where the answer may be."""
    spans: Tensor
    """First and last piece of each answer; -1 if there is none."""
    lists: tuple[tuple[int, int], ...]
    """Range of texts of each example; if it has an answer, the right text comes first."""
    right: Tensor
    """1 for a text that answers, 0 for one that does not."""


@dataclass(frozen=True, slots=True)
class _Row:
    ids: list[int]
    inside: list[bool]
    span: tuple[int, int]


def batches(
    examples: Sequence[Example], tokenizer: Tokenizer, seed: int, pieces: int
) -> Iterator[Batch]:
    """Yield the examples, augmented, in batches of up to `pieces` pieces with padding."""
    chance = random.Random(seed)
    for start in range(0, len(examples), TOGETHER):
        some = [augment(example, chance) for example in examples[start : start + TOGETHER]]
        lists = [_rows(example, tokenizer) for example in some]
        lists.sort(key=lambda rows: max(len(row.ids) for row in rows))
        cut = list(_cuts([(max(len(r.ids) for r in rows), len(rows)) for rows in lists], pieces))
        parts = [lists[first:last] for first, last in pairwise(cut)]
        chance.shuffle(parts)
        yield from (_batch(part) for part in parts)


def _cuts(sizes: Sequence[tuple[int, int]], pieces: int) -> Iterator[int]:
    """Yield batch boundaries, given the longest text and the number of texts of each example."""
    yield 0
    texts = 0
    for number, (length, count) in enumerate(sizes):
        if texts and (texts + count) * length > pieces:
            yield number
            texts = 0
        texts += count
    yield len(sizes)


def _rows(example: Example, tokenizer: Tokenizer) -> list[_Row]:
    shown = ([example.right] if example.right else []) + list(example.wrong)
    return [_row(example.question, one, tokenizer) for one in shown]


def _row(question: str, shown: Shown, tokenizer: Tokenizer) -> _Row:
    """Return the pieces of a question and a passage, and the answer's position in them."""
    encoding = tokenizer.encode(question, joined(shown.head, shown.text))
    ids, offsets = encoding.ids[:LONGEST], encoding.offsets[:LONGEST]
    skip = len(joined(shown.head, ""))
    inside = [
        part == 1 and end > max(start, skip)
        for part, (start, end) in zip(encoding.sequence_ids, offsets, strict=False)
    ]
    touched: list[int] = []
    if shown.answer:
        first, last = shown.answer[0] + skip, shown.answer[1] + skip
        touched = [
            n
            for n, (start, end) in enumerate(offsets)
            if inside[n] and start < last and end > first
        ]
    span = (touched[0], touched[-1]) if touched else (-1, -1)
    return _Row(ids, inside, span)


def _batch(lists: Sequence[list[_Row]]) -> Batch:
    rows = [row for one in lists for row in one]
    longest = max(len(row.ids) for row in rows)
    starts = [0]
    for one in lists:
        starts.append(starts[-1] + len(one))
    return Batch(
        torch.tensor([row.ids + [1] * (longest - len(row.ids)) for row in rows]),
        torch.tensor([[1] * len(row.ids) + [0] * (longest - len(row.ids)) for row in rows]),
        torch.tensor([row.inside + [False] * (longest - len(row.inside)) for row in rows]),
        torch.tensor([row.span for row in rows]),
        tuple(pairwise(starts)),
        torch.tensor([float(row.span[0] >= 0) for row in rows]),
    )
