"""How sure answers are, and what is said where they are not sure enough."""

from datetime import date
from pathlib import Path

import pytest

from bot.answer.answerer import Answerer
from bot.evaluation.figures import measure
from bot.evaluation.outcomes import evaluate
from bot.evaluation.questions import load_golden
from bot.settings import SAMPLES
from embeddings.build import build_index
from embeddings.index.storage import Store
from embeddings.models.static import StaticEmbedder

GOLDEN = Path(__file__).parent / "golden" / "samples.jsonl"


def quiet(stage: str, done: int, total: int) -> None:
    """Take no note of progress."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("sure")
    build_index(SAMPLES, folder, StaticEmbedder(), progress=quiet)
    return Store(folder)


@pytest.fixture
def asking(store: Store):
    """Return an answerer that needs to be as sure as is given, or as sure as usual."""

    def answerer(**settings) -> Answerer:
        return Answerer(store, StaticEmbedder(), today=lambda: date(2025, 6, 30), **settings)

    return answerer


def test_most_of_what_nothing_answers_is_refused_and_little_else(asking):
    """The usual operating point, over the samples: three fifths against an eighth.

    What people get is bounded here, refused questions counted as missed.
    """
    figures = measure(list(evaluate(load_golden(GOLDEN), asking())))
    assert figures["document first"] >= 0.8
    assert figures["document in five"] >= 0.9
    assert figures["quote in five"] >= 0.8
    assert figures["quotes valid"] == 1
    assert figures["refused rightly"] >= 0.6
    assert figures["refused wrongly"] <= 0.125


def test_the_operating_point_can_be_set(asking):
    """Who needs no confidence gets quotes for anything, and who needs all of it for nothing."""
    question = "When was the village hall's roof inspected?"
    assert asking(confidence_needed=0.0).answer(question).found
    refused = asking(confidence_needed=1.0).answer(question)
    assert not refused.found
    assert refused.citations == ()
    assert len(refused.nearest) == 2


def test_a_refusal_names_what_was_not_found(asking):
    """A name that stands in no passage is told, in the asker's language."""
    english = asking(confidence_needed=1.0).answer("What did the municipality say to Tesla?")
    assert english.missing == ("Tesla",)
    assert "mentions: Tesla." in english.text
    swedish = asking(confidence_needed=1.0).answer("Vad sade kommunen till Tesla?")
    assert "nämner: Tesla." in swedish.text


def test_a_time_that_nothing_is_from_is_named(asking):
    """So is a month that no passage speaks of or was published in."""
    answer = asking(confidence_needed=1.0).answer("Who attended the meeting in August 2019?")
    assert "August 2019" in answer.missing


def test_an_answer_misses_nothing(asking):
    """What is missing is told of refusals alone."""
    assert asking(confidence_needed=0.0).answer("What did they say to Tesla?").missing == ()


def test_the_right_time_makes_an_answer_surer(asking):
    """The same question of a month without such a meeting is answered with less confidence."""
    answerer = asking()
    held = answerer.answer("Vem deltog på styrelsemötet i januari 2025?")
    never = answerer.answer("Vem deltog på styrelsemötet i augusti 2025?")
    assert held.confidence > 0.5 > never.confidence
    assert not never.found
