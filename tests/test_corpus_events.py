"""The dates that texts are about."""

from datetime import date

import pytest

from corpus.dates.events import find_events, may_name_days

NEAR = date(2015, 6, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mötet hölls den 14 januari i Stockholm.", "2015-01-14 2015-01-14"),
        ("Avtalet gäller från december.", "2014-12-01 2014-12-31"),
        ("The council meets in November.", "2015-11-01 2015-11-30"),
        ("Januarimötet sköts upp.", "2015-01-01 2015-01-31"),
        ("Mässan är öppen 24–26 november 2023.", "2023-11-24 2023-11-26"),
        ("De sågs hösten 2013.", "2013-09-01 2013-11-30"),
        ("Beslutet fattades 2014-02-03.", "2014-02-03 2014-02-03"),
        ("Budgeten för 2016 är klar.", "2016-01-01 2016-12-31"),
        ("Vecka 12 är det prov.", "2015-03-16 2015-03-22"),
    ],
)
def test_an_event_is_dated(text, expected):
    """A date without a year is the nearest to the day of writing."""
    (event,) = find_events(text, NEAR)
    assert f"{event.start} {event.end}" == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mellan den 3 oktober 2014 och den 8 mars 2018 var hon minister.",
        "Majoriteten marscherade.",
        "Det kostade 2015 kronor.",
        "Ingenting om tid.",
    ],
)
def test_terms_of_office_and_look_alikes_are_no_events(text):
    """Ranges of years are not about a month, and similar words are not dates."""
    assert list(find_events(text, NEAR)) == []


def test_dates_far_apart_in_a_long_text_are_all_found():
    """Only the parts around date words are parsed."""
    text = f"Den 3 maj 2014 {'gick tiden ' * 20} till den 4 juni 2014 {'och vidare ' * 20}"
    assert [event.start.month for event in find_events(text, None)] == [5, 6]


def test_without_a_day_to_go_by_only_full_dates_count():
    """A month without a year is ignored."""
    assert [str(event.start) for event in find_events("I maj, och 1 maj 2014.", None)] == [
        "2014-05-01"
    ]


def test_words_of_dates():
    """Months, also compounded with a meeting, years and seasons can be dates; most words can't."""
    assert all(map(may_name_days, "januari januarimötet maj 2014 våren vecka sept".split()))
    assert not any(map(may_name_days, "majoritet marsch juniorer 12014 vård".split()))
