"""A folder of files read into documents, and the files that could not be read named."""

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from corpus.dates.publication import published_date
from corpus.errors import UnreadableDocument
from corpus.formats.parsed import Parsed
from corpus.formats.registry import Format, format_of
from corpus.languages.detection import detect_language
from corpus.listing import find_files, path_within
from corpus.structure.lists import find_lists
from corpus.structure.sections import find_sections
from corpus.types import Document, Skipped

LONGEST_TITLE = 120
"""Characters up to which a first line may serve as title."""


def read_document(folder: Path, file: Path) -> Document:
    """Read a file of the folder.

    :raises UnreadableDocument: if it holds no text that can be read, whatever is wrong with it; the
        message says why.
    """
    try:
        return _read(path_within(folder, file), file)
    except UnreadableDocument:
        raise
    except MemoryError as error:
        raise UnreadableDocument("Reading it takes more memory than a file may have.") from error
    except Exception as error:  # the libraries raise anything on a broken file
        raise UnreadableDocument(
            f"The file is broken, or not what its name says ({type(error).__name__})."
        ) from error


def read_folder(
    folder: Path, progress: Callable[[int, int], None] | None = None
) -> tuple[list[Document], list[Skipped]]:
    """Read every document under a folder; `progress` is told how many of how many are done.

    :raises UserError: if there is no such folder or it may not be opened.
    """
    listing = find_files(folder)
    documents: list[Document] = []
    skipped = list(listing.skipped)
    for done, file in enumerate(listing.files, start=1):
        try:
            documents.append(read_document(folder, file))
        except UnreadableDocument as error:
            skipped.append(Skipped(path_within(folder, file), str(error)))
        if progress:
            progress(done, len(listing.files))
    return documents, sorted(skipped, key=lambda skip: skip.path)


def file_digest(file: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal, as in `Document.digest`.

    :raises UnreadableDocument: if it cannot be read or is too large to be.
    """
    return hashlib.sha256(_read_bytes(file, _format(file).largest)).hexdigest()


def _read(path: str, file: Path) -> Document:
    known = _format(file)
    data = _read_bytes(file, known.largest)
    parsed = known.read(data)
    if not parsed.text:
        raise UnreadableDocument("There is no text in the file.")
    document = Document(
        path=path,
        text=parsed.text,
        blocks=parsed.blocks,
        title=_title(parsed, path),
        published=published_date(parsed.text, path, parsed.published),
        language=_language(parsed),
        url=parsed.url,
        digest=hashlib.sha256(data).hexdigest(),
    )
    return replace(document, sections=find_sections(document), lists=find_lists(document))


def _format(file: Path) -> Format:
    known = format_of(file.name)
    if known is None:
        raise UnreadableDocument("Files of this kind are not read.")
    return known


def _read_bytes(file: Path, largest: int) -> bytes:
    """Read an ordinary file of a reasonable size; never wait for a pipe or a device."""
    try:
        with open(file, "rb", opener=_at_once) as opened:
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableDocument("It is not an ordinary file.")
            # It may grow while it is read.
            data = opened.read(largest + 1) if status.st_size <= largest else None
    except FileNotFoundError as error:
        raise UnreadableDocument("The file has gone since the folder was listed.") from error
    except PermissionError as error:
        raise UnreadableDocument("The file may not be opened; allow it to be read.") from error
    except OSError as error:
        raise UnreadableDocument(f"The disk could not read the file: {error.strerror}.") from error
    if data is None or len(data) > largest:
        raise UnreadableDocument(f"The file is larger than {largest // 2**20} MB; split it up.")
    if not data.strip():
        raise UnreadableDocument("The file is empty.")
    return data


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)


def _title(parsed: Parsed, path: str) -> str:
    """Return the title the file gives, or its first line, or its name made readable."""
    first = parsed.text.split("\n", 1)[0]
    if parsed.title or len(first) <= LONGEST_TITLE:
        return " ".join((parsed.title or first).split())
    return PurePosixPath(path).stem.replace("-", " ").replace("_", " ").strip().capitalize()


def _language(parsed: Parsed) -> str:
    """Return the language of the text, or where that is too little to tell, the one declared."""
    declared = (parsed.language or "").casefold()[:2]
    named = declared if declared in ("sv", "en") else "other" if declared else "sv"
    return detect_language(parsed.text, default=named)
