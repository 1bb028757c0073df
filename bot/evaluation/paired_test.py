"""Whether two runs over the same questions differ by more than chance."""

from math import comb


def loss_by_chance(lost: int, gained: int) -> float:
    """Return how likely at least so many questions are lost where losing is as likely as gaining.

    It is the exact one-sided test of McNemar (1947) over the questions that changed.
    """
    changed = lost + gained
    ways = sum(comb(changed, count) for count in range(lost, changed + 1))
    return float(ways / 2**changed)
