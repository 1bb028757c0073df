"""Documents know their lists and tables, each with what announces it."""

import pytest

from corpus.reading import read_document
from corpus.structure.lists import row_as_pairs
from corpus.types import Document


@pytest.fixture
def read(tmp_path):
    """Read a document of the given source."""

    def read_source(source: str, name: str = "a.md") -> Document:
        (tmp_path / name).write_text(source)
        return read_document(tmp_path, tmp_path / name)

    return read_source


def lists(document: Document) -> dict[str, list[str]]:
    """Return the items of each list, verbatim, by its label."""
    return {
        one.label: [document.text[item.start : item.end] for item in one.items]
        for one in document.lists
    }


def test_bullets_keep_their_lead_in_or_heading(read):
    """A list is labelled by the line that announces it, else by its heading."""
    document = read("# M\n\n## Present\n\n- Anna Ek\n- Bo Li\n\nAbsent were:\n\n1. Cia Å\n2. Dan Ö")
    assert lists(document) == {"Present": ["Anna Ek", "Bo Li"], "Absent were": ["Cia Å", "Dan Ö"]}


@pytest.mark.parametrize(
    ("line", "label", "items"),
    [
        ("**Present:** Sven, Chuck, Tilde", "Present", ["Sven", "Chuck", "Tilde"]),
        ("Närvarande: Anna Ek, Bo Li och Cia Å", "Närvarande", ["Anna Ek", "Bo Li", "Cia Å"]),
        ("Team members: nikoweave, josh", "Team members", ["nikoweave", "josh"]),
        ("Present: Anna Ek (chair, 2020), Bo Li.", "Present", ["Anna Ek (chair, 2020)", "Bo Li"]),
        ("Present: Anna\nEk, Bo Li", "Present", ["Anna\nEk", "Bo Li"]),
        ("Ordförande: Anna Ek\nSekreterare: Bo Li", "Sekreterare", ["Bo Li"]),
    ],
)
def test_one_line_lists(read, line, label, items):
    """What stands after a label and a colon is a list of what the commas part."""
    assert lists(read(f"# M\n\n{line}"))[label] == items


def test_a_lone_bullet_under_a_heading_is_a_list(read):
    """A heading with one entry lists it; a sentence behind a dash is none."""
    document = read("# M\n\n## Absent\n\n- Cia Å\n\n## Talk\n\n– Nej, sade han då till dem alla.\n")
    assert lists(document) == {"Absent": ["Cia Å"]}


def test_commas_under_a_heading(read):
    """A line of names right under a heading is a list, and a sentence is none."""
    document = read(
        "# M\n\n## Present\n\nAnna Ek, Bo Li och Cia Å\n\n## Decided\n\nWe buy tea, and go home."
    )
    assert lists(document) == {"Present": ["Anna Ek", "Bo Li", "Cia Å"]}


def test_lists_within_a_list(read):
    """Items under an item that ends with a colon are a list of their own."""
    document = read("# M\n\n- Present:\n  - Anna Ek\n  - Bo Li\n- Absent:\n  - Cia Å")
    assert lists(document) == {"Present": ["Anna Ek", "Bo Li"], "Absent": ["Cia Å"]}


def test_name_lines_under_a_lead_in(read):
    """Lines of names after a lead-in are items, in plain text too."""
    document = read("Board meeting\n\nPresent:\nAnna Ek\nBo Li\n\nThe meeting was opened.", "a.txt")
    assert lists(document) == {"Present": ["Anna Ek", "Bo Li"]}


def test_a_table_keeps_its_heads_and_cells(read):
    """Rows are items with their cells; the head names the columns and is no item."""
    document = read(
        "# M\n\nPresent were:\n\n| Name | Present |\n|---|---|\n| Anna Ek | x |\n| Bo Li |  |"
    )
    table = document.lists[0]
    assert (table.label, table.columns) == ("Present were", ("Name", "Present"))
    assert [row_as_pairs(document, row, table.columns) for row in table.items] == [
        "Name: Anna Ek; Present: x",
        "Name: Bo Li",
    ]


def test_values_parted_by_semicolons_are_a_table(read):
    """Lines of a plain text with as many semicolons each are rows."""
    document = read("Staff\n\nName;Role;Phone\nAnna Ek;Head;0501-1\nBo Li;Clerk;0501-2", "a.txt")
    assert document.lists[0].columns == ("Name", "Role", "Phone")
    assert row_as_pairs(document, document.lists[0].items[1], document.lists[0].columns) == (
        "Name: Bo Li; Role: Clerk; Phone: 0501-2"
    )
