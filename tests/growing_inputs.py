"""Inputs of growing size, of kinds that once took more than linear time, or could.

Each has a function that reads it and one that makes it in a given size.
"""

import io
import time
from collections.abc import Callable
from contextlib import suppress

from office_files import zipped
from office_samples import OPENDOCUMENT
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import UnreadableDocument
from corpus.formats import archive, mail
from corpus.formats.office import docx, opendocument, rtf, sheets, slides
from corpus.formats.paged import pdf
from corpus.reading import Reading
from corpus.structure.passages import cut_passages
from corpus.types import Document

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


OFFICE: dict[str, tuple[Callable[[bytes], object], Callable[[int], bytes]]] = {
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

PAGE = "<html><body>"
TEXTS: dict[str, tuple[str, Callable[[int], str]]] = {
    "full stops": (".txt", lambda n: "Hej " + "." * n),
    "marks and quotes": (".txt", lambda n: "Hej " + "!?" * n + "”" * n),
    "initials": (".txt", lambda n: "A. " * n),
    "abbreviations": (".txt", lambda n: "t.ex. " * n),
    "a word without end": (".txt", lambda n: "a" * n),
    "white space": (".txt", lambda n: "a" + " " * n + "b" + "\n \n" * n),
    "names": (".txt", lambda n: "Anna von Berg och " * n),
    "dates": (".txt", lambda n: "1 maj 2020 " * n),
    "lead-ins": (".txt", lambda n: "Närvarande:\nAnna Berg\nBo Ek\n\n" * n),
    "colons": (".txt", lambda n: "a:\n" * n),
    "commas": (".txt", lambda n: "Namn: " + "Anna, " * n),
    "short lines": (".txt", lambda n: "Hej du\n" * n),
    "numbered lines": (".txt", lambda n: "§ 1 Val\n" * n),
    "rules of tables": (".txt", lambda n: "a b\n-- --\n" * n),
    "tables that go on": (".txt", lambda n: "-----\na b\n-- --\n" + "a b\n\n" * n),
    "rows of bars": (".txt", lambda n: "|a|b|\n" * n + "|-|\n" * n),
    "cells set out": (".txt", lambda n: "a   b\n" * n + "a   bb   c\n" * n),
    "spaces in a line": (".txt", lambda n: "a" + "  b" * n),
    "dates and roles": (".txt", lambda n: "1 May 2020\nRain\n\nPresent\nAnna Ek\n\n" * (n // 5)),
    "apologies": (".txt", lambda n: "Apologies from Anna Ek and Bo Li.\n\n" * n),
    "headings alone": (".md", lambda n: "# a b\n" * n),
    "spaces in a heading": (".md", lambda n: "# a" + " " * n + "#" * n + " b"),
    "dates over dates": (".md", lambda n: "## 1 May 2020\n\nDate: 5 May 2020\n\n" * (n // 10)),
    "rule of a table": (".md", lambda n: "|-" * n),
    "open addresses": (".md", lambda n: "<http://" * n),
    "open brackets": (".md", lambda n: "[a](b " * n + "[" * n),
    "stars": (".md", lambda n: "**a *b " * n),
    "code marks": (".md", lambda n: "`a ``b " * n),
    "quotes in quotes": (".md", lambda n: "> " * n + "a"),
    "open comments": (".md", lambda n: "<!-- a\n" * n),
    "bold labels": (".md", lambda n: "**Present**\n\n" * n),
    "front matter": (".md", lambda n: "---\n" + "a: b\n" * n),
    "open elements": (".html", lambda n: PAGE + "<nav>" * n + "<script>" * n),
    "elements in elements": (".html", lambda n: PAGE + "<div>" * n + "a" + "</div>" * n),
    "paragraphs": (".html", lambda n: PAGE + "<p>a" * n),
    "rows": (".html", lambda n: PAGE + "<table>" + "<tr><td rowspan=65000>a<td>b" * n),
    "attributes": (".html", lambda n: PAGE + "<p " + " ".join(f"a{i}=1" for i in range(n)) + ">"),
    "line ends": (".html", lambda n: PAGE + "<pre>" + "a\n \n" * n),
    "entities": (".html", lambda n: PAGE + "<p>" + "&amp;&" * n),
}  # fmt: skip


def read_whole(ending: str) -> Callable[[bytes], object]:
    """Return a function that reads a text with sections, lists and passages."""
    reading = Reading("", {})

    def read(data: bytes) -> None:
        for outcome in reading.outcomes(f"a{ending}", data):
            if isinstance(outcome, Document):
                cut_passages(outcome)

    return read


GROWING = {
    **{
        name: (read_whole(ending), lambda n, make=make: make(n).encode())
        for name, (ending, make) in TEXTS.items()
    },
    **OFFICE,
}


def seconds(name: str, count: int) -> float:
    """Return the CPU time of an input of some size, the minimum of three runs."""
    read, make = GROWING[name]
    data = make(count)
    took = []
    for _ in range(3):
        started = time.process_time()
        with suppress(UnreadableDocument):
            read(data)
        took.append(time.process_time() - started)
    return min(took)
