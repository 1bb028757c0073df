"""A folder of files read into documents, and the files that could not be read named."""

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from corpus.dates.publication import published_date
from corpus.errors import UnreadableDocument, UserError
from corpus.formats.markdown import read_markdown
from corpus.formats.parsed import Parsed
from corpus.formats.plain import read_plain
from corpus.formats.web import read_html
from corpus.languages.detection import detect_language
from corpus.structure.lists import find_lists
from corpus.structure.sections import find_sections
from corpus.types import Document, Skipped

READERS: dict[str, Callable[[bytes], Parsed]] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
}
"""The formats that are read, by the end of a file's name."""

LARGEST_FILE = 50 * 2**20
"""Bytes; a text of this size would fill a bookcase."""
LONGEST_TITLE = 120
"""Characters up to which a first line may serve as title."""


def find_files(folder: Path) -> tuple[list[Path], list[Skipped]]:
    """Return the files under a folder that can be read as documents, sorted, and those to skip.

    Hidden files and folders and other formats are passed over.

    :raises UserError: if there is no such folder or it may not be opened.
    """
    _check_folder(folder)
    root = folder.resolve()
    files: list[Path] = []
    skipped: list[Skipped] = []

    def note(path: Path, reason: str) -> None:
        skipped.append(Skipped(path.relative_to(folder).as_posix(), reason))

    def note_unreadable(error: OSError) -> None:
        note(Path(error.filename), "The folder may not be opened; allow it to be read.")

    for parent, folders, names in os.walk(folder, onerror=note_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in [*folders, *names]:
            path = Path(parent, name)
            problem = _link_problem(path, root) if path.is_symlink() else None
            if problem and not name.startswith("."):
                note(path, problem)
            elif name in names and not name.startswith(".") and path.suffix.lower() in READERS:
                files.append(path)
    return sorted(files), sorted(skipped, key=lambda skip: skip.path)


def read_document(folder: Path, file: Path) -> Document:
    """Read a file of the folder.

    :raises UnreadableDocument: if it holds no text that can be read; the message says why.
    """
    path = file.relative_to(folder).as_posix()
    data = _read_bytes(file)
    parsed = READERS[file.suffix.lower()](data)
    if not parsed.text:
        raise UnreadableDocument("There is no text in the file.")
    document = Document(
        path=path,
        text=parsed.text,
        blocks=parsed.blocks,
        title=_title(parsed, file),
        published=published_date(parsed.text, path, parsed.published),
        language=_language(parsed),
        url=parsed.url,
        digest=hashlib.sha256(data).hexdigest(),
    )
    return replace(document, sections=find_sections(document), lists=find_lists(document))


def read_folder(
    folder: Path, progress: Callable[[int, int], None] | None = None
) -> tuple[list[Document], list[Skipped]]:
    """Read every document under a folder; `progress` is told how many of how many are done.

    :raises UserError: if there is no such folder or it may not be opened.
    """
    files, skipped = find_files(folder)
    documents: list[Document] = []
    for done, file in enumerate(files, start=1):
        try:
            documents.append(read_document(folder, file))
        except UnreadableDocument as error:
            skipped.append(Skipped(file.relative_to(folder).as_posix(), str(error)))
        if progress:
            progress(done, len(files))
    return documents, sorted(skipped, key=lambda skip: skip.path)


def file_digest(file: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal, as in `Document.digest`.

    :raises UnreadableDocument: if it cannot be read or is too large to be.
    """
    return hashlib.sha256(_read_bytes(file)).hexdigest()


def _check_folder(folder: Path) -> None:
    if not folder.exists():
        raise UserError(f"There is no folder {folder}; create it or name another one.")
    if not folder.is_dir():
        raise UserError(f"{folder} is not a folder; name the folder that the documents are in.")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise UserError(f"The folder {folder} may not be opened; allow it to be read.")


def _link_problem(link: Path, root: Path) -> str | None:
    """Say why a link is not followed, if it is not."""
    try:
        target = link.resolve(strict=True)
    except FileNotFoundError:
        return "The link leads nowhere; what it led to is gone."
    except (OSError, RuntimeError):  # up to Python 3.12 a loop is a RuntimeError
        return "The link leads back to itself, or to where it may not; it was not followed."
    if target != root and root not in target.parents:
        return "The link leads out of the documents folder; put the file itself there."
    parent = link.parent.resolve()
    if target in (parent, *parent.parents):
        return "The link leads back to a folder that it stands in; it was not followed."
    return None


def _read_bytes(file: Path) -> bytes:
    """Read an ordinary file of a reasonable size."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableDocument("It is not an ordinary file.")
        if status.st_size > LARGEST_FILE:
            megabytes = LARGEST_FILE // 2**20
            raise UnreadableDocument(f"The file is larger than {megabytes} MB; split it up.")
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument("The file has gone since the folder was listed.") from error
    except PermissionError as error:
        raise UnreadableDocument("The file may not be opened; allow it to be read.") from error
    except OSError as error:
        raise UnreadableDocument(f"The disk could not read the file: {error.strerror}.") from error
    if not data.strip():
        raise UnreadableDocument("The file is empty.")
    return data


def _title(parsed: Parsed, file: Path) -> str:
    """Return the title the file gives, or its first line, or its name made readable."""
    first = parsed.text.split("\n", 1)[0]
    if parsed.title or len(first) <= LONGEST_TITLE:
        return " ".join((parsed.title or first).split())
    return file.stem.replace("-", " ").replace("_", " ").strip().capitalize()


def _language(parsed: Parsed) -> str:
    """Return the language of the text, or where that is too little to tell, the one declared."""
    declared = (parsed.language or "").casefold()[:2]
    named = declared if declared in ("sv", "en") else "other" if declared else "sv"
    return detect_language(parsed.text, default=named)
