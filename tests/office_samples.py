"""One small document of each format, and damaged versions of them."""

import io
import random
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from functools import cache

import docx
import openpyxl
import pptx
from office_files import saved, zipped
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

ROWS = [["Namn", "Uppdrag"], ["Anna Moss", "Ordförande"], ["Bo Lind", "Kassör"]]
TEXT = "Styrelsen beslutade att bygga en brygga vid Sjöbodal."
PAGE = (
    "<html><head><title>Möte</title></head><body><main><h1>Möte</h1><p>" + TEXT + "</p><ul><li>Ett"
    "</li><li>Två</li></ul><table><tr><th>Namn</th><th>År</th></tr><tr><td>Anna</td><td>2024</td>"
    "</tr></table></main></body></html>"
)
OPENDOCUMENT = (
    '<o:document xmlns:o="urn:o" xmlns:text="urn:text" xmlns:table="urn:table" '
    'xmlns:draw="urn:draw">'
    "<o:body>{}</o:body></o:document>"
)
ODT = (
    '<text:h text:outline-level="1">Möte</text:h><text:p>' + TEXT + "</text:p><text:list>"
    "<text:list-item><text:p>Ett</text:p></text:list-item></text:list>"
)
ODS = (
    '<table:table table:name="A"><table:table-row table:number-rows-repeated="3"><table:table-cell>'
    '<text:p>Namn</text:p></table:table-cell><table:table-cell table:number-columns-repeated="5">'
    "<text:p>År</text:p></table:table-cell></table:table-row></table:table>"
)


@cache
def samples() -> dict[str, bytes]:
    """Return the bytes of a document for each extension."""
    letter = _letter()
    plain = f"# Möte\n\n{TEXT}\n\n- Ett\n- Två\n\n| a | b |\n|---|---|\n| c | d |\n".encode()
    table = "\n".join(";".join(row) for row in ROWS).encode()
    page, packed = PAGE.encode(), zipped({"a/b.md": plain, "c.csv": table, "d.html": PAGE})
    return {
        ".txt": plain,
        ".md": plain,
        ".markdown": plain,
        ".html": page,
        ".htm": page,
        ".pdf": _pdf(),
        ".docx": _word(),
        ".docm": _word(),
        ".pptx": _slides(),
        ".xlsx": _book(),
        ".csv": table,
        ".tsv": table.replace(b";", b"\t"),
        ".odt": _opendocument("o:text", ODT),
        ".odp": _opendocument("draw:page", ODT),
        ".ods": _opendocument("o:spreadsheet", ODS),
        ".eml": letter,
        ".mbox": b"\n".join([b"From a Tue Mar  5 10:00:00 2024", letter] * 2),
        ".mht": _saved_page(),
        ".mhtml": _saved_page(),
        ".rtf": rb"{\rtf1\ansi\ansicpg1252 {\b M\'f6te}\par Styrelsen s\'e5lde b\'e5ten.\par}",
        ".epub": _epub(),
        ".zip": packed,
    }  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return a damaged version of a file; of an archive sometimes inside a member."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        return _damaged_within(data, chance)
    content = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        chance.choice((_flip, _cut, _repeat, _swap, _grow))(content, chance)
    return bytes(content)


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the members of a ZIP file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _damaged_within(data: bytes, chance: random.Random) -> bytes:
    parts = unzipped(data)
    for name in chance.sample(sorted(parts), min(len(parts), chance.randint(1, 3))):
        if chance.random() < 0.1:
            del parts[name]
        else:
            parts[name] = damaged(parts[name], chance) if parts[name] else b"<a/>"
    return zipped(parts)


def _flip(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 20) if content else 0):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _stretch(content: bytearray, chance: random.Random) -> Iterator[int]:
    start = chance.randrange(len(content) + 1)
    yield from (start, min(len(content), start + chance.randint(0, 200)))


def _cut(content: bytearray, chance: random.Random) -> None:
    start, end = _stretch(content, chance)
    del content[start : end if chance.random() < 0.7 else len(content)]


def _repeat(content: bytearray, chance: random.Random) -> None:
    start, end = _stretch(content, chance)
    content[start:start] = content[start:end] * chance.choice((1, 2, 50, 2000))


def _swap(content: bytearray, chance: random.Random) -> None:
    start, end = _stretch(content, chance)
    other, other_end = _stretch(content, chance)
    content[start:end] = content[other:other_end]


def _grow(content: bytearray, chance: random.Random) -> None:
    odd = chance.choice(
        (b"\0", b"<", b"<a>", b"9" * 20, b"\xff\xfe", b"&a;", b"{", b"(", b"> ", b"|")
    )
    start, _ = _stretch(content, chance)
    content[start:start] = odd * chance.choice((1, 30, 1000))


def _pdf() -> bytes:
    file, styles = io.BytesIO(), getSampleStyleSheet()
    SimpleDocTemplate(file).build(
        [
            Paragraph("Möte", styles["Title"]),
            Paragraph(TEXT * 5, styles["BodyText"]),
            Table(ROWS),
            PageBreak(),
            Paragraph(TEXT, styles["BodyText"]),
        ]
    )
    return file.getvalue()


def _word() -> bytes:
    document = docx.Document()
    document.add_heading("Möte", 1)
    document.add_paragraph(TEXT)
    document.add_paragraph("Ett", style="List Number")
    table = document.add_table(0, 2)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return saved(document)


def _slides() -> bytes:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "Möte"
    slide.placeholders[1].text = f"Ett\n{TEXT}"
    slide.shapes.add_table(2, 2, 0, 0, 100, 100).table.cell(0, 0).text = "Namn"
    return saved(presentation)


def _book() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    return saved(book)


def _letter() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Anna Moss <anna@example.org>", "Möte"
    message["Date"] = "Tue, 05 Mar 2024 10:00:00 +0100"
    message.set_content(f"Hej!\n\n{TEXT}\n\nDen 4 mars 2024 skrev Bo Lind:\n> När är mötet?\n")
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment(b"Namn;Pris\nB;5\n", maintype="text", subtype="csv", filename="a.csv")
    return bytes(message)


def _saved_page() -> bytes:
    message = EmailMessage()
    message.set_content(PAGE, subtype="html")
    return bytes(message)


def _opendocument(kind: str, content: str) -> bytes:
    body = OPENDOCUMENT.format(f"<{kind}>{content}</{kind}>")
    return zipped({"content.xml": body})


def _epub() -> bytes:
    book = (
        '<package><metadata><title>Bok</title></metadata><manifest><item id="a" href="a.xhtml"/>'
        '</manifest><spine><itemref idref="a"/></spine></package>'
    )
    container = '<container><rootfile full-path="x.opf"/></container>'
    return zipped({"META-INF/container.xml": container, "x.opf": book, "a.xhtml": PAGE})
