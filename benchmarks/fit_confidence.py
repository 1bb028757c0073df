r"""Fits the weights and biases of `bot.answer.confidence`.

    python -m benchmarks.fit_confidence --data ../shared/data --reader bundled \
        --minutes ../minutes

The weights separate answerable questions from unanswerable ones. The latter include each question
again without its right documents: what is found then is close, but no answer. Scale and bias then
calibrate the result to the share of first quotes with the answer. Each corpus counts the same, and
is evaluated with a fit on the others; then all are used. `--reader off` fits the weights for use
without a reader.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.answer_sets import (
    GOVERNMENT_ENDS,
    SITES,
    AnswerSet,
    government_answers,
    learning_answers,
    minutes_answers,
    sample_answers,
    site_answers,
)
from benchmarks.measures import area_between
from benchmarks.retrieval import open_index
from bot.answer.comparing.folding import fold_duplicates
from bot.answer.confidence import (
    WITH_READER,
    WITHOUT_READER,
    Signs,
    signs_of,
)
from bot.evaluation.matching import fold, supports
from bot.evaluation.questions import Golden
from bot.question.reading import clean_question, read_question
from embeddings.models.loading import load_embedder, load_reader
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Hit, Query

BEREFT: Final = 0.3
"""Weight of a question without its documents."""
TIDINESS: Final = 0.03
"""Regularisation of large weights, in units of the loss."""
BUDGETS: Final = (0.03, 0.06, 0.12)
"""Shares of the answerable questions that may be refused."""

Fitted = NDArray[np.float64]
"""A weight for each field of `Signs`, the intercept last."""


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a question's best quote, and whether it is right."""

    corpus: str
    signs: tuple[float, ...]
    right: bool
    answerable: bool
    """Whether the documents searched answer it."""
    bereft: bool
    """Whether its right documents were removed."""


