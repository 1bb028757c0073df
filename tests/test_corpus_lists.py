"""Lists and tables of documents, with what announces them."""

import pytest

from corpus.reading import read_document
from corpus.structure.rows import row_as_pairs
from corpus.types import Document


@pytest.fixture
def read(tmp_path):
    """Read a document of the given source."""

    def read_source(source: str, name: str = "a.md") -> Document:
        (tmp_path / name).write_text(source)
        return read_document(tmp_path, tmp_path / name)

    return read_source


def lists(document: Document) -> dict[str, list[str]]:
    """Return the items of each list, verbatim, by label."""
    return {
        one.label: [document.text[item.start : item.end] for item in one.items]
        for one in document.lists
    }


def test_bullets_keep_their_lead_in_or_heading(read):
    """A list is labelled by its lead-in, otherwise by its heading."""
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
        (
            "Närvarande: Ordf. Mats Ek, v. ordf. Bo Li och Sekr. Cia Å",
            "Närvarande",
            ["Ordf. Mats Ek", "v. ordf. Bo Li", "Sekr. Cia Å"],
        ),
        ("Present: Anna Ek, Bo Li. Cia Å was ill.", "Present", ["Anna Ek", "Bo Li"]),
        ("Beslutande:\nAnna Ek, Bo Li, Cia\nÅ", "Beslutande", ["Anna Ek", "Bo Li", "Cia\nÅ"]),
        (
            "Frånvarande: Anna Ek, Bo Li och Cia Å hade anmält förhinder.",
            "Frånvarande",
            ["Anna Ek", "Bo Li", "Cia Å"],
        ),
        ("Present: Anna Ek, Bo Li had regrets", "Present", ["Anna Ek", "Bo Li had regrets"]),
        ("Ordförande:\nAnna Ek", "Ordförande", ["Anna Ek"]),
        (
            "Apologies were received from Mr. T. Yeo and Miss E. Baglow.",
            "Apologies were received",
            ["Mr. T. Yeo", "Miss E. Baglow"],
        ),
        (
            "## Present\n\nThe Revd. Hilary Stott (in the chair), Messrs. A. Bow and R. Dunn",
            "Present",
            ["The Revd. Hilary Stott (in the chair)", "Messrs. A. Bow", "R. Dunn"],
        ),
        (
            "## Frånvarande\n\nAnna Ek och Bo Lind hade anmält förhinder.",
            "Frånvarande",
            ["Anna Ek", "Bo Lind"],
        ),
        ("Fees: 1,800 crowns, 4,5 %", "Fees", ["1,800 crowns", "4,5 %"]),
        ("- Anna Ek, Bo Li, Cia Å", "M", ["Anna Ek", "Bo Li", "Cia Å"]),
        ("**Present**\n- Anna Ek\n- Bo Li\n**Absent**\n- Cia Å", "Absent", ["Cia Å"]),
        ("- Anna Ek\n- Bo Li\n**Absent:** Cia Å", "Absent", ["Cia Å"]),
        ("- Anna Ek, vice chair", "M", ["Anna Ek, vice chair"]),
        ("Ordförande: Anna Ek\nSekreterare: Bo Li", "Sekreterare", ["Bo Li"]),
    ],
)
def test_one_line_lists(read, line, label, items):
    """Comma-separated text after a label and a colon is a list."""
    assert lists(read(f"# M\n\n{line}"))[label] == items


def test_a_label_without_values_lists_nothing(read):
    """Nor the label on the next line."""
    assert lists(read("# M\n\nPresent: Anna Ek, Bo Li\nRegrets:\nGuests:")) == {
        "Present": ["Anna Ek", "Bo Li"]
    }
    assert lists(read("# M\n\nPresent:\nRegrets:\n\nWe met.")) == {}


def test_a_lone_bullet_under_a_heading_is_a_list(read):
    """A single entry under a heading is a list; a sentence after a dash is not."""
    document = read("# M\n\n## Absent\n\n- Cia Å\n\n## Talk\n\n– Nej, sade han då till dem alla.\n")
    assert lists(document) == {"Absent": ["Cia Å"]}


def test_commas_under_a_heading(read):
    """A line of names right under a heading is a list; a sentence is not."""
    document = read(
        "# M\n\n## Present\n\nAnna Ek, Bo Li och Cia Å\n\n## Decided\n\nWe buy tea, and go home."
    )
    assert lists(document) == {"Present": ["Anna Ek", "Bo Li", "Cia Å"]}


