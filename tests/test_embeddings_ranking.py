"""Dates and kinds as evidence."""

from datetime import date

import numpy as np
import pytest

from corpus.types import Period
from embeddings.kinds import KindTest
from embeddings.ranking import days_of, nearness

MARCH = Period(date(2023, 3, 1), date(2023, 3, 31), "March 2023")
ANY_JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31), "January", recurring=True)

ANY_WINTER = Period(date(2024, 12, 1), date(2025, 2, 28), "winter", recurring=True)


@pytest.mark.parametrize(
    ("published", "period", "expected"),
    [
        ("2023-03-21", MARCH, 1.0),
        ("2023-03", MARCH, 1.0),
        ("2023", MARCH, 1.0),
        ("2023-04-02", MARCH, 0.5),
        ("2023-02", MARCH, 0.5),
        ("2023-06", MARCH, 0.0),
        ("2021-03", MARCH, 0.0),
        (None, MARCH, 0.5),
        ("2015-01-20", ANY_JANUARY, 1.0),
        ("2015-02-20", ANY_JANUARY, 0.0),
        ("2015-01", ANY_JANUARY, 1.0),
        ("2015-02-01", ANY_WINTER, 1.0),
        ("2015-11-30", ANY_WINTER, 0.0),
        ("2024-12", MARCH, 0.0),
    ],
)
def test_a_document_weighs_by_how_near_its_date_is(published, period, expected):
    """Within the period counts most, a neighbouring month or no date half, others nothing."""
    first, last = days_of(published) or (None, None)
    days = (first.toordinal(), last.toordinal()) if first and last else (0, 0)
    assert nearness(np.array([days], dtype=np.int32), [period]).tolist() == [expected]


def test_no_date_in_the_question_weighs_nothing():
    """Without a period no document is preferred for its date."""
    assert nearness(np.array([[738000, 738000], [0, 0]], np.int32), []).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("who", "Närvarande var Karin Ek och Bo Lind.", 1.0),
        ("who", "Mötet öppnades och dagordningen godkändes.", 0.0),
        ("how_much", "Bidraget blev 250 000 kronor.", 1.0),
        ("how_much", "Bidraget höjdes.", 0.0),
        ("when", "Vi ses den 3 mars.", 1.0),
        ("when", "Vi ses snart igen.", 0.0),
        ("why", "It was closed because of the flood.", 1.0),
        ("where", "Mötet hölls i Malmö.", 1.0),
        ("where", "Mötet hölls inomhus.", 0.0),
        (None, "Anything goes.", 1.0),
        ("what", "Anything goes.", 1.0),
    ],
)
def test_kinds_of_answer_are_told_by_their_shape(kind, text, expected):
    """Names for who, figures for how much, dates for when: a text holds the kind or does not."""
    assert KindTest(kind, ()).fits(text) == expected


def test_what_the_question_brought_answers_nothing():
    """A name or year that the question itself holds is not what it asks for."""
    asked = {"karin", "ek", "2023"}
    assert KindTest("who", asked).fits("Då talade Karin Ek länge.") == 0.0
    assert KindTest("who", asked).fits("Då talade Karin Ek med Bo Lind.") == 1.0
    assert KindTest("how_much", asked).fits("Det hände 2023.") == 0.0
