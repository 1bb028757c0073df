"""Limits how many postings a word search visits."""

from collections.abc import Sequence
from typing import Final

from embeddings.index.vocabulary import Vocabulary

MOST_POSTINGS: Final = 200_000
"""Maximum number of postings (passage and stem) that a word search visits."""


def worth_their_time(
    weighed: Sequence[dict[int, float]], vocabulary: Vocabulary, most: int = MOST_POSTINGS
) -> Sequence[dict[int, float]]:
    """Drop the least informative stems until the postings are within the limit.

    `weighed` has the rows and weights of the stems that can stand for each word. Each word keeps
    its most informative stem.
    """
    rows = list({row for weights in weighed for row in weights})
    standing = dict(zip(rows, vocabulary.frequencies[rows].tolist(), strict=True))
    if sum(standing.values()) <= most:
        return weighed
    rarity = dict(zip(rows, vocabulary.rarity[rows].tolist(), strict=True))
    told = [{row: weight * rarity[row] for row, weight in one.items()} for one in weighed]
    kept = {max(one, key=one.__getitem__) for one in told if one}
    left = most - sum(standing[row] for row in kept)
    best = {row: max(one.get(row, 0.0) for one in told) for row in rows}
    for row in sorted(rows, key=lambda row: (-best[row], row)):
        if row not in kept and standing[row] <= left:
            kept.add(row)
            left -= standing[row]
    return [{row: one[row] for row in one if row in kept} for one in weighed]
