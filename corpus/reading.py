"""Reads a folder of files into documents; unreadable files are reported."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Final

from corpus.dates.publication import published_date
from corpus.errors import UnreadableDocument
from corpus.files import read_bytes
from corpus.formats.parsed import Parsed, clean
from corpus.formats.registry import Format, format_of
from corpus.formats.text.plain_heads import names_time
from corpus.languages.detection import detect_language
from corpus.listing import find_files, path_within
from corpus.sidecars import Sidecars
from corpus.structure.lists import find_lists
from corpus.structure.sections import find_sections
from corpus.types import Document, Skipped

LONGEST_TITLE = 120
"""Maximum length in characters of a first line used as title."""
_DEEPEST: Final = 4
"""Maximum nesting depth of archives."""
_MOST_MEMBERS: Final = 20_000
"""How many files of an archive are read."""


def read_document(folder: Path, file: Path) -> Document:
    """Read a file of the folder; of an archive, the first readable member.

    :raises UnreadableDocument: if it contains no readable text; the message says why.
    """
    reason = ""
    for outcome in read_file(folder, file):
        if isinstance(outcome, Document):
            return outcome
        reason = reason or outcome.reason
    raise UnreadableDocument(reason)


def read_file(
    folder: Path, file: Path, sidecars: Sidecars | None = None
) -> Iterator[Document | Skipped]:
    """Yield the documents in a file, one per member of an archive; raises nothing.

    Unreadable ones are skipped with the reason. The path of a member continues that of the file:
    "letters.zip/2024/march.docx".
    """
    path = path_within(folder, file)
    try:
        data = read_bytes(file, _format(path).largest)
        given, said = (sidecars or Sidecars(folder)).of(file)
    except UnreadableDocument as error:
        yield Skipped(path, str(error))
        return
    digest = hashlib.sha256(data + said).hexdigest()
    yield from Reading(digest, given).outcomes(path, data)


def read_folder(
    folder: Path, progress: Callable[[int, int], None] | None = None
) -> tuple[list[Document], list[Skipped]]:
    """Read all documents in a folder; `progress` gets the number done and the total.

    :raises UserError: if the folder does not exist or cannot be opened.
    """
    listing = find_files(folder)
    sidecars = Sidecars(folder)
    documents: list[Document] = []
    skipped = list(listing.skipped)
    for done, file in enumerate(listing.files, start=1):
        for outcome in read_file(folder, file, sidecars):
            if isinstance(outcome, Document):
                documents.append(outcome)
            else:
                skipped.append(outcome)
        if progress:
            progress(done, len(listing.files))
    return documents, sorted(skipped, key=lambda skip: skip.path)


def file_digest(file: Path, sidecars: Sidecars | None = None) -> str:
    """Return the digest of a file and its sidecar files, as in `Document.digest`.

    :raises UnreadableDocument: if it cannot be read or is too large.
    """
    data = read_bytes(file, _format(file.name).largest)
    said = sidecars.of(file)[1] if sidecars else b""
    return hashlib.sha256(data + said).hexdigest()


@dataclass(slots=True)
class Reading:
    """The reading of one file and of its members."""

    digest: str
    given: dict[str, str]
    """The metadata from sidecar files."""
    paths: set[str] = field(default_factory=set)

    def outcomes(
        self, path: str, data: bytes | Parsed, depth: int = 0
    ) -> Iterator[Document | Skipped]:
        """Yield the results of reading a file, given as bytes or as a parsed part of another."""
        try:
            parsed = data if isinstance(data, Parsed) else _format(path).read(data)
            document = self._document(path, parsed) if parsed.text else None
        except Exception as error:  # noqa: BLE001 - libraries raise anything on a broken file
            yield Skipped(path, _reason(error))
            return
        if document:
            yield document
        elif not parsed.members:
            yield Skipped(path, "There is no text in the file.")
        if parsed.members and depth < _DEEPEST:
            yield from self._members(path, parsed, depth)

    def _members(self, path: str, parsed: Parsed, depth: int) -> Iterator[Document | Skipped]:
        """Yield the results of reading the members of an archive."""
        other: Counter[str] = Counter()
        try:
            for name, data in parsed.members:
                inner = self._path_for(path, name)
                known = format_of(inner)
                if known is None or known.remedy() or len(self.paths) > _MOST_MEMBERS:
                    other[PurePosixPath(inner).suffix.lower() or "other"] += 1
                else:
                    yield from self.outcomes(inner, data, depth + 1)
        except Exception as error:  # noqa: BLE001 - as above
            yield Skipped(path, _reason(error))
        if other and not parsed.text:
            kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(other.items()))
            yield Skipped(path, f"Not read from the archive: {kinds}.")

    def _path_for(self, path: str, name: str) -> str:
        """Return a unique, safe path for a member."""
        steps = clean(name).replace("\\", "/").replace("\n", " ").split("/")
        kept = "/".join(step.strip() for step in steps if step.strip() not in ("", ".", ".."))
        inner = f"{path}/{kept}"
        if inner in self.paths:
            place = PurePosixPath(inner)
            inner = str(place.with_name(f"{place.stem} ({len(self.paths)}){place.suffix}"))
        self.paths.add(inner)
        return inner

    def _document(self, path: str, parsed: Parsed) -> Document:
        declared = self.given.get("published") or parsed.published
        document = Document(
            path=path,
            text=parsed.text,
            blocks=parsed.blocks,
            title=self.given.get("title") or _title(parsed, path),
            published=published_date(parsed.text, path, declared),
            language=_language(parsed, self.given.get("language")),
            url=self.given.get("url") or parsed.url,
            digest=self.digest,
        )
        lists = () if parsed.is_part else find_lists(document)
        return replace(document, sections=find_sections(document), lists=lists)


def _reason(error: Exception) -> str:
    if isinstance(error, UnreadableDocument):
        return str(error)
    if isinstance(error, MemoryError):
        return "Reading it takes more memory than allowed."
    return f"The file is broken, or not what its name says ({type(error).__name__})."


def _format(path: str) -> Format:
    known = format_of(path)
    if known is None:
        raise UnreadableDocument("Files of this kind are not read.")
    return known


def _title(parsed: Parsed, path: str) -> str:
    """Return the title from the file, or its first line, or its name made readable.

    A first line that is a date is not used: it is a heading, perhaps one of several.
    """
    first = parsed.text.split("\n", 1)[0]
    if parsed.title or (len(first) <= LONGEST_TITLE and not names_time(first)):
        return " ".join((parsed.title or first).split())
    return PurePosixPath(path).stem.replace("-", " ").replace("_", " ").strip().capitalize()


def _language(parsed: Parsed, given: str | None) -> str:
    """Return the language of the text, or the declared one if there is too little text."""
    declared = (given or parsed.language or "").casefold()[:2]
    named = declared if declared in ("sv", "en") else "other" if declared else "sv"
    return detect_language(parsed.prose or parsed.text, default=named, declared=declared)
