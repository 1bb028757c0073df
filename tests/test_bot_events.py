"""When a hit's event happened, and which event a question means."""

from dataclasses import replace
from datetime import date

import pytest
from made_up import read

from bot.answer.events import Occasion, days_at, is_within, occasion_of, stretches_within
from bot.question.reading import read_question

TODAY = date(2026, 1, 31)
TWO = """\
# Meetings

Held in the hall.

## 5 March 2024

### Present

- Anna Ek

## 9 April 2024

### Present

- Bo Berg
"""


def periods(question):
    return read_question(question, TODAY).periods


@pytest.mark.parametrize(
    ("question", "occasion"),
    [
        ("Who attended the January meeting?", Occasion(is_event=True)),
        ("Who attended the latest board meeting?", Occasion(is_event=True, latest=True)),
        ("Vilka deltog på det senaste styrelsemötet?", Occasion(is_event=True, latest=True)),
        ("Vad beslutades på första mötet?", Occasion(is_event=True, first=True)),
        ("What is the latest price?", Occasion(is_event=False)),
        ("How much did the roof cost?", Occasion(is_event=False)),
    ],
)
def test_which_event_a_question_means(question, occasion):
    """Only questions about a gathering; "the latest price" is no event."""
    assert replace(occasion_of(question), name=()) == occasion


def test_a_place_has_the_days_of_its_section(tmp_path):
    """Also under a nested heading; without a section's time, the publication date."""
    document = read(tmp_path, TWO)
    assert days_at(document, document.text.index("Anna")) == (date(2024, 3, 5),) * 2
    assert days_at(document, document.text.index("Bo")) == (date(2024, 4, 9),) * 2
    plain = read(tmp_path, "# Bron\n\nPublicerad 3 juni 2025\n\nBron stängs.\n", "b.md")
    assert days_at(plain, plain.text.index("stängs")) == (date(2025, 6, 3),) * 2
    assert days_at(read(tmp_path, "# Bron\n\nBron stängs.\n", "c.md"), 9) is None


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("Who came in March 2024?", True),
        ("Who came in March?", True),
        ("Who came on 5 March 2024?", True),
        ("Who came in 2024?", True),
        ("Who came in April 2024?", False),
        ("Who came in March 2023?", False),
    ],
)
def test_days_are_of_a_time_asked_about(question, fits):
    """A month without a year matches any year."""
    assert is_within((date(2024, 3, 5),) * 2, periods(question)) is fits


def test_the_29th_of_february_is_asked_about_in_any_year():
    """In other years the day before is meant."""
    asked = periods("Who came on 29 February?")
    assert is_within((date(2023, 2, 28),) * 2, asked)
    assert is_within((date(2024, 2, 29),) * 2, asked)
    assert not is_within((date(2023, 3, 1),) * 2, asked)


def test_the_stretches_that_tell_of_a_time(tmp_path):
    """Of dated sections, those that match; an undated document as a whole, or not at all."""
    document = read(tmp_path, TWO)
    (start, end), *inner = stretches_within(document, periods("Who came in April 2024?"))
    assert document.text[start:].startswith("9 April 2024")
    assert "Bo Berg" in document.text[start:end]
    assert all(start <= first and last <= end for first, last in inner)
    assert stretches_within(document, periods("Who came in May 2024?")) == []
    assert stretches_within(document, ()) == [(0, len(document.text))]
    plain = read(tmp_path, "# Bron\n\nPublicerad 3 juni 2025\n\nBron stängs.\n", "b.md")
    whole = [(0, len(plain.text))]
    assert stretches_within(plain, periods("What closed in June 2025?")) == whole
    assert stretches_within(plain, periods("What closed in May 2025?")) == []