def test_lists_within_a_list(read):
    """Items under an item that ends with a colon are a separate list."""
    document = read("# M\n\n- Present:\n  - Anna Ek\n  - Bo Li\n- Absent:\n  - Cia Å")
    assert lists(document) == {"Present": ["Anna Ek", "Bo Li"], "Absent": ["Cia Å"]}


def test_name_lines_under_a_lead_in(read):
    """Lines of names after a lead-in are items, in plain text too."""
    document = read("Board meeting\n\nPresent:\nAnna Ek\nBo Li\n\nThe meeting was opened.", "a.txt")
    assert lists(document) == {"Present": ["Anna Ek", "Bo Li"]}


def test_a_table_keeps_its_heads_and_cells(read):
    """Rows are items with cells; the head has the column names and is no item."""
    document = read(
        "# M\n\nPresent were:\n\n| Name | Present |\n|---|---|\n| Anna Ek | x |\n| Bo Li |  |"
    )
    table = document.lists[0]
    assert (table.label, table.columns) == ("Present were", ("Name", "Present"))
    assert [row_as_pairs(document, row, table.columns) for row in table.items] == [
        "Name: Anna Ek; Present: x",
        "Name: Bo Li",
    ]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.txt", "Protokoll\n\nBeslutande: Anna Ek (S), Bo Li (M), Cia\nÅ (C), Dan Ö (V)\n"),
        ("a.txt", "Protokoll\n\nBeslutande:\nAnna Ek (S), Bo Li (M), Cia\nÅ (C), Dan Ö (V)\n"),
        ("a.md", "# M\n\n## Beslutande\n\nAnna Ek (S), Bo Li (M), Cia\nÅ (C), Dan Ö (V)\n"),
    ],
)
def test_commas_over_several_lines(read, name, source):
    """A list broken at full lines is one list, and so is a name."""
    items = lists(read(source, name))["Beslutande"]
    assert [" ".join(item.split()) for item in items] == [
        "Anna Ek (S)",
        "Bo Li (M)",
        "Cia Å (C)",
        "Dan Ö (V)",
    ]


def test_lines_of_a_name_and_a_role_are_items(read):
    """A comma before a role separates no items if each is on its own line."""
    document = read("Protokoll\n\nBeslutande:\nAnna Ek, ordförande\nBo Li, ledamot", "a.txt")
    assert lists(document) == {"Beslutande": ["Anna Ek, ordförande", "Bo Li, ledamot"]}


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.md", "# M\n\n## Present\n\n- [x] Anna Ek\n- [ ] Bo Li\n"),
        ("a.md", "# M\n\n## Present\n\n- ☒ Anna Ek\n- ☐ Bo Li\n"),
        (
            "a.html",
            "<h1>M</h1><h2>Present</h2><ul><li><input type=checkbox checked> Anna Ek</li>"
            "<li><label><input type=checkbox>Bo Li</label></li></ul>",
        ),
    ],
)
def test_a_ticked_box_is_a_cross_in_a_column(read, name, source):
    """The label applies to the items whose box is ticked."""
    document = read(source, name)
    (boxes,) = document.lists
    assert boxes.columns == ("", "Present")
    assert [document.text[item.start : item.end] for item in boxes.items] == ["Anna Ek", "Bo Li"]
    ticks = [document.text[slice(*item.cells[1])].strip() for item in boxes.items]
    assert ticks in (["x", ""], ["☒", "☐"])


@pytest.mark.parametrize(
    ("name", "source"),
    [
        (
            "a.md",
            "# M\n\n| Item | Text |\n|--|--|\n| Present | Anna Ek<br>Bo Li |\n| Absent | Cia Å |\n",
        ),
        (
            "a.html",
            "<h1>M</h1><table><tr><td>Present:</td><td><p>Anna Ek</p><p>Bo Li</p></td></tr>"
            "<tr><td>Absent:</td><td>Cia Å</td></tr></table>",
        ),
        (
            "a.html",
            "<h1>M</h1><table><tr><td>Present</td><td>Anna Ek</td></tr>"
            "<tr><td></td><td>Bo Li</td></tr><tr><td>Absent</td><td>Cia Å</td></tr></table>",
        ),
    ],
)
def test_a_cell_lists_what_the_label_beside_it_says(read, name, source):
    """Names in a cell are a list, on separate lines or in the rows below."""
    found = lists(read(source, name))
    assert (found["Present"], found["Absent"]) == (["Anna Ek", "Bo Li"], ["Cia Å"])


