"""Word documents and PDFs."""

import io
import itertools
import shutil
from contextlib import closing

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from office_files import saved, texts
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    ListFlowable,
    ListItem,
    PageBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
)

from corpus.errors import UnreadableDocument
from corpus.formats.office.docx import read_docx
from corpus.formats.paged.pdf import read_pdf
from corpus.reading import read_document
from corpus.types import BlockKind, Skipped
from corpus.workers.pool import read_all

STYLES = getSampleStyleSheet()
SENTENCE = (
    "Styrelsen beslutade att bygga en brygga vid Sjöbodal, som skall vara klar till sommaren. "
)
MEMBERS = [
    ["Namn", "Uppdrag", "Närvaro"],
    ["Anna Moss", "Ordförande", "x"],
    ["Bo Lind", "Kassör", ""],
    ["Karin Ek", "Sekreterare", "x"],
]


def pdf(flowables, **options) -> bytes:
    file = io.BytesIO()
    document = SimpleDocTemplate(file, pagesize=A4)
    document.build(flowables, **options)
    return file.getvalue()


def minutes() -> docx.document.Document:
    document = docx.Document()
    document.core_properties.title = "Mall för protokoll"
    document.sections[0].header.paragraphs[0].text = "Kanotklubben Paddeln"
    document.add_heading("Protokoll årsmöte", 0)
    document.add_heading("Närvarande", 1)
    table = document.add_table(0, 3)
    for row in MEMBERS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("Beslut", 1)
    for text in ("Att laga taket.", "Att köpa en båt."):
        document.add_paragraph(text, style="List Bullet")
    for text in ("Pengar", "Folk"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph().add_run("Övriga frågor").bold = True
    document.add_paragraph("Inga.")
    return document


def test_word_headings_lists_and_tables():
    """Styles make headings, numbers count, a table has its head, and the header is left out."""
    parsed = read_docx(saved(minutes()))
    assert parsed.title == "Protokoll årsmöte"
    headings = ["Protokoll årsmöte", "Närvarande", "Beslut", "Övriga frågor"]
    assert texts(parsed, BlockKind.HEADING) == headings
    assert texts(parsed, BlockKind.LIST_ITEM) == [
        "Att laga taket.",
        "Att köpa en båt.",
        "1. Pengar",
        "2. Folk",
    ]
    rows = [block for block in parsed.blocks if block.kind is BlockKind.TABLE_ROW]
    assert all(row.columns == ("Namn", "Uppdrag", "Närvaro") for row in rows)
    assert [parsed.text[start:end] for start, end in rows[2].cells] == ["Bo Lind", "Kassör", ""]
    assert "Paddeln" not in parsed.text


def test_word_changes_are_accepted():
    """Inserted text is read; deleted, struck or hidden text is not."""
    document = docx.Document()
    paragraph = document.add_paragraph("Priset är ")
    run = "<w:r><w:{0}>{1}</w:{0}></w:r>"
    for change, text, kind in (("del", "40", "delText"), ("ins", "45", "t")):
        attributes = f'{nsdecls("w")} w:id="1" w:author="A"'
        xml = f"<w:{change} {attributes}>{run.format(kind, text)}</w:{change}>"
        paragraph._p.append(parse_xml(xml))
    paragraph.add_run(" kronor")
    paragraph.add_run(" eller gratis").font.strike = True
    paragraph.add_run(" (hemligt)").font.hidden = True
    assert read_docx(saved(document)).text == "Priset är 45 kronor"


def test_word_automatic_paragraph_signs_are_headings():
    """An automatic number such as "§ 1" is part of its heading."""
    document = docx.Document()
    level = document.part.numbering_part.element.xpath(
        './/w:abstractNum[w:lvl/w:pStyle[@w:val="ListNumber"]]/w:lvl/w:lvlText'
    )[0]
    level.set(level.nsmap["w"].join("{}") + "val", "§ %1")
    for text in ("Mötets öppnande", "Val av justerare"):
        document.add_paragraph(text, style="List Number")
        document.add_paragraph(SENTENCE)
    headings = texts(read_docx(saved(document)), BlockKind.HEADING)
    assert headings == ["§ 1 Mötets öppnande", "§ 2 Val av justerare"]


def test_word_cells_that_span_rows_stand_in_each():
    """A name over two rows is in both."""
    document = docx.Document()
    table = document.add_table(3, 2)
    for cell, text in zip(
        itertools.chain.from_iterable(row.cells for row in table.rows),
        ("Namn", "År", "Anna Moss", "2023", "", "2024"),
        strict=True,
    ):
        cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    rows = texts(read_docx(saved(document)), BlockKind.TABLE_ROW)
    assert rows == ["Namn | År", "Anna Moss | 2023", "Anna Moss | 2024"]


def test_word_tabs_part_a_label_from_what_stands_beside_it():
    """Paragraphs that start with a tab belong to the label above; a lone tab separates nothing."""
    document = docx.Document()
    for text in ("Present:\tAnna Ek", "\tBo Li", "Absent:\tCia Å", "It was opened.", "A\tB"):
        document.add_paragraph(text)
    assert texts(read_docx(saved(document))) == [
        "Present: | Anna Ek",
        "| Bo Li",
        "Absent: | Cia Å",
        "It was opened.",
        "A B",
    ]


def test_pdf_headings_lists_tables_and_pages():
    """Larger text is a heading, rows have their head, each block has its page."""
    bullets = ["Att laga taket.", SENTENCE * 2 + "Slut."]
    parsed = read_pdf(
        pdf(
            [
                Paragraph("Protokoll årsmöte", STYLES["Title"]),
                Paragraph("Närvarande", STYLES["Heading2"]),
                Table(MEMBERS),
                Paragraph("Beslut", STYLES["Heading2"]),
                ListFlowable(
                    [ListItem(Paragraph(text, STYLES["BodyText"])) for text in bullets],
                    bulletType="bullet",
                ),
                PageBreak(),
                Paragraph("Övrigt", STYLES["Heading2"]),
                Paragraph(SENTENCE * 5, STYLES["BodyText"]),
            ]
        )
    )
    assert parsed.title == "Protokoll årsmöte"
    headings = ["Protokoll årsmöte", "Närvarande", "Beslut", "Övrigt"]
    assert texts(parsed, BlockKind.HEADING) == headings
    assert texts(parsed, BlockKind.LIST_ITEM) == bullets
    rows = [block for block in parsed.blocks if block.kind is BlockKind.TABLE_ROW]
    assert [parsed.text[row.start : row.end] for row in rows] == [
        "Namn | Uppdrag | Närvaro",
        "Anna Moss | Ordförande | x",
        "Bo Lind | Kassör",
        "Karin Ek | Sekreterare | x",
    ]
    assert {row.columns for row in rows} == {("Namn", "Uppdrag", "Närvaro")}
    assert [block.location for block in parsed.blocks[-2:]] == ["p. 2", "p. 2"]
    assert parsed.text.endswith((SENTENCE * 5).strip())


def test_pdf_letters_are_as_large_as_their_font_is_drawn():
    """The drawn size counts, not the nominal size that the page scales."""
    file = io.BytesIO()
    canvas = Canvas(file)
    for height, size, scale, text in (
        (760, 7.0, 2.0, "Beslut"),
        (730, 10.0, 1.0, "Styrelsen köper en båt i vår."),
        (700, 20.0, 0.5, "Den kostar tolv tusen kronor."),
    ):
        canvas.saveState()
        canvas.scale(scale, scale)
        canvas.setFont("Helvetica", size)
        canvas.drawString(60 / scale, height / scale, text)
        canvas.restoreState()
    canvas.save()
    assert texts(read_pdf(file.getvalue()), BlockKind.HEADING) == ["Beslut"]


def test_pdf_labels_with_names_beside_them_are_lists(tmp_path):
    """Names below each other beside a label are separate, and no label is a column head."""
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.setFont("Helvetica", 11)
    beside = ("Klubbstugan vid sjön", "Anna Ek, ordförande", "Bo Li", "Cia Ö", "Dan Å")
    labels = ("Plats:", "Närvarande:", "", "", "Frånvarande:")
    for number, (label, text) in enumerate(zip(labels, beside, strict=True)):
        canvas.drawString(60, 760 - 14 * number, label)
        canvas.drawString(170, 760 - 14 * number, text)
    canvas.drawString(60, 640, "Anna Ek öppnade mötet och hälsade alla välkomna till stugan.")
    canvas.save()
    (tmp_path / "a.pdf").write_bytes(file.getvalue())
    document = read_document(tmp_path, tmp_path / "a.pdf")
    names = {
        one.label: [document.text[item.start : item.end] for item in one.items]
        for one in document.lists
    }
    assert names["Närvarande"] == ["Anna Ek, ordförande", "Bo Li", "Cia Ö"]
    assert names["Frånvarande"] == ["Dan Å"]


def test_pdf_columns_are_read_one_after_the_other():
    """A sentence continues in the next column; running heads and feet are left out."""

    def head_and_foot(canvas, document):
        canvas.drawString(60, 810, "Stadgar för Kanotklubben")
        canvas.drawString(280, 20, f"Sida {document.page} av 2")

    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A4)
    frames = [Frame(50, 60, 240, 720), Frame(310, 60, 240, 720)]
    document.addPageTemplates([PageTemplate(frames=frames, onPage=head_and_foot)])
    written = [f"Stycke {number} av flera. " + SENTENCE * 6 for number in range(1, 15)]
    document.build([Paragraph(text, STYLES["BodyText"]) for text in written])
    parsed = read_pdf(file.getvalue())
    assert " ".join(texts(parsed)) == "".join(written).strip()
    assert texts(parsed)[:4] == [text.strip() for text in written[:4]]
    assert [parsed.blocks[0].location, parsed.blocks[-1].location] == ["p. 1", "p. 2"]


