"""Finds what has changed in the documents folder since the last re-embed."""

import os
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from corpus.errors import UnreadableDocument
from corpus.listing import find_files, path_within
from corpus.reading import file_digest
from corpus.sidecars import Sidecars, is_sidecar
from corpus.types import PassedOver, Skipped
from corpus.workers.outcome import Outcome
from corpus.workers.pool import read_all
from embeddings.index.catalog import UNKNOWN, Stamp
from embeddings.index.manifest import Manifest
from embeddings.reembed.earlier import Earlier
from embeddings.types import Progress

_SETTLED: Final = 2 * 10**9
"""Nanoseconds after a change within which another one may leave the stamp unchanged."""
_ADDED_SHARE: Final = 0.05
"""When this share of the base's documents has been added or removed, everything is rewritten."""
_LEAST_BASE: Final = 2_000
"""With fewer documents, rewriting everything is fast enough."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The differences between the documents folder and the earlier generation."""

    kept: tuple[str, ...]
    """Paths of unchanged documents of the earlier generation."""
    to_read: tuple[Path, ...]
    stamps: Mapping[Path, Stamp]
    """Stamps of the files to read."""
    mended: tuple[list[Outcome], ...]
    """Documents from files that could not be read before."""
    read_pictures: bool
    skipped: tuple[Skipped, ...]
    passed_over: tuple[PassedOver, ...]
    changed: int
    """Files to read that had been read before."""
    gone: int
    """Files that have been deleted."""

    def are_none(self, earlier: Earlier, documents_dir: Path) -> bool:
        """Whether nothing has changed, including the files that are not read."""
        told = {(one.path, one.reason) for one in self.skipped}
        return (
            not (self.to_read or self.mended)
            and len(self.kept) == len(earlier.files)
            and earlier.manifest.is_of(documents_dir)
            and told == {(path, reason) for path, reason in earlier.manifest.skipped}
            and self.passed_over == passed_over_of(earlier.manifest)
        )


@dataclass(frozen=True, slots=True)
class Addition:
    """How a generation adds to a base."""

    base: Path
    gone: tuple[str, ...]
    """Documents of the base that have changed or been deleted."""
    kept: tuple[str, ...]
    """Unchanged documents of the earlier generation that are not in the base."""


def find_changes(
    folder: Path, earlier: Earlier | None, progress: Progress, *, read_pictures: bool = False
) -> Changes:
    """Compare a folder with the earlier generation, if there is a usable one.

    :raises UserError: if the folder does not exist or cannot be opened.
    """
    listing = find_files(folder)
    paths = [path_within(folder, file) for file in listing.files]
    before = _Before.of(earlier, set(paths))
    look = _Look.begin(folder)
    skipped = list(listing.skipped)
    kept: list[str] = []
    to_read: list[Path] = []
    to_try: list[Path] = []
    stamps: dict[Path, Stamp] = {}
    for done, (path, file) in enumerate(zip(paths, listing.files, strict=True), 1):
        held, refused = before.documents.get(path), before.refused.get(path, [])
        stamp = look.stamp(file)
        if held and look.is_same(file, stamp, held):
            kept.extend(held)
            skipped.extend(refused)
        else:
            stamps[file] = stamp
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
        stamps=stamps,
        mended=tuple(mended),
        read_pictures=read_pictures,
        skipped=tuple(skipped),
        passed_over=listing.passed_over,
        changed=sum(path_within(folder, file) in before.documents for file in to_read),
        gone=len(before.documents.keys() - set(paths)),
    )


@dataclass(frozen=True, slots=True)
class _Before:
    """The results of the last reading of each file."""

    documents: dict[str, dict[str, tuple[str, Stamp]]]
    """The documents of each file with digest and stamp; an archive has several."""
    refused: dict[str, list[Skipped]]

    @classmethod
    def of(cls, earlier: Earlier | None, files: set[str]) -> Self:
        """Group the documents of an earlier generation by the present files."""
        documents: dict[str, dict[str, tuple[str, Stamp]]] = {}
        refused: dict[str, list[Skipped]] = {}
        for path, told in earlier.files.items() if earlier else ():
            documents.setdefault(_file_of(path, files), {})[path] = told
        for path, reason in earlier.manifest.skipped if earlier else ():
            refused.setdefault(_file_of(path, files), []).append(Skipped(path, reason))
        return cls(documents, refused)


def _file_of(path: str, files: set[str]) -> str:
    """Return the file that contains a document, or the path itself for a plain or deleted file."""
    file = path
    while file and file not in files:
        file = file.rpartition("/")[0]
    return file or path


@dataclass(frozen=True, slots=True)
class _Look:
    """A listing of a folder; reads files whose stamps don't prove them unchanged."""

    folder: Path
    sidecars: Sidecars
    settled: int
    """A file changed after this time may change again without a new stamp."""
    told_of: dict[str, bool]
    """Whether anything besides the files affects them, such as sidecar files."""

    @classmethod
    def begin(cls, folder: Path) -> Self:
        """Start now."""
        return cls(folder, Sidecars(folder), time.time_ns() - _SETTLED, {})

    def stamp(self, file: Path) -> Stamp:
        """Return the stamp of a file; UNKNOWN if it proves nothing."""
        try:
            status = file.stat()
            parent = os.path.dirname(file)  # noqa: PTH120 - no path is made for each file
            vouches = status.st_mtime_ns < self.settled and not self._is_told_of(parent)
        except OSError:
            return UNKNOWN
        return (status.st_size, status.st_mtime_ns) if vouches else UNKNOWN

    def _is_told_of(self, name: str) -> bool:
        if name not in self.told_of:
            folder = Path(name)
            around = folder != self.folder and self._is_told_of(os.fspath(folder.parent))
            self.told_of[name] = around or any(is_sidecar(one.name) for one in folder.iterdir())
        return self.told_of[name]

    def is_same(self, file: Path, stamp: Stamp, held: Mapping[str, tuple[str, Stamp]]) -> bool:
        """Return whether a file is unchanged."""
        if stamp != UNKNOWN and all(known == stamp for _, known in held.values()):
            return True
        try:
            digest = file_digest(file, self.sidecars)
        except UnreadableDocument:
            return False
        return all(known == digest for known, _ in held.values())


def find_addition(earlier: Earlier | None, changes: Changes) -> Addition | None:
    """Return how to add the changes to the base; None to rewrite everything."""
    if earlier is None or len(earlier.files) < _LEAST_BASE:
        return None
    in_base = earlier.files_of_base()
    still = {path for path in changes.kept if in_base.get(path) == earlier.files[path]}
    kept = tuple(path for path in changes.kept if path not in still)
    gone = tuple(path for path in in_base if path not in still)
    coming = len(kept) + len(changes.to_read) + len(changes.mended)
    if len(gone) + coming > _ADDED_SHARE * len(in_base):
        return None
    return Addition(earlier.base, gone, kept)


def passed_over_of(manifest: Manifest) -> tuple[PassedOver, ...]:
    """Return the number of unsupported files of each kind in a generation."""
    return tuple(PassedOver(*one) for one in manifest.passed_over)
