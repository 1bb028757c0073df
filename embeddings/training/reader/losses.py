"""Losses: which passage of a list answers, whether one does, and where."""

from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from embeddings.training.reader.batching import Batch

NONE: Final = -1e4


def loss(scores: Tensor, ends: Tensor, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """Return the loss of a batch, and its parts by name for the log."""
    parts = {
        "list": _list_loss(scores, batch),
        "answers": functional.binary_cross_entropy_with_logits(scores, batch.right),
        "span": _span_loss(ends, batch),
    }
    total = torch.stack(list(parts.values())).sum()
    return total, {name: float(part.detach()) for name, part in parts.items()}


def _list_loss(scores: Tensor, batch: Batch) -> Tensor:
    """Return the cross-entropy of the right passage among its list."""
    losses = [
        torch.logsumexp(scores[start:end], 0) - scores[start]
        for start, end in batch.lists
        if end - start > 1 and batch.right[start]
    ]
    return torch.stack(losses).mean() if losses else scores.sum() * 0


def _span_loss(ends: Tensor, batch: Batch) -> Tensor:
    """Return the cross-entropy of the answer's first and last piece."""
    rows = torch.nonzero(batch.right)[:, 0]
    if not len(rows):
        return ends.sum() * 0
    likely = ends[rows].masked_fill(~batch.inside[rows][:, :, None], NONE)
    first = functional.cross_entropy(likely[:, :, 0], batch.spans[rows, 0])
    last = functional.cross_entropy(likely[:, :, 1], batch.spans[rows, 1])
    return (first + last) / 2
