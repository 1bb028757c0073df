"""The questions that this project wrote over the government corpus."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.answer_sets import held_out_answers, learning_answers
from bot.evaluation.questions import Golden

DATA = Path(__file__).parents[2] / "shared" / "data"
ALIKE = 8
"""A question may not share this many consecutive words with the document that answers it."""

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs the shared data")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch")


@pytest.mark.slow
@pytest.mark.parametrize("load", [learning_answers, held_out_answers])
def test_questions_know_their_answers_and_copy_none(
    load: Callable[[Path, Path], tuple[Path, list[Golden]]], scratch: Path
):
    """Each answerable question has documents that exist and evidence, in words of its own."""
    folder, questions = load(DATA, scratch)
    assert len({one.id for one in questions}) == len(questions) >= 100
    for one in questions:
        texts = [(folder / path).read_text(encoding="utf-8") for path in one.documents]
        assert bool(texts) == bool(one.evidence) == (one.kind != "unanswerable")
        assert all(any(piece in text for text in texts) for piece in one.evidence)
        words = _words(one.question)
        runs = {" ".join(words[at : at + ALIKE]) for at in range(len(words) - ALIKE + 1)}
        assert not any(run in " ".join(_words(text)) for text in texts for run in runs)


def test_no_question_is_in_both_sets(scratch: Path):
    """The sets for fitting and measuring are disjoint."""
    learned, held = (load(DATA, scratch)[1] for load in (learning_answers, held_out_answers))
    assert not {one.question for one in learned} & {one.question for one in held}
    documents = [frozenset().union(*(one.documents for one in each)) for each in (learned, held)]
    assert len(documents[0] & documents[1]) <= 5


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
