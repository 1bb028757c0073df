"""Lists the files in a folder: supported ones, unreadable ones and other kinds."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import UserError
from corpus.formats.registry import format_of
from corpus.sidecars import is_sidecar
from corpus.types import PassedOver, Skipped

_HIDDEN = (".", "~$")
"""Prefixes of hidden files, such as Word's lock files."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The contents of a folder, each part sorted."""

    files: tuple[Path, ...]
    """Files to read as documents."""
    skipped: tuple[Skipped, ...]
    """Files and links that can't be followed, opened or named."""
    passed_over: tuple[PassedOver, ...]
    """The number of files of each unsupported kind."""


def find_files(folder: Path) -> Listing:
    """Return the contents of a folder, without hidden files and folders.

    :raises UserError: if the folder does not exist or cannot be opened.
    """
    _check_folder(folder)
    walk = _Walk(folder, folder.resolve())
    folders = [folder]
    while folders:
        folders.extend(walk.take_in(folders.pop()))
    return Listing(
        # Sorted as strings, since comparing paths takes several times as long.
        files=tuple(sorted(walk.files, key=lambda file: file.parts)),
        skipped=tuple(sorted(walk.skipped, key=lambda skip: skip.path)),
        passed_over=_passed_over(walk.other),
    )


def path_within(folder: Path, file: Path) -> str:
    """Return a file's path in the folder, with forward slashes; undecodable bytes are escaped."""
    root, path = os.path.join(folder, ""), os.fspath(file)  # noqa: PTH118 - a tenth of the time
    if path.startswith(root):
        return escaped(path[len(root) :].replace(os.sep, "/"))
    return escaped(file.relative_to(folder).as_posix())


def name_of(folder: Path) -> str:
    """Return the resolved path of a folder as text."""
    return escaped(str(folder.resolve()))


def escaped(name: str) -> str:
    r"""Return a file name as text, with bytes that are not UTF-8 written like "\xe4"."""
    if name.isascii():
        return name
    return os.fsencode(name).decode("utf-8", "backslashreplace")


@dataclass(slots=True)
class _Walk:
    """The results so far."""

    folder: Path
    root: Path
    """The resolved root folder."""
    files: list[Path] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    other: Counter[str] = field(default_factory=Counter)

    def take_in(self, parent: Path) -> Iterator[Path]:
        """Process the entries of a folder; yield its subfolders."""
        try:
            with os.scandir(parent) as entries:
                shown = [entry for entry in entries if not entry.name.startswith(_HIDDEN)]
        except PermissionError:
            self._skip(parent, "There is no permission to open the folder; allow it.")
            return
        except OSError as error:  # The path may be too long, or the folder was deleted.
            self._skip(parent, f"The disk could not open the folder: {error.strerror}.")
            return
        for entry in shown:
            path = parent / entry.name
            try:
                if self._is_folder(entry, path):
                    yield path
            except OSError as error:
                self._skip(path, f"The disk could not read its type: {error.strerror}.")

    def _is_folder(self, entry: os.DirEntry[str], path: Path) -> bool:
        """Process a file; for anything else, return whether it is a folder to walk into."""
        if not _is_text(entry.name):
            self._skip(path, "The name is not UTF-8; rename it.")
        elif entry.is_symlink() and (problem := _link_problem(path, self.root)):
            self._skip(path, problem)
        elif entry.is_dir():
            return not entry.is_symlink()  # The target of a link is found in its own place.
        else:
            self._take_in_file(path)
        return False

    def _take_in_file(self, path: Path) -> None:
        known = format_of(path.name)
        if known is not None and not known.remedy():
            self.files.append(path)
        elif not is_sidecar(path.name):
            self.other[path.suffix.lower()] += 1

    def _skip(self, path: Path, reason: str) -> None:
        self.skipped.append(Skipped(path_within(self.folder, path), reason))


def _passed_over(counts: Counter[str]) -> tuple[PassedOver, ...]:
    """Return the counts, most frequent first."""
    kinds = sorted(counts, key=lambda kind: (-counts[kind], kind))
    formats = {kind: format_of(kind) for kind in kinds}
    return tuple(
        PassedOver(kind, counts[kind], known.remedy() if (known := formats[kind]) else "")
        for kind in kinds
    )


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _check_folder(folder: Path) -> None:
    if not folder.exists():
        raise UserError(f"There is no folder {folder}; create it or name another one.")
    if not folder.is_dir():
        raise UserError(f"{folder} is not a folder; name the folder that the documents are in.")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise UserError(f"The folder {folder} may not be opened; allow it to be read.")


def _link_problem(link: Path, root: Path) -> str | None:
    """Return why a link is not followed, or None."""
    try:
        target = link.resolve(strict=True)
    except FileNotFoundError:
        return "The link is broken; its target no longer exists."
    except (OSError, RuntimeError):  # Up to Python 3.12, a loop is a RuntimeError.
        return "The link leads back to itself, or to a forbidden place; it was not followed."
    if target != root and root not in target.parents:
        return "The link leads out of the documents folder; put the file itself there."
    parent = link.parent.resolve()
    if target in (parent, *parent.parents):
        return "The link leads back to a folder that contains it; it was not followed."
    return None
