"""Converts Markdown files to other formats with the programs and libraries that offices use.

Needs pandoc and LibreOffice (`soffice`), and python-docx, reportlab and openpyxl, which the tests
need as well.
"""

import mailbox
import subprocess
from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape
from pathlib import Path
from typing import Final

import docx
import openpyxl
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from corpus.formats.text.markdown import read_markdown
from corpus.types import Block, BlockKind

_PER_PAGE: Final = 14
"""Blocks per page with reportlab, so that short texts have several pages."""

Write = Callable[[Path, Path], None]
"""Writes the file at the first path in another format to the second."""


def _pandoc(*options: str) -> Write:
    def write(source: Path, target: Path) -> None:
        command = ["pandoc", "-f", "markdown-yaml_metadata_block+hard_line_breaks", str(source)]
        subprocess.run([*command, *options, "-o", str(target)], check=True)

    return write


def blocks_of(source: Path) -> Iterator[tuple[Block, str]]:
    """Yield the blocks of a Markdown file with their text."""
    parsed = read_markdown(source.read_bytes())
    return ((block, parsed.text[block.start : block.end]) for block in parsed.blocks)


def _cells(block: Block, text: str) -> list[str]:
    return [text[start - block.start : end - block.start] for start, end in block.cells]


def _word(source: Path, target: Path) -> None:
    document = docx.Document()
    table = None
    for block, text in blocks_of(source):
        if block.kind is BlockKind.TABLE_ROW:
            cells = _cells(block, text)
            table = table or document.add_table(0, len(cells))
            for cell, value in zip(table.add_row().cells, cells, strict=False):
                cell.text = value
            continue
        table = None
        if block.kind is BlockKind.HEADING:
            document.add_heading(text, min(block.level, 9))
        else:
            listed = block.kind is BlockKind.LIST_ITEM
            document.add_paragraph(text, style="List Bullet" if listed else None)
    document.save(str(target))


def _printed(source: Path, target: Path) -> None:
    styles = getSampleStyleSheet()
    story: list[object] = []
    rows: list[list[str]] = []
    for number, (block, text) in enumerate(blocks_of(source), start=1):
        if block.kind is BlockKind.TABLE_ROW:
            rows.append(_cells(block, text))
            continue
        story += [Table(rows)] if rows else []
        rows = []
        level = min(max(block.level, 1), 4)
        style = styles[f"Heading{level}" if block.kind is BlockKind.HEADING else "BodyText"]
        bullet = "•" if block.kind is BlockKind.LIST_ITEM else None
        story.append(Paragraph(escape(text).replace("\n", "<br/>"), style, bulletText=bullet))
        if number % _PER_PAGE == 0:
            story.append(PageBreak())
    story += [Table(rows)] if rows else []
    SimpleDocTemplate(str(target)).build(story)


def _book(source: Path, target: Path) -> None:
    """Write a sheet with a row for each paragraph, and its heading beside it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Rubrik", "Text"])
    heading = ""
    for block, text in blocks_of(source):
        if block.kind is BlockKind.HEADING:
            heading = text
        else:
            sheet.append([heading, text])
    book.save(target)


def _mail(source: Path, target: Path) -> None:
    target.write_bytes(_letter(source).as_bytes())


def _letter(source: Path) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Anna Moss <anna@example.org>", "bo@example.org"
    message["Subject"] = next((text for _, text in blocks_of(source)), "Hej")
    message.set_content("".join(map(_written, *zip(*blocks_of(source), strict=True))))
    return message


def _written(block: Block, text: str) -> str:
    """Return a block as written in a letter, with the separator from the next."""
    if block.kind is BlockKind.LIST_ITEM:
        return f"- {text}\n"
    if block.kind is BlockKind.TABLE_ROW:
        return "\t".join(_cells(block, text)) + "\n"
    return f"\n{text}\n\n"


def _mailbox(source: Path, target: Path) -> None:
    """Write a mailbox of two mails, the second being the source."""
    other = EmailMessage()
    other["From"], other["Subject"] = "Bo <bo@example.org>", "Fika"
    other.set_content("Vem tar med kaffet?")
    box = mailbox.mbox(target)
    box.add(other)
    box.add(_letter(source))
    box.close()


def _saved_page(source: Path, target: Path) -> None:
    """Write a page as saved by browsers, in one file with its picture."""
    page = MIMEMultipart("related", type="text/html")
    page["Snapshot-Content-Location"] = "https://example.org/sida"
    page["Subject"] = source.stem
    made = target.with_suffix(".html")
    _pandoc("-s")(source, made)
    text = MIMEText(made.read_text(encoding="utf-8"), "html", "utf-8")
    text["Content-Location"] = "https://example.org/sida"
    page.attach(text)
    page.attach(MIMEImage(b"GIF89a", "gif"))
    target.write_bytes(page.as_bytes())
    made.unlink()


DIRECT: Final[dict[str, tuple[str, Write]]] = {
    "pandoc html": (".html", _pandoc("-s")),
    "pandoc txt": (".txt", _pandoc("-t", "plain", "--wrap=none")),
    "pandoc docx": (".docx", _pandoc()),
    "pandoc odt": (".odt", _pandoc()),
    "pandoc rtf": (".rtf", _pandoc("-s")),
    "pandoc epub": (".epub", _pandoc("--metadata", "title= ")),
    "pandoc pptx": (".pptx", _pandoc("--slide-level=2")),
    "python-docx docx": (".docx", _word),
    "reportlab pdf": (".pdf", _printed),
    "openpyxl xlsx": (".xlsx", _book),
    "mail eml": (".eml", _mail),
    "mail mbox": (".mbox", _mailbox),
    "mail mhtml": (".mhtml", _saved_page),
}
"""Extension and function of each writer that starts from Markdown."""

CONVERTED: Final[dict[str, tuple[str, str]]] = {
    "libreoffice pdf": ("pandoc docx", "pdf"),
    "libreoffice docx": ("pandoc odt", "docx"),
    "libreoffice odt": ("pandoc docx", "odt"),
    "libreoffice rtf": ("pandoc docx", "rtf"),
    "libreoffice html": ("pandoc docx", "html"),
    "libreoffice odp": ("pandoc pptx", "odp"),
    "libreoffice ods": ("openpyxl xlsx", "ods"),
    "libreoffice csv": ("openpyxl xlsx", "csv"),
}
"""Formats that LibreOffice converts from another's files, with the extension."""


def write_all(sources: Sequence[tuple[str, Path]], folder: Path) -> None:
    """Write each source with every writer to the writer's folder.

    Existing files are kept.
    """
    written = {path.name for path in folder.glob("*")}
    for writer, (ending, write) in DIRECT.items():
        if writer in written:
            continue
        for name, source in sources:
            target = folder / writer / f"{name}{ending}"
            target.parent.mkdir(parents=True, exist_ok=True)
            write(source, target)
    for writer, (before, ending) in CONVERTED.items():
        if writer in written:
            continue
        for name in {Path(name).parent for name, _ in sources}:
            target = folder / writer / name
            files = sorted((folder / before / name).glob("*.*"))
            command = ["soffice", "--headless", "--convert-to", ending, "--outdir", str(target)]
            subprocess.run([*command, *map(str, files)], check=True, stdout=subprocess.DEVNULL)
