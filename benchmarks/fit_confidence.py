"""Fits how sure an answer is: `bot.answer.confidence.WEIGHTS` and `BIAS`, by logistic regression.

    python -m benchmarks.fit_confidence --data ../shared/data

The weights part questions that are answerable from those that are not, among the latter each
question once more with its right document taken away: what is found then is near, and no answer.
Scale and bias then make it the share of first quotes that hold the answer. One half of the
questions fits and the other tells, both ways; then all fit.
"""

import argparse
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.measures import area_between
from benchmarks.retrieval import open_index
from benchmarks.sets import (
    GOVERNMENT_ENDS,
    government_answers,
    learning_answers,
    sample_answers,
    squad_answers,
    swequad_answers,
)
from bot.answer.citations import fold_duplicates
from bot.answer.confidence import BIAS, WEIGHTS, Signs, signs_of
from bot.evaluation.outcomes import fold
from bot.evaluation.questions import Golden
from bot.question.reading import clean_question, read_question
from embeddings.models.loading import load_embedder
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Hit, Query

SETS = {
    "samples": sample_answers,
    "government": government_answers,
    "learning": learning_answers,
    "SweQUAD": swequad_answers,
    "SQuAD-sv": squad_answers,
}
COUNTS = {
    "samples": (5.0, 0.3),
    "government": (10.0, 0.3),
    "learning": (1.5, 0.05),
    "SweQUAD": (0.15, 0.05),
    "SQuAD-sv": (0.02, 0.0),
}
"""How much a question of a set counts, and how much it does without its document."""
TIDINESS = 0.03
"""What large weights cost, in units of the loss."""
LOST = 0.12
"""Share of the answerable questions that may be refused."""


@dataclass(frozen=True, slots=True)
class Example:
    """What a question's best quote looks like, and whether it is right."""

    set: str
    question: str
    signs: tuple[float, ...]
    right: bool
    answerable: bool
    """Whether the documents that were looked in answer it."""
    bereft: bool
    """Whether its right document was taken away."""

    @property
    def half(self) -> int:
        """Which half of the questions it belongs to."""
        return zlib.crc32(self.question.encode()) % 2

    @property
    def count(self) -> float:
        """How much it counts in the fit."""
        return COUNTS[self.set][self.bereft]


def examples_of(name: str, questions: Iterable[Golden], index: PassageIndex) -> Iterator[Example]:
    """Yield an example for each question, and one more without its right documents."""
    for golden in questions:
        text = clean_question(golden.question)
        reading = read_question(text, golden.today or GOVERNMENT_ENDS)
        query = Query(text, reading.language, reading.kind, reading.periods)
        hits = index.search(query, 30)
        found = [hit for hit, _ in fold_duplicates(hits, dated=bool(reading.periods))]
        others = [hit for hit in found if hit.source.path not in golden.documents]
        if found:
            right = _is_right(found[0], golden)
            signs = astuple(signs_of(reading, found[0]))
            yield Example(name, text, signs, right, bool(golden.documents), bereft=False)
        if golden.documents and others and not _is_right(others[0], golden):
            signs = astuple(signs_of(reading, others[0]))
            yield Example(name, text, signs, right=False, answerable=False, bereft=True)


def _is_right(hit: Hit, golden: Golden) -> bool:
    start, end = hit.quote
    quote = fold(hit.passage.text[start - hit.passage.start : end - hit.passage.start])
    return any(text in quote or quote in text for text in map(fold, golden.evidence))


def fit(examples: Sequence[Example]) -> tuple[NDArray[np.float32], float]:
    """Return weights and bias: which examples are answerable, scaled to which are right."""
    signs = np.array([one.signs for one in examples], dtype=np.float32)
    counts = np.array([one.count for one in examples], dtype=np.float32)
    whole = np.array([not one.bereft for one in examples])
    answerable = np.array([one.answerable for one in examples], dtype=np.float32)
    right = np.array([one.right for one in examples], dtype=np.float32)
    weights, bias = _regress(signs, answerable, counts, TIDINESS)
    parted = (signs @ weights + bias)[:, None]
    scale, shift = _regress(parted[whole], right[whole], counts[whole], 0.0)
    return weights * scale[0], bias * float(scale[0]) + shift


def _regress(
    signs: NDArray[np.float32],
    truth: NDArray[np.float32],
    counts: NDArray[np.float32],
    tidiness: float,
) -> tuple[NDArray[np.float32], float]:
    """Return the weights and the bias of a logistic regression."""
    mean, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    rows, target, weight = (
        torch.tensor(one) for one in ((signs - mean) / spread, truth, counts / counts.sum())
    )
    fitted = torch.zeros(rows.shape[1] + 1, requires_grad=True)
    optimizer = torch.optim.LBFGS([fitted], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = (
            torch.nn.functional.binary_cross_entropy_with_logits(
                rows @ fitted[:-1] + fitted[-1], target, weight=weight, reduction="sum"
            )
            + tidiness * (fitted[:-1] ** 2).sum()
        )
        value.backward()
        return value

    optimizer.step(loss)
    weights = fitted.detach().numpy()[:-1] / spread
    return weights, float(fitted.detach().numpy()[-1] - weights @ mean)


def confidences(
    examples: Sequence[Example], weights: NDArray[np.float32], bias: float
) -> NDArray[np.float64]:
    """Return how sure each example is."""
    signs = np.array([one.signs for one in examples])
    return np.asarray(1 / (1 + np.exp(-(signs @ weights + bias))))


def report(title: str, examples: Sequence[Example], sure: NDArray[np.float64]) -> None:
    """Print how well confidence parts the answerable questions of each set from the others."""
    answerable = np.array([one.answerable for one in examples])
    bereft = np.array([one.bereft for one in examples])
    for name in SETS:
        of_set = np.array([one.set == name for one in examples])
        yes = sure[of_set & answerable]
        for kind, no in (("unanswerable", ~answerable & ~bereft), ("bereft", bereft)):
            others = sure[of_set & no]
            if len(others):
                refused = float((others < np.quantile(yes, LOST)).mean())
                print(
                    f"{title:10}{name:12}{kind:14}{len(yes):6}{len(others):6}"
                    f"   area {area_between(yes, others):.3f}"
                    f"   refused with {LOST:.0%} of the answerable {refused:.2f}"
                )


def _gather(data: Path, scratch: Path) -> list[Example]:
    embedder = load_embedder()
    examples: list[Example] = []
    for name, load in SETS.items():
        folder, questions = load(data, scratch)
        index = open_index(folder, scratch, embedder)
        examples += examples_of(name, questions, index)
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
    told = np.zeros(len(examples))
    for half in (0, 1):
        fitted = fit([one for one in examples if one.half == half])
        others = np.array([one.half != half for one in examples])
        told[others] = confidences([one for one in examples if one.half != half], *fitted)
    report("in use", examples, confidences(examples, np.array(astuple(WEIGHTS)), BIAS))
    report("held out", examples, told)
    weights, bias = fit(examples)
    for field, use, new in zip(fields(Signs), astuple(WEIGHTS), weights, strict=True):
        print(f"{field.name:12}{use:8.2f}{new:8.2f}")
    print(f"{'bias':12}{BIAS:8.2f}{bias:8.2f}")


if __name__ == "__main__":
    main()
