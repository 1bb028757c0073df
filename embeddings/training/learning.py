"""Trains a table of piece vectors with a contrastive loss."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from torch.nn import functional

from embeddings.training.config import Learning
from embeddings.training.schedule import Schedule
from embeddings.training.tasks import Task

_PROGRESS: Final = Console(stderr=True)
WRONG: Final = -1e4
"""Logit of a text that equals the right answer, to mask it."""


class Learner:
    """A table of piece vectors in training, which can be saved and resumed."""

    def __init__(self, pieces: int, dimension: int, learning: Learning) -> None:
        start = torch.Generator().manual_seed(learning.seed)
        self._table = torch.nn.Parameter(torch.randn(pieces, dimension, generator=start) * 0.1)
        self._learning = learning
        self._begin(0)

    def learn(
        self, stages: Sequence[tuple[Schedule, Sequence[Task]]], checkpoint: Path
    ) -> NDArray[np.float32]:
        """Train to the end of the last stage, resuming from a checkpoint; return the table."""
        if checkpoint.exists():
            self._load(checkpoint)
        for number, (schedule, tasks) in enumerate(stages):
            if number < self._stage:
                continue
            if number > self._stage:
                self._begin(number)
            self._learn_stage(schedule, tasks, checkpoint)
        table: NDArray[np.float32] = self._table.detach().numpy().copy()
        return table

    def _begin(self, stage: int) -> None:
        self._stage, self._step = stage, 0
        self._optimizer = torch.optim.Adam([self._table], betas=(0.9, 0.99), fused=True)

    def _learn_stage(self, schedule: Schedule, tasks: Sequence[Task], checkpoint: Path) -> None:
        last = schedule.steps
        described, steps = f"learn, stage {self._stage + 1}", range(self._step, last)
        for step in track(steps, described, total=last, completed=self._step, console=_PROGRESS):
            self._learn_batch(schedule, tasks, step)
            self._step = step + 1
            if self._step % self._learning.checkpoint == 0:
                self._save(checkpoint)

    def _learn_batch(self, schedule: Schedule, tasks: Sequence[Task], step: int) -> None:
        # The batch depends only on seed, stage and step, so that a resumed run sees the same.
        random = np.random.default_rng((self._learning.seed, self._stage, step))
        drawn = [task.draw(random) for task in tasks]
        vectors = self._embed(tasks, drawn, random)
        losses = [
            _loss(task, rows, vectors[2 * number], vectors[2 * number + 1], schedule.temperature)
            for number, (task, rows) in enumerate(zip(tasks, drawn, strict=True))
        ]
        loss = torch.stack(losses).sum()
        for group in self._optimizer.param_groups:
            group["lr"] = schedule.rate_at(step)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self._optimizer.step()

    def _embed(
        self, tasks: Sequence[Task], drawn: Sequence[NDArray[np.int64]], random: np.random.Generator
    ) -> tuple[torch.Tensor, ...]:
        """Embed both sides of all tasks at once, so that there is one backward pass."""
        pieces, offsets, sizes, place = [], [], [], 0
        for task, rows in zip(tasks, drawn, strict=True):
            for side in (task.left, task.right):
                side_pieces, side_offsets = side.take(rows, self._learning.longest, random)
                pieces.append(side_pieces)
                offsets.append(side_offsets + place)
                sizes.append(len(rows))
                place += len(side_pieces)
        vectors = functional.embedding_bag(
            torch.from_numpy(np.concatenate(pieces).astype(np.int64)),
            self._table,
            torch.from_numpy(np.concatenate(offsets)),
            mode="sum",
        )
        sides: tuple[torch.Tensor, ...] = torch.split(
            functional.normalize(vectors, dim=-1, eps=1e-6), sizes
        )
        return sides

    def _save(self, checkpoint: Path) -> None:
        state = {
            "stage": self._stage,
            "step": self._step,
            "table": self._table.detach(),
            "optimizer": self._optimizer.state_dict(),
        }
        partial = checkpoint.with_suffix(".part")
        torch.save(state, partial)
        partial.replace(checkpoint)

    def _load(self, checkpoint: Path) -> None:
        state = torch.load(checkpoint, weights_only=True)
        self._begin(state["stage"])
        with torch.no_grad():
            self._table.copy_(state["table"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._step = state["step"]


def _loss(
    task: Task,
    rows: NDArray[np.int64],
    left: torch.Tensor,
    right: torch.Tensor,
    temperature: float,
) -> torch.Tensor:
    left_ids = torch.from_numpy(task.left_ids[rows])
    right_ids = torch.from_numpy(task.right_ids[rows])
    equal = (left_ids[:, None] == left_ids) | (right_ids[:, None] == right_ids)
    equal.fill_diagonal_(False)
    logits = (left @ right.T / temperature).masked_fill(equal, WRONG)
    own = torch.arange(len(rows))
    both_ways = functional.cross_entropy(logits, own) + functional.cross_entropy(logits.T, own)
    loss = both_ways / 2
    if task.teacher is not None:
        taught = torch.from_numpy(task.teacher[rows])
        apart = 2 - (left * taught).sum(dim=1) - (right * taught).sum(dim=1)
        loss = loss + task.plan.pull * apart.mean()
    return loss * task.plan.weight
