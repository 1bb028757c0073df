"""The files under a folder: those to read, those that can't be, and those of other kinds."""

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
"""How names begin that are not meant for people, such as Word's note of who edits a file."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds, each part sorted."""

    files: tuple[Path, ...]
    """Those to read as documents."""
    skipped: tuple[Skipped, ...]
    """Those that can't be followed, opened or named."""
    passed_over: tuple[PassedOver, ...]
    """How many files there are of each kind that is not read."""


def find_files(folder: Path) -> Listing:
    """Return what stands under a folder; hidden files and folders are left out.

    :raises UserError: if there is no such folder or it may not be opened.
    """
    _check_folder(folder)
    walk = _Walk(folder, folder.resolve())
    folders = [folder]
    while folders:
        folders.extend(walk.take_in(folders.pop()))
    return Listing(
        # In the order of paths, whose own comparing takes several times as long.
        files=tuple(sorted(walk.files, key=lambda file: file.parts)),
        skipped=tuple(sorted(walk.skipped, key=lambda skip: skip.path)),
        passed_over=_passed_over(walk.other),
    )


def path_within(folder: Path, file: Path) -> str:
    """Return a file's path in the folder, with forward slashes, bytes that are no text escaped."""
    root, path = os.path.join(folder, ""), os.fspath(file)  # noqa: PTH118 - a tenth of the time
    if path.startswith(root):
        return escaped(path[len(root) :].replace(os.sep, "/"))
    return escaped(file.relative_to(folder).as_posix())


def name_of(folder: Path) -> str:
    """Return where a folder is, without links, as text."""
    return escaped(str(folder.resolve()))


def escaped(name: str) -> str:
    r"""Return a name of the file system as text: a byte that is not UTF-8 as "\xe4"."""
    if name.isascii():
        return name
    return os.fsencode(name).decode("utf-8", "backslashreplace")


@dataclass(slots=True)
class _Walk:
    """What has been found so far."""

    folder: Path
    root: Path
    """The same without links."""
    files: list[Path] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    other: Counter[str] = field(default_factory=Counter)

    def take_in(self, parent: Path) -> Iterator[Path]:
        """Take in what stands in a folder; yield the folders among it."""
        try:
            with os.scandir(parent) as entries:
                shown = [entry for entry in entries if not entry.name.startswith(_HIDDEN)]
        except PermissionError:
            self._skip(parent, "The folder may not be opened; allow it to be read.")
            return
        except OSError as error:  # its path may be too long, or it went meanwhile
            self._skip(parent, f"The disk could not open the folder: {error.strerror}.")
            return
        for entry in shown:
            path = parent / entry.name
            try:
                if self._is_folder(entry, path):
                    yield path
            except OSError as error:
                self._skip(path, f"The disk could not tell what it is: {error.strerror}.")

    def _is_folder(self, entry: os.DirEntry[str], path: Path) -> bool:
        """Take in a file; tell of anything else whether it is a folder to walk through."""
        if not _is_text(entry.name):
            self._skip(path, "The name is not UTF-8; rename it.")
        elif entry.is_symlink() and (problem := _link_problem(path, self.root)):
            self._skip(path, problem)
        elif entry.is_dir():
            return not entry.is_symlink()  # what a link leads to is found where it stands
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
    """Return what is counted, the most frequent first."""
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