def test_pdf_sentences_keep_their_page():
    """A sentence over two pages is one; the text after it is on the second."""
    file = io.BytesIO()
    canvas = Canvas(file)
    for number in range(50):
        line = f"Rad {number} av ett långt stycke om en brygga vid Sjöbodal och om allt det som"
        canvas.drawString(60, 800 - 14.3 * number, line)
    canvas.showPage()
    canvas.drawString(60, 800, "hör dit. Här står nästa mening, som börjar på den andra sidan.")
    canvas.save()
    parsed = read_pdf(file.getvalue())
    assert [block.location for block in parsed.blocks] == ["p. 1", "p. 2"]
    first, second = texts(parsed)
    assert first.endswith("allt det som hör dit.")
    assert second == "Här står nästa mening, som börjar på den andra sidan."


def test_pdf_words_parted_at_line_ends_are_whole():
    """Hyphens from line breaks are removed, those of the word stay."""
    file = io.BytesIO()
    canvas = Canvas(file)
    lines = ("Hela frågan om sjö-", "bodarna i hamnen hör till vår-", "och höstmötet i föreningen.")
    for number, line in enumerate(lines):
        canvas.drawString(80, 700 - 14 * number, line)
    canvas.save()
    expected = "Hela frågan om sjöbodarna i hamnen hör till vår- och höstmötet i föreningen."
    assert read_pdf(file.getvalue()).text == expected


