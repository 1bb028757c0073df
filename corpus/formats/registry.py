"""The supported formats, by file extension."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from corpus.formats.parsed import Parsed

_TEXT = 50 * 2**20
"""Bytes; a text of this size would fill a bookcase."""
_OFFICE = 200 * 2**20
"""Bytes; most of such a file is pictures."""


@dataclass(frozen=True, slots=True)
class Format:
    """The reader of a file format."""

    module: str
    """A module of `corpus.formats`, imported on first use, since its library may be heavy."""
    reader: str
    """The module's function that takes a file's bytes."""
    library: str = ""
    """An optional dependency that it needs."""
    largest: int = _TEXT
    """Maximum file size in bytes."""

    def read(self, data: bytes) -> Parsed:
        """Read a file's bytes; UnreadableDocument, or any error, if that fails."""
        module = import_module(f"corpus.formats.{self.module}")
        return cast("Callable[[bytes], Parsed]", getattr(module, self.reader))(data)

    def remedy(self) -> str:
        """Return the command that installs a missing library; "" if none is missing."""
        return "" if _is_installed(self.library) else "pip install 'citera[office]'"


FORMATS = {
    ".txt": Format("text.plain", "read_plain"),
    ".md": Format("text.markdown", "read_markdown"),
    ".markdown": Format("text.markdown", "read_markdown"),
    ".html": Format("html.web", "read_html"),
    ".htm": Format("html.web", "read_html"),
    ".pdf": Format("paged.pdf", "read_pdf", "pypdfium2", _OFFICE),
    ".docx": Format("office.docx", "read_docx", "", _OFFICE),
    ".docm": Format("office.docx", "read_docx", "", _OFFICE),  # Macros are never run.
    ".pptx": Format("office.slides", "read_pptx", "", _OFFICE),
    ".xlsx": Format("office.sheets", "read_xlsx", "openpyxl", _OFFICE),
    ".csv": Format("office.sheets", "read_csv"),
    ".tsv": Format("office.sheets", "read_csv"),
    ".odt": Format("office.opendocument", "read_odt", "", _OFFICE),
    ".odp": Format("office.opendocument", "read_odt", "", _OFFICE),
    ".ods": Format("office.opendocument", "read_ods", "", _OFFICE),
    ".eml": Format("mail", "read_eml", "", _OFFICE),
    ".mbox": Format("mail", "read_mbox", "", _OFFICE),
    ".mht": Format("mail", "read_mhtml"),
    ".mhtml": Format("mail", "read_mhtml"),
    ".rtf": Format("office.rtf", "read_rtf", "striprtf"),
    ".epub": Format("html.epub", "read_epub", "", _OFFICE),
    ".zip": Format("archive", "read_zip", "", _OFFICE),
}


def format_of(name: str) -> Format | None:
    """Return the format for a file name; None if unsupported."""
    dot = name.rfind(".")
    ending = name[dot:] if 0 < dot < len(name) - 1 else name
    return FORMATS.get(ending.lower())


@cache
def _is_installed(library: str) -> bool:
    return not library or find_spec(library) is not None
