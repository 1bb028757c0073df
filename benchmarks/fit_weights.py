"""Fits the weights of the search on the development sets, by coordinate ascent.

    python -m benchmarks.fit_weights --data ../shared/data

Each set counts the same, whatever its size. Weights are fitted on questions over half of the
documents and evaluated on the others; with `--all` every question is used for the fit.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.choosing import half_of
from benchmarks.measures import ndcg_at_10
from benchmarks.retrieval import open_index, query_of
from benchmarks.sets import Asked, RetrievalSet, government, learning, squad, swequad
from embeddings.models.loading import load_embedder
from embeddings.search.evidence import WEIGHTS
from embeddings.search.passage_index import PassageIndex
from embeddings.types import PassageEvidence

STEPS = (0.0, 0.5, 0.7, 0.85, 1.2, 1.4, 2.0)
"""Factors tried on one weight at a time."""
ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of a question: evidence, documents, and which documents answer."""

    table: NDArray[np.float32]
    paths: Sequence[str]
    gold: frozenset[str]

    def score(self, weights: NDArray[np.float32]) -> float:
        """Return the mean of nDCG@10 and whether the first document is right."""
        order = np.argsort(-(self.table @ weights), kind="stable")
        ranking = list(dict.fromkeys(self.paths[row] for row in order[:60]))
        return 0.5 * ndcg_at_10(ranking, self.gold) + 0.5 * (ranking[0] in self.gold)

    @property
    def half(self) -> int:
        """Which half of the documents its own belongs to."""
        return half_of(min(self.gold))


def gather(index: PassageIndex, asked: Asked) -> Example | None:
    """Return a question's example; None if it has no candidates."""
    query = query_of(asked)
    found = list(index.gather(index.understand(query), query))
    if not found:
        return None
    paths: list[str] = []
    for numbers, _ in found:
        of = index.catalog.documents_of(numbers.tolist())
        paths += [of[number] for number in numbers.tolist()]
    table = np.concatenate([evidence.table for _, evidence in found])
    return Example(table, paths, asked.gold)


def value(sets: Sequence[Sequence[Example]], weights: Sequence[float]) -> float:
    """Return the mean over sets of the mean score of their questions."""
    vector = np.array(weights, dtype=np.float32)
    return float(np.mean([np.mean([one.score(vector) for one in examples]) for examples in sets]))


def climb(sets: Sequence[Sequence[Example]], start: PassageEvidence) -> PassageEvidence:
    """Return weights that no single step improves."""
    best = list(astuple(start))
    reached = value(sets, best)
    for _ in range(ROUNDS):
        before = reached
        for place in range(len(best)):
            for step in STEPS:
                tried = [*best[:place], best[place] * step, *best[place + 1 :]]
                if (figure := value(sets, tried)) > reached + 1e-5:
                    best, reached = tried, figure
        if reached == before:
            break
    return PassageEvidence(*(round(one / sum(best), 3) for one in best))


def _sets(data: Path, scratch: Path) -> Iterator[RetrievalSet]:
    for load in (squad, swequad, government, learning):
        yield from load(data, scratch)


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--scratch", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--all", action="store_true", help="let every question choose")
    options = parser.parse_args()
    embedder = load_embedder()
    names, choosing, telling = [], [], []
    for retrieval in _sets(options.data, options.scratch):
        index = open_index(retrieval.folder, options.scratch, embedder)
        examples = [one for asked in retrieval.questions if (one := gather(index, asked))]
        index.close()
        names.append(retrieval.name)
        choosing.append([one for one in examples if options.all or one.half == 0])
        telling.append([one for one in examples if options.all or one.half == 1])
    fitted = climb(choosing, WEIGHTS)
    for name, weight, fit in zip(
        fields(PassageEvidence), astuple(WEIGHTS), astuple(fitted), strict=True
    ):
        print(f"{name.name:12}{weight:8.3f}{fit:8.3f}")
    for title, weights in (("in use", WEIGHTS), ("fitted", fitted)):
        for name, chose, told in zip(names, choosing, telling, strict=True):
            figures = value([chose], astuple(weights)), value([told], astuple(weights))
            print(f"{title:8}{name:26}{figures[0]:7.3f}{figures[1]:7.3f}")


if __name__ == "__main__":
    main()
