"""Fits the weights of quotes, `embeddings.types.QuoteEvidence`, with and without a reader.

    python -m benchmarks.fit_quotes --data ../shared/data --reader bundled

The candidates of a question are all units found for it; the weights maximise the likelihood of
those with the answer in a right document. `--reader off` fits the weights for use without a reader.
"""

import argparse
from collections.abc import Iterable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.answer_sets import GOVERNMENT_ENDS, AnswerSet
from benchmarks.choosing import Choice, report
from benchmarks.fit_confidence import add_arguments, answer_sets
from benchmarks.retrieval import open_index
from bot.evaluation.matching import fold, supports
from bot.evaluation.questions import Golden
from bot.question.reading import read_question
from embeddings.models.loading import load_embedder, load_reader
from embeddings.search.passage_index import Found, PassageIndex
from embeddings.search.quote_selection import WITH_READER, WITHOUT_READER
from embeddings.types import Query


def choices_of(answers: AnswerSet, index: PassageIndex) -> Iterator[Choice]:
    """Yield a choice for each question with a unit that contains the answer."""
    for golden in answers.questions:
        if not golden.evidence:
            continue
        reading = read_question(golden.question, golden.today or GOVERNMENT_ENDS)
        found = index.find(Query(golden.question, reading.language, reading.periods))
        choice = choice_of(answers.corpus, golden, found)
        if choice.right.any() and not choice.right.all():
            yield choice


def choice_of(name: str, golden: Golden, found: Found) -> Choice:
    """Return the evidence of each unit found for a question, and which are right."""
    known = [fold(text) for text in golden.evidence]
    figures = np.array(
        [[getattr(one.evidence, field) for field in one.evidence.__slots__] for one in found.units],
        dtype=np.float32,
    )
    right = np.array(
        [
            one.path in golden.documents
            and _holds(found.documents[one.path].units[one.place].text, known)
            for one in found.units
        ],
        dtype=np.bool_,
    )
    return Choice(name, min(golden.documents), figures, right)


def _holds(text: str, known: Iterable[str]) -> bool:
    folded = fold(text)
    return any(supports(folded, evidence) for evidence in known)


def _by_document(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(weights / weights[0], dtype=np.float32)


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    options = add_arguments(parser).parse_args()
    torch.set_num_threads(1)
    embedder, reader = load_embedder(), load_reader(options.reader)
    choices: list[Choice] = []
    for answers in answer_sets(options):
        index = open_index(answers.folder, options.scratch, embedder, reader)
        choices += choices_of(answers, index)
        index.close()
    report(choices, WITH_READER if reader else WITHOUT_READER, _by_document)


if __name__ == "__main__":
    main()
