"""The year assumed for a month without one, and the others offered."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answer.settle_year import settle_year
from bot.question.reading import in_year, read_question
from bot.types import Citation

TODAY = date(2026, 1, 31)
CITATION = Citation(
    number=1, document="a.md", title="A", published=None, language="sv", location="", url=None,
    passage="A", start=0, end=1, quote="A", quote_start=0, quote_end=1, score=0.9,
)  # fmt: skip


def cited(*found: tuple[int | None, float]) -> list[Citation]:
    """Return citations with these years and scores."""
    return [
        replace(CITATION, number=number, document=f"{number}.md", year=year, score=score)
        for number, (year, score) in enumerate(found, 1)
    ]


def test_the_year_of_the_best_is_taken_and_others_offered():
    """Citations of other years are set aside; years with good ones are offered."""
    reading = read_question("who attended the January meeting", TODAY)
    found = cited((2024, 0.9), (2025, 0.8), (None, 0.75), (2023, 0.75), (2022, 0.5), (2024, 0.4))
    settled = settle_year(reading, found, None)
    assert [(str(one.start), one.recurring) for one in settled.reading.periods] == [
        ("2024-01-01", True)
    ]
    assert [(one.number, one.document) for one in settled.citations] == [
        (1, "1.md"), (2, "3.md"), (3, "6.md"),
    ]  # fmt: skip
    assert [(one.number, one.document) for one in settled.set_aside] == [
        (4, "2.md"), (5, "4.md"), (6, "5.md"),
    ]  # fmt: skip
    assert settled.other_years == (2025, 2023)
    assert settled.note == "Read as January 2024; there is also 2025, 2023."


def test_of_years_that_answer_alike_the_latest_is_taken():
    """A month alone means the last one unless an earlier one answers better."""
    reading = read_question("who attended the January meeting", TODAY)
    settled = settle_year(reading, cited((2023, 0.9), (2025, 0.89), (2024, 0.9)), None)
    assert [one.document for one in settled.citations] == ["2.md"]
    assert settled.other_years == (2024, 2023)
    assert settle_year(reading, cited((2023, -0.2)), None).citations[0].document == "1.md"


@pytest.mark.parametrize(
    ("question", "year", "note"),
    [
        ("vem deltog på mötet i januari", 2015, "Läst som januari 2015."),
        ("vad hände den 14 mars", 2024, "Läst som 14 mars 2024."),
        ("vad hände vecka 3", 2024, "Läst som vecka 3 2024."),
        ("what happened in the spring", 2024, "Read as spring 2024."),
        ("who attended the January meeting", 2026, ""),
    ],
)
def test_it_is_said_unless_it_is_the_latest(question, year, note):
    """The latest year is what everybody expects."""
    settled = settle_year(read_question(question, TODAY), cited((year, 0.9)), None)
    assert (settled.note, settled.other_years) == (note, ())


def test_a_year_that_was_asked_for_comes_first():
    """After the user has chosen, nothing is offered."""
    reading = in_year(read_question("who attended the January meeting", TODAY), 2024)
    settled = settle_year(reading, cited((None, 0.9), (2024, 0.7), (None, 0.6)), 2024)
    assert [(one.number, one.document) for one in settled.citations] == [
        (1, "2.md"), (2, "1.md"), (3, "3.md"),
    ]  # fmt: skip
    assert (settled.note, settled.other_years, settled.set_aside) == ("", (), ())


@pytest.mark.parametrize("question", ["who attended the meeting", "what happened in March 2023"])
def test_nothing_to_settle(question):
    """A question without a date, or with a full one, is unchanged."""
    reading = read_question(question, TODAY)
    found = cited((2023, 0.9), (None, 0.8))
    settled = settle_year(reading, found, None)
    assert (settled.reading, settled.citations) == (reading, tuple(found))
    assert (settled.note, settled.other_years, settled.set_aside) == ("", (), ())


def test_no_citation_tells_a_year():
    """Without a matching citation, the year stays open."""
    reading = read_question("who attended the January meeting", TODAY)
    assert settle_year(reading, (), None).reading == reading
    assert settle_year(reading, cited((None, 0.9)), None).reading == reading
