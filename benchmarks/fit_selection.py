"""Fits the weights by which a quote is chosen: `embeddings.search.quote_selection.UnitWeights`.

    python -m benchmarks.fit_selection --data ../shared/data

Every question with a known answer is set against the units of its right document; the weights make
the units that hold the answer likeliest among them (a softmax over the document's units). Questions
over one half of the documents choose the weights and those over the other half tell what they are
worth, both ways; then all of them choose, and that is printed last.
"""

import argparse
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.retrieval import open_index, query_of
from benchmarks.sets import (
    Asked,
    RetrievalSet,
    government,
    learning,
    squad,
    squad_in_swedish,
    swequad,
)
from bot.evaluation.outcomes import fold
from embeddings.models.loading import load_embedder
from embeddings.search.passage_index import PassageIndex
from embeddings.search.quote_selection import UNIT_WEIGHTS, UnitWeights

COUNTS = {"government": 6.0, "learning": 6.0, "SQuAD-sv en->sv": 3.0}
"""How much a question of a set counts, by how its name begins; 1 elsewhere."""
TIDINESS = 1e-3
"""What large weights cost, in units of the loss."""


@dataclass(frozen=True, slots=True)
class Example:
    """The units of a right document: what speaks for each, and which hold the answer."""

    set: str
    document: str
    figures: NDArray[np.float32]
    right: NDArray[np.bool_]

    @property
    def half(self) -> int:
        """Which half of the documents it belongs to."""
        return zlib.crc32(self.document.encode()) % 2


def examples_of(retrieval: RetrievalSet, index: PassageIndex) -> Iterator[Example]:
    """Yield an example for each question whose answer stands in some of the units, not in all."""
    for asked in retrieval.questions:
        for document in sorted(asked.gold)[:1]:
            units, figures = index.judge(query_of(asked), document)
            right = np.array([_holds(unit.text, asked) for unit in units])
            if right.any() and not right.all():
                yield Example(retrieval.name, document, figures, right)


def _holds(text: str, asked: Asked) -> bool:
    folded = f" {fold(text)} "
    return any(f" {fold(answer)} " in folded for answer in asked.evidence)


def fit(examples: Sequence[Example]) -> NDArray[np.float32]:
    """Return the weights that make the right units likeliest."""
    table = np.concatenate([one.figures for one in examples])
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    rows = torch.tensor((table - mean) / spread)
    right = torch.tensor(np.concatenate([one.right for one in examples]))
    group = torch.repeat_interleave(torch.tensor([len(one.right) for one in examples]))
    counts = torch.tensor([_count(one) for one in examples])
    weights = torch.zeros(rows.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=300, line_search_fn="strong_wolfe")

    def log_sum(scores: torch.Tensor) -> torch.Tensor:
        most = torch.full((len(examples),), -1e4).scatter_reduce(0, group, scores, "amax")
        summed = torch.zeros(len(examples)).index_add(0, group, torch.exp(scores - most[group]))
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


def _count(example: Example) -> float:
    return next((count for name, count in COUNTS.items() if example.set.startswith(name)), 1.0)


def within(examples: Iterable[Example], weights: NDArray[np.float32], places: int) -> float:
    """Return the share of examples with a right unit among the first."""
    hits = [
        one.right[np.argsort(-(one.figures @ weights), kind="stable")[:places]].any()
        for one in examples
    ]
    return float(np.mean(hits))


def _gather(data: Path, scratch: Path) -> list[Example]:
    embedder = load_embedder()
    examples: list[Example] = []
    for load in (squad, squad_in_swedish, swequad, government, learning):
        for retrieval in load(data, scratch):
            index = open_index(retrieval.folder, scratch, embedder)
            examples += examples_of(retrieval, index)
            index.close()
    return examples


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--scratch", type=Path, default=Path("build/benchmarks"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    examples = _gather(options.data, options.scratch)
    halves = [fit([one for one in examples if one.half == half]) for half in (0, 1)]
    fitted = fit(examples)
    in_use = np.array(astuple(UNIT_WEIGHTS), dtype=np.float32)
    print(f"{'set':26}{'n':>6}   right unit first, of three: in use, fitted on the other half")
    for name in dict.fromkeys(one.set for one in examples):
        of_set = [one for one in examples if one.set == name]
        held_out = [
            float(np.average(
                [within([one for one in of_set if one.half != half], halves[half], places)
                 for half in (0, 1)],
                weights=[sum(one.half != half for one in of_set) for half in (0, 1)],
            ))
            for places in (1, 3)
        ]  # fmt: skip
        now = [within(of_set, in_use, places) for places in (1, 3)]
        print(f"{name:26}{len(of_set):6}", *(f"{figure:8.3f}" for figure in (*now, *held_out)))
    for field, use, new in zip(fields(UnitWeights), in_use, fitted, strict=True):
        print(f"{field.name:14}{use:8.2f}{new:8.2f}")


if __name__ == "__main__":
    main()
