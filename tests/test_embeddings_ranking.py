"""Kinds of answer as evidence."""

import pytest

from embeddings.kinds import KindTest


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
