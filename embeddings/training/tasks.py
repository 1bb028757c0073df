"""Training tasks: batches of text pairs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.training.bags import Bags


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """The configuration of a task."""

    name: str
    batch: int
    weight: float
    """Weight of the task in the loss."""
    pull: float
    """Weight of the distance of both sides to the teacher's vector, if there is one."""


@dataclass(frozen=True, slots=True)
class Task:
    """Text pairs; each side must find the other among those of a batch."""

    plan: TaskPlan
    left: Bags
    right: Bags
    left_ids: NDArray[np.int64]
    right_ids: NDArray[np.int64]
    """Equal texts have equal ids, so that they are not wrong answers for each other."""
    chances: NDArray[np.float64]
    """Cumulative sampling probabilities of the pairs, up to 1."""
    teacher: NDArray[np.float32] | None

    def draw(self, random: np.random.Generator) -> NDArray[np.int64]:
        """Return the rows of a batch, without repetition."""
        rows = np.searchsorted(self.chances, random.random(self.plan.batch), side="right")
        return np.unique(np.minimum(rows, len(self.left) - 1)).astype(np.int64)


def make_task(
    plan: TaskPlan,
    left: Bags,
    right: Bags,
    weights: Sequence[float] | None = None,
    teacher: NDArray[np.float32] | None = None,
) -> Task:
    """Build a task from the bags of both sides."""
    share = np.ones(len(left)) if weights is None else np.asarray(weights, dtype=np.float64)
    return Task(
        plan,
        left,
        right,
        _number(left),
        _number(right),
        np.cumsum(share) / share.sum(),
        teacher,
    )


def _number(bags: Bags) -> NDArray[np.int64]:
    seen: dict[bytes, int] = {}
    texts = (
        bags.pieces[start:end].tobytes()
        for start, end in zip(bags.starts[:-1], bags.starts[1:], strict=True)
    )
    return np.array([seen.setdefault(text, len(seen)) for text in texts], dtype=np.int64)
