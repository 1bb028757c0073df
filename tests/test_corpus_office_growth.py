"""Readers of office formats take time in step with the size of a file, whatever is in it."""

import io
import time
from contextlib import suppress

import pytest
from office_samples import OPENDOCUMENT, zipped
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import UnreadableDocument
from corpus.formats import archive, docx, mail, opendocument, pdf, rtf, sheets, slides

P = "<w:p><w:r><w:t>En rad text.</w:t></w:r></w:p>"
RUN = "<w:r><w:t>a </w:t></w:r>"
CELL = f"<w:tc>{P}</w:tc>"
ITEM = "<text:list-item><text:p>a b</text:p></text:list-item>"
BOX = "<draw:text-box><text:p>a b</text:p></draw:text-box>"
ROW = (
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
    'table:number-columns-repeated="100"><text:p>a</text:p></table:table-cell></table:table-row>'
)


def word(body: str, styles: str = "") -> bytes:
    document = f'<w:document xmlns:w="urn:w"><w:body>{body}</w:body></w:document>'
    styles = f'<w:styles xmlns:w="urn:w">{styles}</w:styles>'
    return zipped({"word/document.xml": document, "word/styles.xml": styles})


def style(number: int) -> str:
    return (
        f'<w:style w:styleId="s{number}"><w:name w:val="x"/><w:basedOn w:val="s{number + 1}"/>'
        "</w:style>"
    )


def slide(shapes: str) -> bytes:
    return zipped(
        {
            "ppt/presentation.xml": '<p xmlns:r="urn:r"><sldIdLst><sldId r:id="a"/></sldIdLst></p>',
            "ppt/_rels/presentation.xml.rels": '<R><R Id="a" Type="x/slide" Target="s.xml"/></R>',
            "ppt/s.xml": f"<sld><cSld><spTree>{shapes}</spTree></cSld></sld>",
        }
    )


def text(body: str) -> bytes:
    return zipped({"content.xml": OPENDOCUMENT.format(f"<o:text>{body}</o:text>")})


def sheet(rows: str) -> bytes:
    body = f"<o:spreadsheet><table:table>{rows}</table:table></o:spreadsheet>"
    return zipped({"content.xml": OPENDOCUMENT.format(body)})


def pages(count: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for page in range(count // 50):
        for line in range(50):
            canvas.drawString(50, 800 - 15 * line, f"Rad {line} av sidan {page}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def one_page(count: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for number in range(count):
        canvas.drawString(50 + number * 7 % 400, 800 - number * 13 % 780, "x")
    canvas.save()
    return file.getvalue()


def members(read):
    return lambda data: list(read(data).members)


GROWING = {
    "paragraphs": (docx.read_docx, lambda n: word(P * n)),
    "runs": (docx.read_docx, lambda n: word(f"<w:p>{RUN * n}</w:p>")),
    "rows": (docx.read_docx, lambda n: word(f"<w:tbl>{f'<w:tr>{CELL}</w:tr>' * n}</w:tbl>")),
    "columns": (docx.read_docx, lambda n: word(f"<w:tbl><w:tr>{CELL * n}</w:tr></w:tbl>")),
    "styles": (docx.read_docx, lambda n: word(P, "".join(map(style, range(n))))),
    "shapes": (slides.read_pptx, lambda n: slide("<sp><p><r><t>Hej du</t></r></p></sp>" * n)),
    "lines of a table": (sheets.read_csv, lambda n: b"Namn;Tal\n" + b"Anna;5\n" * n),
    "values of a line": (sheets.read_csv, lambda n: (b"a;" * n + b"\n") * 2),
    "items": (opendocument.read_odt, lambda n: text(f"<text:list>{ITEM * n}</text:list>")),
    "boxes": (opendocument.read_odt, lambda n: text(f"<text:p>{BOX * n}</text:p>")),
    "repeated rows": (opendocument.read_ods, lambda n: sheet(ROW * n)),
    "quoted lines": (mail.read_eml, lambda n: b"Subject: a\n\n" + b"> hej du\nsvar\n" * n),
    "addresses": (mail.read_eml, lambda n: b"Subject: a\nTo: " + b"a@b.c, " * n + b"\n\nhej du"),
    "letters": (members(mail.read_mbox), lambda n: b"From a Tue 10:00\nSubject: a\n\nHej\n" * n),
    "rich text": (rtf.read_rtf, lambda n: b"{\\rtf1 " + b"\\outlinelevel1 A\\par\\par " * n + b"}"),
    "files": (members(archive.read_zip), lambda n: zipped({f"{i}.md": "" for i in range(n)})),
    "pages": (pdf.read_pdf, pages),
    "letters on a page": (pdf.read_pdf, one_page),
}  # fmt: skip


@pytest.mark.parametrize("name", GROWING)
def test_twice_the_file_takes_twice_the_time(name):
    """Over two doublings the time grows by little more than four."""
    read, make = GROWING[name]

    def seconds(count: int) -> float:
        data = make(count)
        took = []
        for _ in range(2):
            started = time.process_time()
            with suppress(UnreadableDocument):
                read(data)
            took.append(time.process_time() - started)
        return min(took)

    assert seconds(2000) <= 4.6 * seconds(500) + 0.05
