"""What has changed in the documents folder since it was read last."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from corpus.errors import UnreadableDocument
from corpus.listing import find_files, path_within
from corpus.reading import file_digest
from corpus.sidecars import Sidecars
from corpus.types import PassedOver, Skipped
from corpus.workers.outcome import Outcome
from corpus.workers.pool import read_all
from embeddings.index.manifest import Manifest
from embeddings.index.writing import Earlier
from embeddings.types import Progress


@dataclass(frozen=True, slots=True)
class Changes:
    """What the documents folder holds against what the earlier generation does."""

    kept: tuple[str, ...]
    """Paths of documents that stand in the earlier generation as they are now."""
    to_read: tuple[Path, ...]
    mended: tuple[list[Outcome], ...]
    """What came of files that could not be read before and can be now."""
    read_pictures: bool
    skipped: tuple[Skipped, ...]
    passed_over: tuple[PassedOver, ...]

    def are_none(self, earlier: Earlier, documents_dir: Path) -> bool:
        """Whether the earlier generation holds the very same, and says the same of the rest."""
        told = {(one.path, one.reason) for one in self.skipped}
        return (
            not (self.to_read or self.mended)
            and len(self.kept) == len(earlier.digests)
            and earlier.manifest.documents_dir == str(documents_dir.resolve())
            and told == {(path, reason) for path, reason in earlier.manifest.skipped}
            and self.passed_over == passed_over_of(earlier.manifest)
        )


def find_changes(
    folder: Path, earlier: Earlier | None, progress: Progress, *, read_pictures: bool = False
) -> Changes:
    """Compare a folder with the earlier generation, if there is one that can be used.

    :raises UserError: if there is no such folder or it may not be opened.
    """
    listing = find_files(folder)
    paths = [path_within(folder, file) for file in listing.files]
    before = _Before.of(earlier, set(paths))
    sidecars = Sidecars(folder)
    skipped = list(listing.skipped)
    kept: list[str] = []
    to_read: list[Path] = []
    to_try: list[Path] = []
    for done, (path, file) in enumerate(zip(paths, listing.files, strict=True), 1):
        held, refused = before.documents.get(path), before.refused.get(path, [])
        if held and set(held.values()) == {_digest_or_none(file, sidecars)}:
            kept.extend(held)
            skipped.extend(refused)
        else:
            (to_try if refused and not held else to_read).append(file)
        progress("compare", done, len(paths))
    mended: list[list[Outcome]] = []
    with closing(read_all(folder, to_try, read_pictures=read_pictures)) as outcomes:
        for found in outcomes:
            told = [outcome for outcome in found if isinstance(outcome, Skipped)]
            if len(told) == len(found):
                skipped.extend(told)
            else:
                mended.append(found)
    return Changes(
        kept=tuple(kept),
        to_read=tuple(to_read),
        mended=tuple(mended),
        read_pictures=read_pictures,
        skipped=tuple(skipped),
        passed_over=listing.passed_over,
    )


@dataclass(frozen=True, slots=True)
class _Before:
    """What came of each file of the folder when it was read last."""

    documents: dict[str, dict[str, str]]
    """For each file its documents with their digests; several where they are packed in it."""
    refused: dict[str, list[Skipped]]

    @classmethod
    def of(cls, earlier: Earlier | None, files: set[str]) -> Self:
        """Sort what an earlier generation holds by the files that are there now."""
        documents: dict[str, dict[str, str]] = {}
        refused: dict[str, list[Skipped]] = {}
        for path, digest in earlier.digests.items() if earlier else ():
            documents.setdefault(_file_of(path, files), {})[path] = digest
        for path, reason in earlier.manifest.skipped if earlier else ():
            refused.setdefault(_file_of(path, files), []).append(Skipped(path, reason))
        return cls(documents, refused)


def _file_of(path: str, files: set[str]) -> str:
    """Return the file in which a document is packed, or the path itself if it is a file or gone."""
    file = path
    while file and file not in files:
        file = file.rpartition("/")[0]
    return file or path


def _digest_or_none(file: Path, sidecars: Sidecars) -> str | None:
    try:
        return file_digest(file, sidecars)
    except UnreadableDocument:
        return None


def passed_over_of(manifest: Manifest) -> tuple[PassedOver, ...]:
    """Return how many files of each kind a generation tells were not read."""
    return tuple(PassedOver(*one) for one in manifest.passed_over)
