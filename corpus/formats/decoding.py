"""Bytes to text without losing a letter: byte order mark, UTF-8, declared charset, cp1252."""

import codecs
import re

from corpus.errors import UnreadableDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_BYTES = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_MOSTLY_TEXT = 0.005
_UNKNOWN = "The file is in an encoding that is not known; save it as UTF-8."


def decode(data: bytes, declared: str | None = None) -> str:
    """Text of a file's bytes; `declared` is the charset the file itself names, if it names one.

    :raises UnreadableDocument: if the bytes are no text or in an unknown encoding.
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
    """Decode as named, or else as cp1252 wherever the bytes are not UTF-8."""
    try:
        if encoding:
            return data.decode(encoding)
        return data.decode("utf-8", errors="citera.cp1252")
    except UnicodeError as error:
        raise UnreadableDocument(_UNKNOWN) from error


def _known_charset(declared: str | None) -> str | None:
    """Return the declared charset, or None where it means cp1252 or is not known."""
    try:
        name = codecs.lookup(declared or "utf-8").name
    except LookupError:
        return None
    # Pages that say Latin-1 or ASCII mean cp1252, as browsers know [1].
    # [1] https://encoding.spec.whatwg.org/#names-and-labels
    return None if name in ("utf-8", "ascii", "iso8859-1", "cp1252") else name


def _read_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as cp1252; a file may hold both after a careless paste."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252"), error.end


codecs.register_error("citera.cp1252", _read_as_cp1252)
