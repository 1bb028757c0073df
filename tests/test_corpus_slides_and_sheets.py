"""Presentations, spreadsheets and tables in text."""

from datetime import date

import openpyxl
import pptx
import pytest
from office_files import placed, rows_of, saved, texts

from corpus.formats.office.sheets import read_csv, read_xlsx
from corpus.formats.office.slides import read_pptx
from corpus.reading import read_folder
from corpus.types import BlockKind


def test_slides_have_titles_lists_tables_and_notes():
    """Each block has its slide; the title comes first, whatever the order of the shapes."""
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    slide.shapes.title.text = "Årsmöte 2024"
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "Beslut"
    slide.placeholders[1].text = "Laga taket\nKöpa båt"
    slide.notes_slide.notes_text_frame.text = "Nämn priset."
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Styrelsen"
    table = slide.shapes.add_table(2, 2, 0, 0, 100, 100).table
    for place, text in enumerate(("Namn", "Uppdrag", "Anna Moss", "Ordförande")):
        table.cell(place // 2, place % 2).text = text
    parsed = read_pptx(saved(presentation))
    assert parsed.title == "Årsmöte 2024"
    assert placed(parsed)[:6] == [
        ("slide 1", "Årsmöte 2024"),
        ("slide 2", "Beslut"),
        ("slide 2", "Laga taket"),
        ("slide 2", "Köpa båt"),
        ("slide 2", "Nämn priset."),
        ("slide 3", "Styrelsen"),
    ]
    head = ("Namn", "Uppdrag")
    assert rows_of(parsed)[-1] == ("slide 3", ["Anna Moss", "Ordförande"], head)


def test_a_spreadsheet_is_rows_with_heads_sheets_and_numbers():
    """A title above the head is not part of the table, empty rows count, and dates are dates."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Medlemmar"
    for row in (
        ["Medlemmar i Kanotklubben"],
        [],
        ["Namn", "Invald", "Avgift"],
        ["Anna Moss", date(2024, 3, 5), 200.0],
        [],
        ["Bo Lind", date(2023, 1, 1), 99.5],
    ):
        sheet.append(row)
    book.create_sheet("Båtar").append(["Namn", "Längd"])
    hidden = book.create_sheet("Gömt")
    hidden.append(["Hemligt", "Pris"])
    hidden.sheet_state = "hidden"
    parsed = read_xlsx(saved(book))
    head = ("Namn", "Invald", "Avgift")
    assert rows_of(parsed)[1:3] == [
        ("row 4", ["Anna Moss", "2024-03-05", "200"], head),
        ("row 6", ["Bo Lind", "2023-01-01", "99.5"], head),
    ]
    assert texts(parsed, BlockKind.HEADING) == ["Medlemmar", "Båtar"]
    assert "Hemligt" not in parsed.text


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_table_in_text_is_parted_by_whatever_parts_it(mark):
    """Commas and line ends in quoted values don't matter."""
    lines = ["Namn,Telefon,Om", '"Moss, Anna",0501-11111,"Ny\nhär"', "Bo Lind,0501-22222,Ja"]
    lines[0], lines[2] = (line.replace(",", mark) for line in (lines[0], lines[2]))
    lines[1] = lines[1].replace('",0', f'"{mark}0').replace('1,"', f'1{mark}"')
    parsed = read_csv("\n".join(lines).encode("cp1252"))
    head = ("Namn", "Telefon", "Om")
    assert rows_of(parsed)[1:] == [
        ("row 2", ["Moss, Anna", "0501-11111", "Ny här"], head),
        ("row 3", ["Bo Lind", "0501-22222", "Ja"], head),
    ]


def test_a_long_table_in_text_is_several_documents(tmp_path):
    """Each of 20,000 rows, whose numbers and heads go on; no list in them is told as whole."""
    lines = ["Namn;Belopp", *(f"Anna Ek;{number}" for number in range(2, 45_001))]
    (tmp_path / "kassa.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "kort.csv").write_text("\n".join(lines[:20_000]), encoding="utf-8")
    documents, skipped = read_folder(tmp_path)
    assert skipped == []
    assert [one.path for one in documents] == [
        "kassa.csv",
        "kassa.csv/rows 20001-40000.csv",
        "kassa.csv/rows 40001-45000.csv",
        "kort.csv",
    ]
    rows = [row for one in documents[:3] for row in rows_of(one)]
    assert [row[:2] for row in rows[1:]] == [
        (f"row {number}", ["Anna Ek", str(number)]) for number in range(2, 45_001)
    ]
    assert {row[2] for row in rows} == {("Namn", "Belopp")}
    assert [bool(one.lists) for one in documents] == [False, False, False, True]
