"""Batches in which texts are embedded."""

from collections.abc import Sequence
from typing import Final

BATCH: Final = 64
"""Texts embedded between two reports of progress, for which a question has to wait."""
TOGETHER: Final = 2048
"""Passages that one machine embeds before they are kept for a later re-embed."""


def batches_by_length(texts: Sequence[str]) -> list[list[int]]:
    """Return the numbers of texts in batches, those of a length together: so little is padding."""
    order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
    return [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
