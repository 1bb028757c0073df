"""PDF: the text of its pages in reading order, using PDFium without scripts or links.

PDFium gives the position of each character. Lines, columns, headings and tables are derived from
it; see `corpus.formats.paged.page_layout` and `page_text`.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.errors import UnreadableDocument
from corpus.formats.office.titles import choose_title
from corpus.formats.paged import ocr
from corpus.formats.paged.page_layout import Line, Page
from corpus.formats.paged.page_text import write_pages
from corpus.formats.parsed import Parsed, TextBuilder
from corpus.formats.text.plain import read_plain

_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_BOLD_FROM = 600
"""Font weight from which text is bold; 400 is normal."""
_MARKER = re.compile(r"[^\w\s]|o|\w{1,3}[.)]")
_WIDEST_SPACE = 0.6
"""Maximum space between words of one line, relative to its height."""
_AFTER_MARKER = 4.0
_LINE_BREAKS = {0x0A, 0x0D}
_HYPHENS = {0x02, 0xAD, 0xFFFE}
"""Characters for hyphens at line breaks, in PDFium and in files."""


def read_pdf(data: bytes) -> Parsed:
    """Read text, blocks and title of a PDF.

    :raises UnreadableDocument: if it is locked, broken, or has no text.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(_why_closed(error)) from error
    builder = TextBuilder()
    with closing(document):
        pages = [_read_page(document, number) for number in range(len(document))]
        title = document.get_metadata_value("Title").strip()
        write_pages(builder, pages)
        if not builder.blocks():
            _write_pictures(builder, document)
    return Parsed(builder.text(), builder.blocks(), title=choose_title(builder, title))


def _write_pictures(builder: TextBuilder, document: pypdfium2.PdfDocument) -> None:
    """Add the text of scanned pages, if OCR is possible and wanted."""
    ocr.check(len(document))
    for number in range(len(document)):
        with closing(document[number]) as page:
            text = ocr.read_picture(page)
        builder.location = f"p. {number + 1}"
        if text.strip():
            builder.include(read_plain(text.encode()))


def _why_closed(error: pypdfium2.PdfiumError) -> str:
    if "password" in str(error).lower():
        return "The file is locked with a password; save it without one."
    return "The file is not a valid PDF; open it and save it again."


def _read_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        lines = tuple(_lines(text.raw))
        return Page(number + 1, page.get_width(), page.get_height(), lines)


def _lines(text: pdfium.FPDF_TEXTPAGE) -> Iterator[Line]:
    """Yield the texts on each line, in drawing order."""
    box = pdfium.FS_RECTF()
    line = _Open(text)
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in _LINE_BREAKS:
            yield from line.close()
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
        if code in _HYPHENS:
            line.text += "\u00ad"
            continue
        if not chr(code).isspace() and line.is_left(box):
            yield from line.close()
        line.add(index, code, box)
    yield from line.close()


class _Open:
    """A line under construction."""

    def __init__(self, text: pdfium.FPDF_TEXTPAGE) -> None:
        self.text = ""
        self._page = text
        self._fonts: dict[bytes, bool] = {}
        self._sized: dict[float, int] = {}
        self._bold = self._all = 0
        self._box: list[float] | None = None
        self._matrix = pdfium.FS_MATRIX()

    def is_left(self, box: pdfium.FS_RECTF) -> bool:
        """Whether a character is on another line, or far from the end of this one."""
        if self._box is None:
            return False
        _, bottom, right, top = self._box
        height = min(top - bottom, box.top - box.bottom) or 1.0
        overlap = min(top, box.top) - max(bottom, box.bottom)
        # Text after a bullet or number has a wider space.
        widest = _AFTER_MARKER if _MARKER.fullmatch(self.text.strip()) else _WIDEST_SPACE
        return overlap < height / 2 or not -height * 2 < box.left - right < height * widest

    def add(self, index: int, code: int, box: pdfium.FS_RECTF) -> None:
        """Add a character."""
        letter = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        self.text += " " if letter.isspace() else letter
        if letter.isspace() or box.right <= box.left:
            return
        corners = [box.left, box.bottom, box.right, box.top]
        if self._box is None:
            self._box = corners
        else:
            self._box = [
                *map(min, self._box[:2], corners[:2]),
                *map(max, self._box[2:], corners[2:]),
            ]
        size = self._size(index) or round(box.top - box.bottom, 1)
        self._sized[size] = self._sized.get(size, 0) + 1
        self._all += 1
        self._bold += self._is_bold(index)

    def close(self) -> Iterator[Line]:
        """Yield the line, if there is one, and start a new one."""
        if self._box and self.text.strip():
            size = max(self._sized, key=lambda one: self._sized[one])
            bold = self._bold * 10 >= self._all * 9
            left, bottom, right, top = self._box
            yield Line(" ".join(self.text.split()), left, bottom, right, top, size, bold)
        self.text, self._box, self._sized = "", None, {}
        self._bold = self._all = 0

    def _size(self, index: int) -> float:
        """Return the drawn font size of a character.

        Its box is less reliable: in some fonts it is only as high as the letter.
        """
        size = float(pdfium.FPDFText_GetFontSize(self._page, index))
        if not pdfium.FPDFText_GetMatrix(self._page, index, ctypes.byref(self._matrix)):
            return 0.0
        return round(size * math.hypot(self._matrix.c, self._matrix.d), 1)

    def _is_bold(self, index: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self._page, index) >= _BOLD_FROM:
            return True
        name = ctypes.create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(self._page, index, name, 128, None)
        if name.value not in self._fonts:
            self._fonts[name.value] = bool(_BOLD.search(name.value.decode("latin-1")))
        return self._fonts[name.value]