def test_pdf_names_on_lines_of_their_own_stay_apart():
    """Short lines are not joined."""
    file = io.BytesIO()
    canvas = Canvas(file)
    lines = ("Närvarande var dessa, enligt den lista som ordföranden läste upp:",
             "Anna Moss", "Bo Lind", "Karin Ek")  # fmt: skip
    for number, line in enumerate(lines):
        canvas.drawString(80, 700 - 14 * number, line)
    canvas.save()
    assert read_pdf(file.getvalue()).text.endswith("Anna Moss\nBo Lind\nKarin Ek")


def test_pdf_without_text_is_told_as_a_scan():
    """Pages without text are reported as scans."""
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()
    with pytest.raises(UnreadableDocument, match="scanner"):
        read_pdf(file.getvalue())


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_pdf_pages_that_are_pictures_are_read_where_that_is_wanted(tmp_path):
    """Tesseract reads a scanned page, and the text's place is the page."""
    file = io.BytesIO()
    canvas = Canvas(file)
    picture = Image.new("L", (1200, 300), 255)
    font = ImageFont.load_default(60)
    ImageDraw.Draw(picture).text((40, 100), "The bridge opens in May", 0, font)
    canvas.showPage()
    canvas.drawInlineImage(picture, 50, 500, 480, 120)
    canvas.save()
    (tmp_path / "a.pdf").write_bytes(file.getvalue())
    with closing(read_all(tmp_path, [tmp_path / "a.pdf"], read_pictures=True)) as outcomes:
        ((outcome,),) = outcomes
    assert not isinstance(outcome, Skipped), outcome
    assert "bridge opens" in outcome[0].text
    assert outcome[0].blocks[0].location == "p. 2"


def test_a_locked_pdf_is_told_as_such():
    """A password-protected file is reported."""
    file = io.BytesIO()
    canvas = Canvas(file, encrypt="hemligt")
    canvas.drawString(80, 700, "Text")
    canvas.save()
    with pytest.raises(UnreadableDocument, match="password"):
        read_pdf(file.getvalue())


@pytest.mark.parametrize("read", [read_docx, read_pdf])
def test_what_is_no_such_file_is_told(read):
    """Other bytes are rejected with a reason."""
    with pytest.raises(UnreadableDocument, match=r"\.$"):
        read(b"Det var en gang" * 100)
