"""The manifest of a generation, with checksums of its files."""

import errno
import json
import os
import zlib
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self

from corpus.errors import UserError
from corpus.listing import name_of

FORMAT: Final = 10
"""Increase it when older generations can no longer be read."""
CATALOG: Final = "catalog.sqlite"
MANIFEST: Final = "manifest.json"
_SUM: Final = "crc32"
"""Key of the checksum over the manifest itself."""
_CHECKED_UP_TO: Final = 512 * 2**20
"""Up to this many bytes, all checksums are compared before opening; otherwise in the background."""

_ALLOWED_TOO_LITTLE: Final = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN)
"""Errors that indicate a limit of the process or machine, not a damaged file."""
_AT_ONCE: Final = 2**20
"""Bytes read at a time."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The description of a generation."""

    format: int
    created: str
    """ISO 8601, in UTC."""
    fingerprint: str
    model: str
    documents_dir: str
    documents: int
    passages: int
    languages: dict[str, tuple[int, int]]
    """For each language the number of its first passage and the count, including passages of the
    base that are no longer used."""
    recurring: list[tuple[str, int]]
    """Lines left out of the search, with the number of documents that contain each."""
    skipped: list[tuple[str, str]]
    """Files that could not be read, with the reasons."""
    files: dict[str, tuple[int, str]]
    """Size in bytes and CRC-32 of each file."""
    passed_over: list[tuple[str, int, str]] = field(default_factory=list)
    """Unsupported kinds of files, their number, and what to install to read them."""
    shared_titles: list[str] = field(default_factory=list)
    """Titles of most documents, replaced in each."""

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read a generation's manifest; UserError if it is missing, damaged or too old."""
        try:
            return cls.parse((folder / MANIFEST).read_text(encoding="utf-8"))
        except PermissionError as error:
            raise _forbidden(error) from error
        except (FileNotFoundError, ValueError) as error:
            raise damaged(f"{MANIFEST} cannot be read") from error
        except OSError as error:
            raise not_opened(error) from error

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the output of `text`; UserError if it is damaged or too old."""
        try:
            fields = json.loads(text)
            if fields.get("format") != FORMAT:
                message = "The index was written by another version of citera."
                raise UserError(f"{message} Run: citera reembed")
            if fields.pop(_SUM, None) not in (None, _sum_of(fields)):
                raise damaged(f"{MANIFEST} has been altered")
            return cls(**fields)
        except (ValueError, TypeError, AttributeError) as error:
            raise damaged(f"{MANIFEST} cannot be read") from error

    def text(self) -> str:
        """Return the manifest as text."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    def write(self, folder: Path) -> None:
        """Write the manifest of an otherwise complete generation."""
        path = folder / MANIFEST
        fields = json.loads(self.text())
        fields[_SUM] = _sum_of(fields)
        path.write_text(json.dumps(fields, ensure_ascii=False, indent=1), encoding="utf-8")
        # Some libraries write files that only their own user can read. Give all files the
        # permissions of the manifest.
        for other in files_of(folder):
            other.chmod(path.stat().st_mode)

    def is_of(self, documents_dir: Path) -> bool:
        """Return whether the generation was built from that documents folder."""
        return self.documents_dir == name_of(documents_dir)

    @property
    def made_at(self) -> str:
        """When it was built, in local time, to the minute."""
        return datetime.fromisoformat(self.created).astimezone().strftime("%Y-%m-%d %H:%M")

    @property
    def megabytes(self) -> float:
        """Size of all files together, in millions of bytes."""
        return sum(size for size, _ in self.files.values()) / 1e6

    def check(self, folder: Path) -> None:
        """Raise UserError if a file of the generation is missing or has changed."""
        self._check_sizes(folder)
        self._check_contents(folder)

    def begin_check(self, folder: Path) -> "Check":
        """Start the same check in the background; a small one finishes at once.

        Reading takes about a second per gigabyte; meanwhile a large index can be opened and
        queried.
        """
        self._check_sizes(folder)
        pool = ThreadPoolExecutor(1, thread_name_prefix="check")
        check = Check(self, folder, pool.submit(self._check_contents, folder))
        pool.shutdown(wait=False)
        if self.megabytes * 1e6 <= _CHECKED_UP_TO:
            check.wait()
        return check

    def _check_sizes(self, folder: Path) -> None:
        for name, (size, _) in self.files.items():
            try:
                found = (folder / name).stat().st_size
            except PermissionError as error:
                raise _forbidden(error) from error
            except FileNotFoundError as error:
                raise damaged(f"{name} is missing") from error
            except OSError as error:
                raise not_opened(error) from error
            if found != size:
                raise damaged(f"{name} has been altered")

    def _check_contents(self, folder: Path) -> None:
        # Largest first, so that none is left to be read alone at the end.
        files = sorted(self.files.items(), key=lambda file: -file[1][0])
        with ThreadPoolExecutor() as pool:
            sums = pool.map(_checksum, (folder / name for name, _ in files))
            try:
                for (name, (_, expected)), found in zip(files, sums, strict=True):
                    if found != expected:
                        raise damaged(f"{name} has been altered")
            except PermissionError as error:
                raise _forbidden(error) from error
            except OSError as error:
                raise not_opened(error) from error


@dataclass(frozen=True, slots=True)
class Check:
    """A check of a generation's files, possibly still running."""

    manifest: Manifest
    folder: Path
    _begun: Future[None]

    def wait(self) -> None:
        """Wait for the check; UserError if a file has changed."""
        self._begun.result()

    def repeat(self) -> None:
        """Check every file again; UserError if one has changed."""
        self.manifest.check(self.folder)


def checksums(
    folder: Path, known: Mapping[str, tuple[int, str]] = MappingProxyType({})
) -> dict[str, tuple[int, str]]:
    """Return size and CRC-32 of each file in a folder, by relative path.

    Files in `known` are not read.
    """
    files = {path.relative_to(folder).as_posix(): path for path in sorted(files_of(folder))}
    return {
        name: known.get(name) or (path.stat().st_size, _checksum(path))
        for name, path in files.items()
    }


def _sum_of(fields: Mapping[str, object]) -> str:
    """Return the checksum of a manifest's fields."""
    return f"{zlib.crc32(json.dumps(fields, sort_keys=True).encode()):08x}"


def files_of(folder: Path) -> list[Path]:
    """Return all files in a folder and its subfolders."""
    return [path for path in folder.rglob("*") if path.is_file()]


def _checksum(path: Path) -> str:
    # This is against damage, not forgery; a cryptographic digest takes two to four times as long.
    found, buffer = 0, memoryview(bytearray(_AT_ONCE))
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(buffer):
            found = zlib.crc32(buffer[:size], found)
    return f"{found:08x}"


def damaged(what: str) -> UserError:
    """Return the error for a damaged index, with what to do."""
    return UserError(f"The index is damaged: {what}. Run: citera reembed")


def not_opened(error: BaseException) -> UserError:
    """Return the error for an index that can't be opened: a limit is too low, or it is damaged."""
    told = str(error) or type(error).__name__
    if any(os.strerror(number) in told for number in _ALLOWED_TOO_LITTLE):
        return UserError(f"The index cannot be opened ({told}). Allow this process more: ulimit.")
    return damaged(f"it cannot be read ({told})")


def _forbidden(error: OSError) -> UserError:
    return UserError(
        f"This user has no permission to read the index ({error.filename}). Grant it, or "
        "name another store."
    )
