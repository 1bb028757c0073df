"""Dates that passages are about, and publication dates, as evidence."""

from datetime import date

import numpy as np
import pytest

from corpus.types import Passage, Period
from corpus.words import split_words
from embeddings.index.passage_dates import EventFinder, days_of, time_passages
from embeddings.index.passage_text import heading_text
from embeddings.types import Source

MARCH = Period(date(2023, 3, 1), date(2023, 3, 31), "March 2023")
ANY_JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31), "January", recurring=True)
ANY_WINTER = Period(date(2024, 12, 1), date(2025, 2, 28), "winter", recurring=True)
A_DAY = Period(date(2025, 3, 15), date(2025, 3, 15), "15 March", recurring=True)


def timing(published: str | None, events: list[tuple[str, str]], *periods: Period):
    """Return nearness and year of one passage."""
    days = days_of(published) or (date.fromordinal(1),) * 2
    known = [[one.toordinal() * bool(published) for one in days]]
    spoken = [[date.fromisoformat(one).toordinal() for one in event] for event in events]
    found = time_passages(
        np.array(known, dtype=np.int32),
        np.array(spoken, dtype=np.int32).reshape(-1, 2),
        np.zeros(len(events), dtype=np.intp),
        periods,
    )
    return round(float(found.nearness[0]), 2), int(found.years[0])


@pytest.mark.parametrize(
    ("published", "period", "expected"),
    [
        ("2023-03-21", MARCH, 0.98),
        ("2023-03", MARCH, 0.98),
        ("2023", MARCH, 0.98),
        ("2023-04-02", MARCH, 0.5),
        ("2023-02", MARCH, 0.5),
        ("2023-06", MARCH, 0.0),
        ("2021-03", MARCH, 0.0),
        (None, MARCH, 0.5),
        ("2015-01-31", ANY_JANUARY, 0.98),
        ("2015-02-20", ANY_JANUARY, 0.0),
        ("2015-01", ANY_JANUARY, 0.98),
        ("2016-02-29", ANY_WINTER, 0.98),
        ("2015-11-30", ANY_WINTER, 0.0),
        ("2015-03-02", A_DAY, 0.98),
        ("2024-12", MARCH, 0.0),
    ],
)
def test_a_document_weighs_by_how_near_its_date_is(published, period, expected):
    """Within the period counts most, a neighbouring month or no date half, others nothing."""
    assert timing(published, [], period)[0] == expected


@pytest.mark.parametrize(
    ("events", "period", "expected"),
    [
        ([("2023-03-14", "2023-03-14")], MARCH, 1.0),
        ([("2023-04-14", "2023-04-14")], MARCH, 0.0),
        ([("2019-01-01", "2019-12-31"), ("2023-03-30", "2023-03-31")], MARCH, 1.0),
        ([("2023-01-01", "2023-12-31")], MARCH, 0.5),
        ([("2015-01-14", "2015-01-14")], ANY_JANUARY, 1.0),
        ([("2015-02-14", "2015-02-14")], ANY_JANUARY, 0.0),
        ([("2015-03-15", "2015-03-15")], A_DAY, 1.0),
        ([("2015-03-16", "2015-03-16")], A_DAY, 0.0),
    ],
)
def test_a_passage_weighs_by_what_it_speaks_of(events, period, expected):
    """An event in the period counts fully, a longer one that covers it half."""
    assert timing("2020-06-15", events, period)[0] == expected


def test_speaking_of_a_time_beats_being_from_then():
    """A February report on the January meeting comes before other news of January."""
    report = timing("2015-02-03", [("2015-01-14", "2015-01-14")], ANY_JANUARY)
    other = timing("2015-01-14", [], ANY_JANUARY)
    neither = timing("2015-06-14", [("2015-05-01", "2015-05-01")], ANY_JANUARY)
    assert report > other > neither


def test_the_year_meant_is_that_of_the_event():
    """The year is that of the passage's event, otherwise that of its publication."""
    assert timing("2015-06-05", [("2015-01-01", "2015-01-31")], ANY_JANUARY) == (1.0, 2015)
    assert timing("2015-01-05", [("2013-01-02", "2013-01-02")], ANY_JANUARY) == (1.0, 2013)
    assert timing("2014-01-05", [], ANY_JANUARY) == (0.98, 2014)
    assert timing("2014-12-05", [], ANY_WINTER) == (0.98, 2015)
    assert timing("2014-05-05", [], ANY_JANUARY) == (0.0, 0)
    assert timing("2023-03-05", [], MARCH) == (0.98, 2023)


def test_no_date_in_the_question_weighs_nothing():
    """Without a period no document is preferred by date."""
    assert timing("2021-07-03", [("2021-07-01", "2021-07-01")]) == (0.0, 0)
    assert timing(None, []) == (0.0, 0)


def events_in(text: str, published: str | None, title: str = "Nytt") -> list[str]:
    """Return the events of a passage with one unit per line."""
    units, start = [], 0
    for line in text.splitlines():
        units.append((start, start + len(line)))
        start += len(line) + 1
    passage = Passage("a.md", 0, len(text), text, "", "", tuple(units))
    source = Source("a.md", title, published, "sv", None)
    words = [split_words(line) for line in text.splitlines()]
    found = EventFinder().find(source, passage, words)
    return [" ".join(date.fromordinal(one).isoformat() for one in pair) for pair in found.tolist()]


def test_events_are_told_by_the_date_of_publication():
    """A day without a year is the nearest one; the title counts as well."""
    assert events_in("Mötet den 14 januari.\nNästa i mars.", "2015-02") == [
        "2015-01-14 2015-01-14",
        "2015-03-01 2015-03-31",
    ]
    assert events_in("We met.", "2015-12-20", title="Agenda for 4 January") == [
        "2016-01-04 2016-01-04"
    ]


def test_without_a_publication_the_last_full_date_tells():
    """Full dates in an undated text give its months their year."""
    text = "I maj hände något.\nFredagen den 5 juni 2015 kom hon.\nDe sågs i januari."
    assert events_in(text, None) == ["2015-01-01 2015-01-31", "2015-06-05 2015-06-05"]


def test_a_passage_tells_of_the_time_of_its_section():
    """The time of its section is an event of a passage, whatever its words."""
    passage = Passage("a.md", 0, 5, "We go", "", "", ((0, 5),), (("2019-02-05", "2019-02-05"),))
    source = Source("a.md", "Minutes", None, "en", None)
    found = EventFinder().find(source, passage, [["we", "go"]])
    assert found.tolist() == [[date(2019, 2, 5).toordinal()] * 2]
    assert heading_text(source, passage) == "Minutes. February 5, 2019"
