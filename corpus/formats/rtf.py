"""Rich text, read as the plain text that it holds."""

from typing import Any

from corpus.errors import UnreadableDocument
from corpus.formats.parsed import Parsed
from corpus.formats.plain import read_plain

_MARK = b"{\\rtf"


def read_rtf(data: bytes) -> Parsed:
    """Read the text of a rich-text file.

    :raises UnreadableDocument: if it is none.
    """
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 - not needed without such files

    if not data.lstrip()[:5].startswith(_MARK):
        raise UnreadableDocument("The file is no rich text, whatever its name says.")
    convert: Any = rtf_to_text
    text: str = convert(data.decode("latin-1"), errors="replace")
    return read_plain(text.encode("utf-8", "replace")) if text.strip() else Parsed("", ())
