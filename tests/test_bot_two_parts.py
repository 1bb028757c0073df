"""Questions with two parts: where they are split, and what is quoted for the second."""

from datetime import date
from pathlib import Path

import pytest
from made_up import KnowingReader

from bot.answer.answerer import Answerer
from bot.question.two_parts import split_parts
from embeddings.engines.storage import Store
from embeddings.models.static import StaticEmbedder

HELD = "Datum: tisdagen den 14 januari 2025, kl. 18.30–20.45"


@pytest.fixture(scope="module")
def asking(store: Path):
    """Return answerers over the samples with the given settings."""

    def answerer(**settings) -> Answerer:
        today = date(2026, 1, 31)
        return Answerer(Store(store), StaticEmbedder(), today=lambda: today, **settings)

    return answerer


@pytest.mark.parametrize(
    ("question", "second", "asks"),
    [
        (
            "Who attended the January meeting, and when was it?",
            "when was it?",
            ("who", "when"),
        ),
        (
            "Who got the top job at the harbour, and how long is the posting?",
            "how long is the posting?",
            ("who", "how long"),
        ),
        (
            "Which agency was put in charge and for how many years?",
            "for how many years?",
            ("which agency", "for how many years"),
        ),
        ("Who resigned, and why?", "why?", ("who", "why")),
        (
            "In spring, who led the board and what did they decide?",
            "what did they decide?",
            ("who", "what"),
        ),
        ("Vem blir hamnchef, och när börjar hon?", "när börjar hon?", ("vem", "när")),
        ("Vem ledde mötet och var hölls det?", "var hölls det?", ("vem", "var")),
        (
            "Hur många båtar fick ligga kvar, och hur länge gällde beslutet?",
            "hur länge gällde beslutet?",
            ("hur många båtar", "hur länge"),
        ),
        (
            "Vilka deltog i mötet, och vilken förening hade hon lett?",
            "vilken förening hade hon lett?",
            ("vilka", "vilken förening"),
        ),
    ],
)
def test_a_question_is_parted_where_it_asks_again(question: str, second: str, asks: tuple):
    parts = split_parts(question)
    assert parts is not None
    assert (parts.second, (parts.first_asks, parts.second_asks)) == (second, asks)


@pytest.mark.parametrize(
    "question",
    [
        "Who attended the January meeting?",
        "Who are the treasurer and the secretary?",
        "Which ministers and which agencies took part?",
        "Which young ministers and which old agencies took part?",
        "When and where did the board meet?",
        "Who decided when and where to meet?",
        "Who decided how the money is spent and when it is paid?",
        "Vilka ministrar och vilka myndigheter deltog i mötet?",
        "När och var hölls mötet?",
        "Vem ledde mötet och var ordförande?",
        "Vad hände i mars och när ministrarna träffades?",
        "Vem sa vad som hände och vem som gjorde det?",
        "Berätta om mötet, och vem var där?",
    ],
)
def test_a_list_and_a_clause_inside_a_question_are_no_second_part(question: str):
    assert split_parts(question) is None


def test_the_second_part_is_looked_for_with_what_the_first_says_it_is_about():
    parts = split_parts("Who got the top job at the harbour, and how long is the posting?")
    assert parts is not None
    assert parts.second_in_full == "how long is the posting, got the top job at the harbour?"


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Who attended the January meeting, and when was it?", "[1] says who, [2] says when."),
        (
            "Vilka deltog på styrelsemötet i januari 2025, och när var det?",
            "[1] säger vilka, [2] säger när.",
        ),
    ],
)
def test_the_quote_for_the_second_part_comes_right_after_the_first(
    asking, question: str, says: str
):
    """The meeting's own date is quoted, and the text says which quote has it."""
    reader = KnowingReader(when_was=HELD, när_var=HELD)
    answer = asking(reader=reader).answer(question)
    first, second = answer.citations[:2]
    assert first.document == second.document == "bygdegarden/protokoll/2025-01-14-styrelsemote.md"
    assert first.quote.startswith("Vid mötet deltog följande personer:")
    assert second.quote == HELD
    assert says in answer.text.splitlines()
    assert [one.number for one in answer.citations] == [*range(1, len(answer.citations) + 1)]
    assert len(answer.citations) <= 5
    places = {(one.document, one.quote_start) for one in (*answer.citations, *answer.further)}
    assert len(places) == len(answer.citations) + len(answer.further)


def test_a_meeting_to_come_is_told_by_another_day_than_the_one_asked_about(asking):
    answer = asking().answer(
        "Vilka deltog på styrelsemötet i januari 2025, och när hålls nästa möte?"
    )
    assert answer.citations[1].quote.startswith("Nästa möte hålls tisdagen den 11 februari")
    assert "[1] säger vilka, [2] säger när." in answer.text.splitlines()
    assert all(item.citation == 1 for item in answer.items)
    assert "Se även" not in answer.text


def test_a_part_that_nothing_answers_is_told(asking):
    """The first part has its quote; the second is reported as not found."""
    answer = asking(reader=KnowingReader(skriver="Karin Lindqvist och Mats Öberg")).answer(
        "Vem fick i uppdrag att skriva under avtalet, och varför?"
    )
    assert "säger varför" not in answer.text


def test_more_of_the_same_claims_no_second_part_again(asking):
    answerer = asking()
    answer = answerer.answer("Who attended the January meeting, and when was it?")
    further = answerer.answer("Who else?", after=answer)
    assert " says " not in further.text
