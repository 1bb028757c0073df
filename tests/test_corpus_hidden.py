"""What an office file keeps without showing it is no text of it."""

import io
import zipfile

import docx
import openpyxl
import pptx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from office_files import NAMESPACES, opendocument, placed, rows_of, saved, texts, zipped

from corpus.formats.office.docx import read_docx
from corpus.formats.office.opendocument import read_ods, read_odt
from corpus.formats.office.sheets import read_xlsx
from corpus.formats.office.slides import read_pptx


def test_hidden_rows_and_columns_of_a_spreadsheet():
    """They are left out, also several columns at once; what is shown keeps its numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Namn", "Lön", "Konto", "Roll"], ["Anna", 9, 8, "Ek"], ["Bo", 7, 6, "Al"]):
        sheet.append(row)
    sheet.append(["Cy", 5, 4, "Or"])
    sheet.column_dimensions.group("B", "C", hidden=True)
    sheet.row_dimensions[3].hidden = True
    head = ("Namn", "Roll")
    assert rows_of(read_xlsx(saved(book))) == [
        ("Sheet, row 1", ["Namn", "Roll"], head),
        ("Sheet, row 2", ["Anna", "Ek"], head),
        ("Sheet, row 4", ["Cy", "Or"], head),
    ]


def test_hidden_parts_of_an_opendocument_spreadsheet():
    """A sheet, a column, and rows that are hidden or filtered out."""
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"

    def row(*values: str, how: str = "") -> str:
        cells = "".join(map(cell.format, values))
        return f"<table:table-row{how}>{cells}</table:table-row>"

    collapse, filtered = (f' table:visibility="{how}"' for how in ("collapse", "filter"))
    columns = f"<table:table-column/><table:table-column{collapse}/><table:table-column/>"
    rows = row("Namn", "Lön", "Roll") + row("Anna", "9", "Ek") + row("Bo", "7", "Al", how=filtered)
    hidden = f'<table:table table:name="B" table:style-name="ta2">{row("Dolt", "9")}</table:table>'
    body = f'<table:table table:name="A">{columns}{rows}</table:table>{hidden}'
    style = '<style:style style:name="ta2"><style:p table:display="false"/></style:style>'
    parsed = read_ods(opendocument(f"<office:spreadsheet>{body}</office:spreadsheet>", style))
    assert [cells for _, cells, _ in rows_of(parsed)] == [["Namn", "Roll"], ["Anna", "Ek"]]


def test_hidden_text_of_an_opendocument():
    """Paragraphs by their style, whoever has named it, sections, and what hangs on a condition."""
    hides = (
        '<style:style style:name="{}"><style:text-properties text:display="none"/></style:style>'
    )
    content = opendocument(
        "<office:text>"
        '<text:p text:style-name="P1">Ett</text:p><text:p text:style-name="Gömt">Två</text:p>'
        '<text:section text:display="none"><text:p>Tre</text:p></text:section>'
        '<text:section text:display="condition"><text:p>Synligt.</text:p></text:section>'
        '<text:p><text:hidden-paragraph text:is-hidden="true"/>Fyra</text:p>'
        '<text:p>Också<text:hidden-text text:is-hidden="true">Fem</text:hidden-text>.</text:p>'
        "</office:text>",
        hides.format("P1"),
    )
    named = (
        f"<office:document-styles {NAMESPACES}><office:styles>{hides.format('Gömt')}"
        "</office:styles></office:document-styles>"
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert read_odt(zipped({**parts, "styles.xml": named})).text == "Synligt.\n\nOckså."


def test_a_hidden_slide_of_an_opendocument():
    """It keeps its number."""
    box = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    page = f"<draw:page{{}}>{box}</draw:page>"
    pages = page.format(' draw:style-name="dp1"', "Dolt") + page.format("", "Synligt")
    style = (
        '<style:style style:name="dp1"><style:drawing-page-properties '
        'presentation:visibility="hidden"/></style:style>'
    )
    body = f"<office:presentation>{pages}</office:presentation>"
    assert placed(read_odt(opendocument(body, style))) == [("slide 2", "Synligt")]


def test_a_hidden_slide_is_left_out_with_its_notes():
    """And so is a hidden shape of one that is shown."""
    presentation = pptx.Presentation()
    for text in ("Dolt", "Synligt"):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = text
        slide.placeholders[1].text = "Gömd form"
        slide.notes_slide.notes_text_frame.text = f"Om {text}."
        slide.placeholders[1]._element.nvSpPr.cNvPr.set("hidden", "1")
    presentation.slides[0]._element.set("show", "0")
    assert placed(read_pptx(saved(presentation))) == [
        ("slide 2", "Synligt"),
        ("slide 2", "Om Synligt."),
    ]


def test_hidden_text_of_word():
    """By the style of a paragraph or of a stretch, what is based on one, and rows of a table."""
    document = docx.Document()
    hidden = document.styles.add_style("Gömd", WD_STYLE_TYPE.PARAGRAPH)
    hidden.font.hidden = True
    document.styles.add_style("Ärvd", WD_STYLE_TYPE.PARAGRAPH).base_style = hidden
    document.styles.add_style("Stråk", WD_STYLE_TYPE.CHARACTER).font.hidden = True
    document.add_paragraph("Ett", style="Gömd")
    document.add_paragraph("Två", style="Ärvd").add_run("Trots allt").font.hidden = False
    paragraph = document.add_paragraph("Synligt")
    paragraph.add_run("Tre", style="Stråk")
    table = document.add_table(2, 2)
    for row, words in zip(table.rows, (("A", "B"), ("Fyra", "Fem")), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:hidden"))
    assert texts(read_docx(saved(document))) == ["Trots allt", "Synligt", "A | B"]
