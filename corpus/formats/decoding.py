"""Lossless decoding of bytes: byte order mark, UTF-8, declared charset, cp1252."""

import codecs
import re

from corpus.errors import UnreadableDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # Before UTF-16, whose mark it starts with.
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_BYTES = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_MOSTLY_TEXT = 0.005
_UNKNOWN = "The file is in an encoding that is not known; save it as UTF-8."


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of a file's bytes; `declared` is the charset that the file names, if any.

    :raises UnreadableDocument: if the bytes are not text or in an unknown encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, encoding)
    if b"\0" in data or len(_BINARY_BYTES.findall(data)) > len(data) * _MOSTLY_TEXT:
        raise UnreadableDocument("The file is not text, despite its name; save it as text.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(data, _known_charset(declared))


def _decode_as(data: bytes, encoding: str | None) -> str:
    """Decode with an encoding, and bytes that are not UTF-8 as cp1252."""
    try:
        if encoding:
            return data.decode(encoding)
        return data.decode("utf-8", errors="citera.cp1252")
    except UnicodeError as error:
        raise UnreadableDocument(_UNKNOWN) from error


def _known_charset(declared: str | None) -> str | None:
    """Return the declared charset, or None if it means cp1252 or is unknown."""
    try:
        name = codecs.lookup(declared or "utf-8").name
    except LookupError:
        return None
    # Pages that say Latin-1 or ASCII mean cp1252, as browsers know [1].
    # [1] https://encoding.spec.whatwg.org/#names-and-labels
    return None if name in ("utf-8", "ascii", "iso8859-1", "cp1252") else name


def _read_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are not UTF-8 as cp1252; careless pasting may mix both in a file."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252"), error.end


codecs.register_error("citera.cp1252", _read_as_cp1252)
