"""Fits the weights of a choice among candidates, as a softmax over them.

Weights are fitted on questions over one half of the documents and evaluated on the other, both
ways; then they are fitted on all.
"""

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

TIDINESS = 1e-3
"""Regularisation of large weights, in units of the loss."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of a question: their evidence, and which are right."""

    set: str
    document: str
    """Path of a document that answers; questions on one document are in the same half."""
    figures: NDArray[np.float32]
    right: NDArray[np.bool_]
    count: float = 1.0
    """Its weight in the fit."""


def half_of(document: str) -> int:
    """Return which half a document belongs to."""
    return zlib.crc32(document.encode()) % 2


def fit(choices: Sequence[Choice]) -> NDArray[np.float32]:
    """Return the weights that maximise the likelihood of right candidates."""
    choices = [one for one in choices if one.right.any() and not one.right.all()]
    table = np.concatenate([one.figures for one in choices])
    spread = table.std(axis=0)
    # Evidence that is the same for all candidates can't choose among them.
    spread[spread < 1e-6] = np.inf
    rows = torch.tensor(table / spread)
    right = torch.tensor(np.concatenate([one.right for one in choices]))
    group = torch.repeat_interleave(torch.tensor([len(one.right) for one in choices]))
    counts = torch.tensor([one.count for one in choices])
    weights = torch.zeros(rows.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=300, line_search_fn="strong_wolfe")

    def log_sum(scores: torch.Tensor) -> torch.Tensor:
        most = torch.full((len(choices),), -1e4).scatter_reduce(0, group, scores, "amax")
        summed = torch.zeros(len(choices)).index_add(0, group, torch.exp(scores - most[group]))
        return most + torch.log(summed.clamp_min(1e-30))

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = rows @ weights
        missed = log_sum(scores) - log_sum(scores.where(right, torch.tensor(-1e4)))
        value = (missed * counts).sum() / counts.sum() + TIDINESS * (weights**2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    return np.asarray(weights.detach().numpy() / spread, dtype=np.float32)


def within(choices: Iterable[Choice], weights: NDArray[np.float32], places: int) -> float:
    """Return the share of choices with a right candidate among the first."""
    hits = [
        one.right[np.argsort(-(one.figures @ weights), kind="stable")[:places]].any()
        for one in choices
    ]
    return float(np.mean(hits)) if hits else float("nan")


def report(
    choices: Sequence[Choice], in_use: Any, scaled: Callable[[Any], Any] = lambda w: w
) -> None:
    """Print how often the first, and one of three, is right, with current and new weights.

    `in_use` is a dataclass of weights; `scaled` brings fitted ones to the stored scale.
    """
    halves = [fit([one for one in choices if half_of(one.document) == half]) for half in (0, 1)]
    now = np.array(astuple(in_use), dtype=np.float32)
    print(f"{'set':26}{'n':>6}   right first, of three: in use, fitted on the other half")
    for name in dict.fromkeys(one.set for one in choices):
        of_set = [one for one in choices if one.set == name]
        parts = [[one for one in of_set if half_of(one.document) != half] for half in (0, 1)]
        figures = [within(of_set, now, places) for places in (1, 3)]
        figures += [
            sum(within(part, halves[half], places) * len(part)
                for half, part in enumerate(parts) if part) / len(of_set)
            for places in (1, 3)
        ]  # fmt: skip
        print(f"{name:26}{len(of_set):6}", *(f"{figure:8.3f}" for figure in figures))
    for field, use, new in zip(fields(in_use), now, scaled(fit(choices)), strict=True):
        print(f"{field.name:14}{use:9.3f}{new:9.3f}")
