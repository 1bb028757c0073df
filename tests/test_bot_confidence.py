"""The confidence of answers, and what is said if it is too low."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made_up import KnowingReader, hit, read

from bot.answer.answer_text import Wording, compose_text
from bot.answer.answerer import Answerer
from bot.answer.confidence import (
    LEAST,
    SURE,
    confidence_of,
    grade_of,
    missing_from,
    signs_of,
)
from bot.evaluation.figures import measure
from bot.evaluation.outcomes import evaluate
from bot.evaluation.questions import load_golden
from bot.question.reading import read_question
from bot.types import Grade, Reading
from embeddings.engines.storage import Store
from embeddings.models.static import StaticEmbedder
from embeddings.types import PassageEvidence

GOLDEN = Path(__file__).parent / "golden" / "samples.jsonl"


@pytest.fixture
def asking(store: Path):
    """Return an answerer with the given threshold, or the default one."""

    def answerer(**settings) -> Answerer:
        return Answerer(Store(store), StaticEmbedder(), today=lambda: date(2025, 6, 30), **settings)

    return answerer


def test_most_of_what_nothing_answers_is_held_back_and_little_is_refused(asking):
    """The default threshold, over the samples and without a reader.

    Refused questions count as missed.
    """
    figures = measure(list(evaluate(load_golden(GOLDEN), asking())))
    assert figures["document first"] >= 0.8
    assert figures["document in five"] >= 0.9
    assert figures["quote in five"] >= 0.8
    assert figures["quotes valid"] == figures["words proven"] == 1
    assert figures["held back rightly"] >= 0.6
    assert figures["refused wrongly"] <= 0.06


def test_a_reader_that_sees_no_answer_refuses(asking):
    """It refuses no question that it can answer, and nearly all others."""
    golden = load_golden(GOLDEN)
    known = {one.question.casefold().replace(" ", "_"): one.evidence[0] for one in golden
             if one.evidence}  # fmt: skip
    figures = measure(list(evaluate(golden, asking(reader=KnowingReader(**known)))))
    assert figures["refused rightly"] >= 0.85
    assert figures["refused wrongly"] <= 0.06
    assert figures["quote first"] >= 0.9


def test_the_operating_point_can_be_set(asking):
    """With 0 everything is answered, and with 1 nothing is claimed."""
    question = "When was the village hall's roof inspected?"
    assert asking(confidence_needed=0.0).answer(question).grade is Grade.ANSWER
    held_back = asking(confidence_needed=1.0).answer(question)
    assert held_back.grade is not Grade.ANSWER
    assert "according to the documents" not in held_back.text


@pytest.mark.parametrize(
    ("confidence", "needed", "grade"),
    [
        (0.8, SURE, Grade.ANSWER),
        (SURE, SURE, Grade.ANSWER),
        (LEAST, SURE, Grade.MAY_ANSWER),
        (LEAST - 0.01, SURE, Grade.NOT_FOUND),
        (0.99, 1.0, Grade.MAY_ANSWER),
        (0.0, 0.0, Grade.ANSWER),
    ],
)
def test_three_grades(confidence: float, needed: float, grade: Grade):
    """An answer, a possible one, and nothing; the threshold only moves the first border."""
    assert grade_of(confidence, needed) is grade


def test_quotes_that_may_answer_are_said_to_be_no_more(asking):
    """They are quoted, nothing is listed, and the text says so."""
    answer = asking(confidence_needed=1.0).answer("Hur många tranor räknades?")
    assert (answer.grade, answer.found) == (Grade.MAY_ANSWER, True)
    assert answer.text.startswith("Det här kan vara svaret: [1]")
    assert (answer.items, answer.complete) == ((), None)


def test_what_no_document_says_makes_an_answer_less_sure(tmp_path: Path):
    """Missing words, a missing required name and a missed time each lower it."""
    one = read(tmp_path, "# Bron\n\nBron stängs i maj.\n")
    words = {"rarity": {"bron": 0.2, "tesla": 1.0}}
    reading = Reading("sv", "when", (), insists=("Tesla",))
    said = hit(one, "Bron stängs i maj.", rendered={"bron": 1.0, "tesla": 1.0}, **words)
    lacking = hit(one, "Bron stängs i maj.", rendered={"bron": 1.0, "tesla": 0.0}, **words)
    assert (signs_of(reading, said).unmet, signs_of(reading, said).unsaid) == (0, 0)
    assert signs_of(reading, lacking).unmet == 1
    assert signs_of(reading, lacking).unsaid == pytest.approx(1 / 1.2)
    assert confidence_of(reading, lacking) < confidence_of(reading, said)
    assert confidence_of(reading, None) == 0
    assert missing_from(reading, [lacking]) == ("Tesla",)
    assert missing_from(reading, [lacking, said]) == ()


def test_a_time_that_nothing_is_from_is_missing(tmp_path: Path):
    """A period that no hit is about or from is reported as missing."""
    one = read(tmp_path, "# Bron\n\nBron stängs i maj.\n")
    august = read_question("Who came in August 2019?", date(2026, 1, 31))
    astray = replace(hit(one, "Bron"), matched=PassageEvidence(0, 0, 0, 0, date=0.0, phrase=0))
    assert missing_from(august, [astray]) == ("August 2019",)
    assert signs_of(august, astray).astray == 1
    assert missing_from(august, [astray, hit(one, "Bron")]) == ()


@pytest.mark.parametrize(
    ("language", "told"), [("en", "mentions: Tesla."), ("sv", "nämner: Tesla.")]
)
def test_a_refusal_names_what_was_not_found(language: str, told: str):
    """A name that no passage has is reported, in the question's language."""
    said = Wording(grade=Grade.NOT_FOUND, missing=("Tesla",))
    assert told in compose_text(Reading(language, "what", ()), [], said)


def test_a_refusal_names_the_meetings_that_there_are():
    """If there is no meeting at that time, the dates of others are given."""
    said = Wording(grade=Grade.NOT_FOUND, others=(date(2023, 9, 5), date(2023, 4, 2)))
    text = compose_text(Reading("en", "who", ()), [], said)
    assert text.endswith("The dates I did find: 5 September 2023, 2 April 2023.")


def test_an_answer_misses_nothing(asking):
    """Missing terms are only reported in refusals."""
    assert asking(confidence_needed=0.0).answer("What did they say to Tesla?").missing == ()


def test_the_right_time_makes_an_answer_surer(asking):
    """The same question about a month without a meeting has lower confidence."""
    answerer = asking()
    held = answerer.answer("Vem deltog på styrelsemötet i januari 2025?")
    never = answerer.answer("Vem deltog på styrelsemötet i augusti 2025?")
    assert held.confidence > never.confidence
    assert (held.grade, bool(held.items)) == (Grade.ANSWER, True)
    assert (never.grade is Grade.ANSWER, never.items) == (False, ())
