"""Fits the weights of `embeddings.search.unit_evidence.UnitEvidence`.

    python -m benchmarks.fit_units --data ../shared/data

The candidates of a question are the units of its right document; the weights maximise the
likelihood of those with the answer.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from benchmarks.choosing import Choice, report
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
from bot.evaluation.matching import fold, stands_in
from embeddings.models.loading import load_embedder
from embeddings.search.passage_index import PassageIndex
from embeddings.search.unit_evidence import UNIT_WEIGHTS
from embeddings.types import Scope

COUNTS = {"government": 6.0, "learning": 6.0, "SQuAD-sv en->sv": 3.0}
"""Weight of a question by the start of its set's name; 1 for others."""


def choices_of(retrieval: RetrievalSet, index: PassageIndex) -> Iterator[Choice]:
    """Yield a choice for each question whose answer is in some units, but not in all."""
    count = next((one for name, one in COUNTS.items() if retrieval.name.startswith(name)), 1.0)
    for asked in retrieval.questions:
        document = min(asked.gold)
        query = replace(query_of(asked), scope=Scope(document=document))
        found = index.find(query).documents.get(document)
        if found is None:
            continue
        right = np.array([_holds(unit.text, asked) for unit in found.units])
        if right.any() and not right.all():
            yield Choice(retrieval.name, document, found.table, right, count)


def _holds(text: str, asked: Asked) -> bool:
    folded = fold(text)
    return any(stands_in(fold(answer), folded) for answer in asked.evidence)


def _gather(data: Path, scratch: Path) -> list[Choice]:
    embedder = load_embedder()
    choices: list[Choice] = []
    for load in (squad, squad_in_swedish, swequad, government, learning):
        for retrieval in load(data, scratch):
            index = open_index(retrieval.folder, scratch, embedder)
            choices += choices_of(retrieval, index)
            index.close()
    return choices


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--scratch", type=Path, default=Path("build/benchmarks"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    report(_gather(options.data, options.scratch), UNIT_WEIGHTS)


if __name__ == "__main__":
    main()