@pytest.mark.parametrize(
    ("name", "source"),
    [
        (
            "a.html",
            "<h1>M</h1><p>Present:</p><p>Anna Ek, chair</p><p>Bo Li</p><p>It was opened.</p>",
        ),
        ("a.txt", "Board\n\nPresent    Anna Ek, chair\n           Bo Li\n\nAbsent     Cia Å\n"),
        ("a.txt", "Board\n\nPresent:\tAnna Ek, chair\n\t\tBo Li\n\nIt was opened.\n"),
        ("a.md", "# M\n\nPresent: Anna Ek, chair, and Bo Li"),
    ],
)
def test_names_on_lines_of_their_own(read, name, source):
    """Paragraphs after a label, and lines beside one, are its list; an office is part of a name."""
    assert lists(read(source, name))["Present"] == ["Anna Ek, chair", "Bo Li"]


def test_columns_of_names_are_lists(read):
    """If each head labels what is below, each column is a list."""
    document = read("# M\n\n| Present | Absent |\n|--|--|\n| Anna Ek | Cia Å |\n| Bo Li | |\n")
    found = lists(document)
    assert (found["Present"], found["Absent"]) == (["Anna Ek", "Bo Li"], ["Cia Å"])


def test_what_a_heading_says_itself(read):
    """A heading "Chair: Anna Ek" is a list of one, and no heading for what follows."""
    document = read("# M\n\n### Chair: Anna Ek\n\n### Talk\n\n- Bo Li\n- Cia Å\n\n**Absent:** Ed")
    assert lists(document) == {"Chair": ["Anna Ek"], "Talk": ["Bo Li", "Cia Å"], "Absent": ["Ed"]}


def test_two_tables_with_an_empty_line_between_are_two(read):
    """A second head starts a second table."""
    document = read("# M\n\n| A | B |\n|--|--|\n| one | two |\n\n| C | D |\n|--|--|\n| x1 | x2 |")
    assert [one.columns for one in document.lists] == [("A", "B"), ("C", "D")]


def test_values_parted_by_semicolons_are_a_table(read):
    """Lines with the same number of semicolons are rows."""
    document = read("Staff\n\nName;Role;Phone\nAnna Ek;Head;0501-1\nBo Li;Clerk;0501-2", "a.txt")
    assert document.lists[0].columns == ("Name", "Role", "Phone")
    assert row_as_pairs(document, document.lists[0].items[1], document.lists[0].columns) == (
        "Name: Bo Li; Role: Clerk; Phone: 0501-2"
    )


def test_a_sentence_after_a_label_is_no_list(read):
    """A greeting "Dear members: ..." is none; a name with a full stop is still an entry."""
    document = read("# M\n\nDear members: I wish you all a fine day here.\n\nChair: Anna Ek.")
    assert lists(document) == {"Chair": ["Anna Ek"]}


@pytest.mark.parametrize("lead_in", ["People:", "## People"])
def test_names_in_a_block_of_code_are_a_list(read, lead_in):
    """Names pasted in a code fence are a list; under other headings it stays code."""
    document = read(
        f"# M\n\n{lead_in}\n\n```\nnico, josh, scott\ntmandry\n```\n\nText:\n\n```\na\nb\n```"
    )
    assert lists(document) == {"People": ["nico", "josh", "scott", "tmandry"]}


@pytest.mark.parametrize(
    "source",
    [
        "# M\n\n## Attending in person\n\nNone :(",
        "# M\n\n## Frånvarande\n\n- Ingen",
        "# M\n\nAbsent: none",
        "# M\n\nPeople in attendance: forgot to record :)",
    ],
)
def test_what_says_that_nobody_is_listed_is_no_list(read, source):
    """The word "None" is no name, and nor are words in lower case."""
    assert lists(read(source)) == {}


@pytest.mark.parametrize("entry", ["simulacrum", "josh and nikoweave", "three guests @tilde"])
def test_names_without_capitals_are_listed(read, entry):
    """A handle is a name, and so is a single word."""
    assert lists(read(f"# M\n\nPresent: {entry}"))
