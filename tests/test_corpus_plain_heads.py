"""Lines of plain text that are headings for the lines right below."""

import pytest

from corpus.formats.text.plain import read_plain
from corpus.reading import read_document
from corpus.types import BlockKind, Document


def blocks(source: str) -> list[tuple[str, str]]:
    parsed = read_plain(source.encode())
    return [(one.kind.value, parsed.text[one.start : one.end]) for one in parsed.blocks]


def headings(source: str) -> list[str]:
    return [text for kind, text in blocks(source) if kind == BlockKind.HEADING]


@pytest.fixture
def read(tmp_path):
    """Read a plain text of the given source."""

    def read_source(source: str) -> Document:
        (tmp_path / "a.txt").write_text(source)
        return read_document(tmp_path, tmp_path / "a.txt")

    return read_source


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("12 januari 2023", "9 februari 2023"),
        ("Week 11", "Week 12"),
        ("Måndag", "Tisdagar"),
        ("January 2024", "Möte 2024-02-09"),
    ],
)
def test_a_time_alone_heads_what_stands_below_it(first, second):
    """Several meetings, weeks or days in one text are sections."""
    source = f"Anteckningar\n\n{first}\nAnna kom med kakan.\n\n{second}\nBo lagade taket."
    assert headings(source) == ["Anteckningar", first, second]


def test_each_of_several_meetings_has_its_own_time(read):
    """The time of a heading applies only to its section."""
    document = read("Byalaget\n\n12 januari 2023\nIsen höll.\n\n9 februari 2023\nIsen smalt.\n")
    assert [(one.path, one.time) for one in document.sections] == [
        (("12 januari 2023",), ("2023-01-12", "2023-01-12")),
        (("9 februari 2023",), ("2023-02-09", "2023-02-09")),
    ]


def test_a_role_alone_heads_the_names_below_it(read):
    """Also other labels near a role above names; a name is no heading."""
    document = read(
        "Socialnämnden\nSammanträde 2023-11-15\n\nBeslutande\nAnn Wiik (ordf.)\nBo El-Amin\n\n"
        "Tjänstgörande ersättare\nPer Ljung\n\nEj närvarande\nBodil Carlén\n\n"
        "§ 112 Ekonomi\nBodil Carléns fråga bordläggs.\n"
    )
    assert document.title == "Socialnämnden Sammanträde 2023-11-15"
    assert [one.path for one in document.sections if one.path] == [
        ("Beslutande",),
        ("Tjänstgörande ersättare",),
        ("Ej närvarande",),
        ("§ 112 Ekonomi",),
    ]
    assert {one.time for one in document.sections} == {("2023-11-15", "2023-11-15")}
    said = {
        one.label: [document.text[item.start : item.end] for item in one.items]
        for one in document.lists
    }
    assert said["Beslutande"] == ["Ann Wiik (ordf.)", "Bo El-Amin"]
    assert said["Ej närvarande"] == ["Bodil Carlén"]


def test_a_role_that_returns_under_each_date_heads_its_names_each_time():
    """Recurring lines are often boilerplate, but not a role above other names."""
    source = (
        "Notes\n\n5 March 2024\n\nPresent\n\nAnna Ek\nBo Li\n\nThe roof was mended by Bo Li.\n\n"
        "9 April 2024\n\nPresent\n\nCia Orr\nDan Ash\n\nThe roof leaks again, said Dan Ash.\n"
    )
    assert headings(source).count("Present") == 2


@pytest.mark.parametrize(
    "source",
    [
        "Hej!\n\nOrdförande Anna Ek\noch Bo Li var där.\n",
        "Hej!\n\nNärvarande tackades av Bo\nFikat dukades fram av Cia i köket.\n",
        "Hej!\n\nAnna Ek (ordf.)\nBo Li\n\nDet var allt.\n",
        "Hej!\n\nMay\nThe board met in the hall. It was cold.\n",
    ],
)
def test_sentences_and_names_head_nothing(source):
    """A line that only starts like a label is text."""
    assert [one for one in headings(source) if one not in ("Hej!", "May")] == []
