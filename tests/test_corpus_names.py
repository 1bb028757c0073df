"""Names in prose and lists, with their descriptions."""

import pytest

from corpus.names.finding import find_names


def people(text):
    return [(one.name, one.detail) for one in find_names(text) if one.is_person]


def others(text):
    return [one.name for one in find_names(text) if not one.is_person]


def test_a_list_of_participants():
    """The rest of a line that starts with a name describes that person."""
    text = (
        "Vid mötet deltog:\n\n- Anna Öberg, ordförande\n- Per-Olof af Ek\n"
        "- Li Ström, suppleant för Bo Alm\n"
    )
    assert people(text) == [
        ("Anna Öberg", "ordförande"),
        ("Per-Olof af Ek", ""),
        ("Li Ström", "suppleant för Bo Alm"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Där talade Kustverkets generaldirektör Siv Alm, barn- och äldreminister Bo Ek "
            "och Per Ås.",
            [("Siv Alm", "Kustverkets generaldirektör"), ("Bo Ek", "barn- och äldreminister"),
             ("Per Ås", "")],
        ),
        ("Gruppen leddes av Ada Lind, ordförande i utskottet.",
         [("Ada Lind", "ordförande i utskottet")]),
        ("Present: Ruth Berg (chair), Tom Hall", [("Ruth Berg", "chair"), ("Tom Hall", "")]),
        ("The Prime Minister Ulla Ek met Dr. Jo Ray.",
         [("Ulla Ek", "Prime Minister"), ("Jo Ray", "Dr.")]),
        ("Hamnpresidenten Siv Alm kom.",
         [("Siv Alm", "Hamnpresidenten")]),
        ("EU-ministern Eva Roos reste med A. Öberg.",
         [("Eva Roos", "EU-ministern"), ("A. Öberg", "")]),
        ("Minister för hav och öar Nikos Papas kom.",
         [("Nikos Papas", "Minister för hav och öar")]),
        ("Juan de la Cruz och Luz Pochyly da Costa svarade.",
         [("Juan de la Cruz", ""), ("Luz Pochyly da Costa", "")]),
        ("Siv Alm, som är ordförande i Kvarnlaget, hoppas på regn.",
         [("Siv Alm", "ordförande i Kvarnlaget")]),
        ("Text: Ada Lind, Kvarnby Nyheter", [("Ada Lind", "")]),
        ("Siv Alms förslag antogs. Siv Alm tackade.", [("Siv Alm", ""), ("Siv Alm", "")]),
    ],
)  # fmt: skip
def test_people_and_what_they_are(text, found):
    """Titles before and after a name, brackets, particles, initials and genitives."""
    assert people(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "I januari åkte de till Norra Hagen.",
        "Mötet hölls i New York på torsdagen.",
        "Avtalet med Berga Plåt & Tak AB är klart.",
        "European Union och Nordiska Ministerrådet",
        "Under Våren. Efter Mötet.",
    ],
)
def test_no_people(text):
    """Places, companies, bodies, months and first words of sentences are not people."""
    assert people(text) == []


def test_countries_and_bodies():
    """Enumerated names are found, and names of bodies include lower-case parts."""
    assert others("Där var Finland, Österrike och Svenska kyrkan.") == [
        "Finland",
        "Österrike",
        "Svenska kyrkan",
    ]
    assert others("Från Forum för levande historia, Polismyndigheten och SMHI.") == [
        "Forum för levande historia",
        "Polismyndigheten",
        "SMHI",
    ]


def test_names_stand_where_they_say():
    """A name equals the text at its offsets."""
    text = "– Det är bra, säger statsråd Anna Öberg.\n\nBo Ek, jurist\n"
    for one in find_names(text):
        assert text[one.span[0] : one.span[1]] == one.name
        assert one.detail in text
