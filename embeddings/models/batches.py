"""Batches of texts for embedding."""

from collections.abc import Sequence
from typing import Final

BATCH: Final = 64
"""Texts embedded between two progress reports, during which a question has to wait."""
TOGETHER: Final = 2048
"""Passages that one machine embeds before saving the vectors."""


def batches_by_length(texts: Sequence[str]) -> list[list[int]]:
    """Return indices of texts in batches of similar length, to avoid padding."""
    order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
    return [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
