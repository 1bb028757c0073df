"""A significance test for two runs over the same questions."""

from math import comb


def loss_by_chance(lost: int, gained: int) -> float:
    """Return the probability of losing at least this many if loss and gain are equally likely.

    The exact one-sided McNemar (1947) test over the questions that changed.
    """
    changed = lost + gained
    ways = sum(comb(changed, count) for count in range(lost, changed + 1))
    return float(ways / 2**changed)