def add_arguments(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Add the options for questions and reader to a parser."""
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--scratch", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--minutes", type=Path, help="folder with the repositories of minutes")
    parser.add_argument(
        "--sites", type=Path, default=SITES, help="folder of question files and their docs"
    )
    parser.add_argument("--only", action="append", help="ask of this corpus alone, and the like")
    parser.add_argument("--reader", default="bundled", help='a reader, or "off"')
    return parser


def answer_sets(options: argparse.Namespace) -> Iterator[AnswerSet]:
    """Yield the sets named by the options, each with its corpus."""
    loads = (
        ("samples", sample_answers),
        ("government", government_answers),
        ("government", learning_answers),
    )
    for corpus, load in loads:
        if _is_wanted(corpus, options):
            folder, questions = load(options.data, options.scratch)
            yield AnswerSet(corpus, folder, tuple(questions))
    if options.minutes and _is_wanted("minutes", options):
        yield from minutes_answers(options.data, options.minutes)
    yield from (one for one in site_answers(options.sites) if _is_wanted(one.corpus, options))


def _is_wanted(corpus: str, options: argparse.Namespace) -> bool:
    return not options.only or corpus in options.only


def examples_of(answers: AnswerSet, index: PassageIndex) -> Iterator[Example]:
    """Yield an example for each question, and one more without its right documents."""
    for golden in answers.questions:
        text = clean_question(golden.question)
        reading = read_question(text, golden.today or GOVERNMENT_ENDS)
        hits = index.search(Query(text, reading.language, reading.periods), 30)
        found = [one.hit for one in fold_duplicates(hits, text, reading.dates_named)]
        others = [hit for hit in found if hit.source.path not in golden.documents]
        answerable = golden.answerable
        if found:
            right, signs = _is_right(found[0], golden), astuple(signs_of(reading, found[0]))
            yield Example(answers.corpus, signs, right, answerable, bereft=False)
        if answerable and others and not _is_right(others[0], golden):
            signs = astuple(signs_of(reading, others[0]))
            yield Example(answers.corpus, signs, right=False, answerable=False, bereft=True)


def _is_right(hit: Hit, golden: Golden) -> bool:
    quote = fold(hit.quoted)
    return any(supports(quote, fold(text)) for text in golden.evidence)


def fit(examples: Sequence[Example]) -> Fitted:
    """Return weights: fitted to answerability, scaled to correctness."""
    signs = np.array([one.signs for one in examples], dtype=np.float64)
    sizes = {one.corpus: sum(two.corpus == one.corpus for two in examples) for one in examples}
    counts = np.array([(BEREFT if one.bereft else 1.0) / sizes[one.corpus] for one in examples])
    whole = np.array([not one.bereft for one in examples])
    answerable = np.array([one.answerable for one in examples], dtype=np.float64)
    right = np.array([one.right for one in examples], dtype=np.float64)
    weights, bias = _regress(signs, answerable, counts, TIDINESS)
    parted = (signs @ weights + bias)[:, None]
    scale, shift = _regress(parted[whole], right[whole], counts[whole], 0.0)
    return np.array([*(weights * scale)[:-1], bias * scale[0] + shift])


def _regress(
    signs: NDArray[np.float64],
    truth: NDArray[np.float64],
    counts: NDArray[np.float64],
    tidiness: float,
) -> tuple[NDArray[np.float64], float]:
    """Return the weights and the bias of a logistic regression."""
    mean, spread = signs.mean(axis=0), signs.std(axis=0)
    # Constant features are not informative.
    spread[spread < 1e-6] = np.inf
    rows, target, weight = (
        torch.tensor(one) for one in ((signs - mean) / spread, truth, counts / counts.sum())
    )
    fitted = torch.zeros(rows.shape[1] + 1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([fitted], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        told = rows @ fitted[:-1] + fitted[-1]
        value = torch.nn.functional.binary_cross_entropy_with_logits(
            told, target, weight=weight, reduction="sum"
        )
        value = value + tidiness * (fitted[:-1] ** 2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    weights = fitted.detach().numpy()[:-1] / spread
    return weights, float(fitted.detach().numpy()[-1] - weights @ mean)


def confidences(examples: Sequence[Example], fitted: Fitted) -> NDArray[np.float64]:
    """Return the confidence of each example."""
    signs = np.array([one.signs for one in examples])
    return np.asarray(1 / (1 + np.exp(-(signs @ fitted))))


def report(title: str, corpus: str, examples: Sequence[Example], fitted: Fitted) -> None:
    """Print how well confidence separates the answerable questions of a corpus."""
    own = [one for one in examples if one.corpus == corpus]
    sure = confidences(own, fitted)
    answerable = np.array([one.answerable for one in own])
    bereft = np.array([one.bereft for one in own])
    yes = np.sort(sure[answerable])
    for kind, no in (("unanswerable", ~answerable & ~bereft), ("bereft", bereft)):
        others = sure[no]
        if not len(others) or not len(yes):
            continue
        line = f"{title:9}{corpus:12}{kind:13}{len(yes):5}{len(others):5}"
        line += f"  area {area_between(yes, others):.3f}  refused"
        for budget in BUDGETS:
            least = yes[int(budget * len(yes))]
            line += f"  {(others < least).mean():.2f} for {budget:.0%} below {least:.3f}"
        print(line)


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    options = add_arguments(parser).parse_args()
    torch.set_num_threads(1)
    embedder, reader = load_embedder(), load_reader(options.reader)
    examples: list[Example] = []
    for answers in answer_sets(options):
        index = open_index(answers.folder, options.scratch, embedder, reader)
        examples += examples_of(answers, index)
        index.close()
    in_use = np.array(astuple(WITH_READER if reader else WITHOUT_READER))
    corpora = list(dict.fromkeys(one.corpus for one in examples))
    for corpus in corpora:
        report("in use", corpus, examples, in_use)
        if others := [one for one in examples if one.corpus != corpus]:
            report("left out", corpus, examples, fit(others))
    for field, use, new in zip(fields(Signs), in_use, fit(examples), strict=True):
        print(f"{field.name:14}{use:8.2f}{new:8.2f}")


if __name__ == "__main__":
    main()
