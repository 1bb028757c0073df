"""The store: a folder of immutable generations and a pointer to the one that answers.

    STORE_DIR/CURRENT                      name of the generation that answers
    STORE_DIR/generations/NAME/            one re-embed, never changed once it is in place
        manifest.json                      format, fingerprint, counts, a checksum for each file
        catalog.sqlite                     documents and passages
        LANGUAGE/...                       the search indexes over one language's passages
    STORE_DIR/lock                         held while a re-embed runs

A generation is written aside under a name that starts with a dot and becomes current by one rename
of CURRENT, so a kill at any instant leaves the last good one answering. Readers take no lock.
"""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self, TypeVar

from filelock import FileLock, Timeout

from corpus.errors import UserError

FORMAT: Final = 6
"""Raise it when a generation written before can't be read any more."""
CATALOG: Final = "catalog.sqlite"
_MANIFEST: Final = "manifest.json"
_STAMP: Final = "%Y%m%dT%H%M%S%f"
_STAMP_LENGTH: Final = len("20260131T120000123456")
_Opened = TypeVar("_Opened")
_CHECKED_UP_TO: Final = 512 * 2**20
"""Bytes up to which all checksums are compared before opening; else it is done meanwhile."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself."""

    format: int
    created: str
    """ISO 8601, in UTC."""
    fingerprint: str
    model: str
    documents_dir: str
    documents: int
    passages: int
    languages: dict[str, tuple[int, int]]
    """For each language the number of its first passage and how many there are."""
    recurring: list[tuple[str, int]]
    """Lines left out of the search, with the number of documents each stands in."""
    skipped: list[tuple[str, str]]
    """Files that could not be read, and why."""
    files: dict[str, tuple[int, str]]
    """Size in bytes and SHA-256 of each file."""
    passed_over: list[tuple[str, int, str]] = field(default_factory=list)
    """Kinds of files that are not read, how many there are, and what would have them read."""

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read a generation's manifest; UserError where it is missing, damaged or too old."""
        try:
            fields = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
            if fields.get("format") != FORMAT:
                message = "The index was written by another version of citera."
                raise UserError(f"{message} Run: citera reembed")
            return cls(**fields)
        except PermissionError as error:
            raise _forbidden(error) from error
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise _damaged(f"{_MANIFEST} cannot be read") from error

    def write(self, folder: Path) -> None:
        """Write the manifest of a generation that is otherwise complete."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        path = folder / _MANIFEST
        path.write_text(text, encoding="utf-8")
        # Some files are written by libraries for their own user alone; whoever may read the
        # manifest may ask.
        for other in _files_of(folder):
            other.chmod(path.stat().st_mode)

    @property
    def made_at(self) -> str:
        """When it was made, by this machine's clock and to the minute."""
        return datetime.fromisoformat(self.created).astimezone().strftime("%Y-%m-%d %H:%M")

    @property
    def megabytes(self) -> float:
        """Size of all files together, in millions of bytes."""
        return sum(size for size, _ in self.files.values()) / 1e6

    def check(self, folder: Path) -> None:
        """Raise UserError where a file of the generation is missing or not as it was written."""
        self._check_sizes(folder)
        self._check_contents(folder)

    def begin_check(self, folder: Path) -> "Check":
        """Begin the same check; it is over at once where it takes no time to speak of.

        Reading takes about a second a gigabyte, in which a large index can be opened and asked.
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
            except OSError as error:
                raise _damaged(f"{name} is missing") from error
            if found != size:
                raise _damaged(f"{name} has been altered")

    def _check_contents(self, folder: Path) -> None:
        with ThreadPoolExecutor() as pool:
            digests = pool.map(_sha256, (folder / name for name in self.files))
            try:
                for (name, (_, expected)), found in zip(self.files.items(), digests, strict=True):
                    if found != expected:
                        raise _damaged(f"{name} has been altered")
            except PermissionError as error:
                raise _forbidden(error) from error
            except OSError as error:
                raise _damaged(f"it cannot be read ({error})") from error


@dataclass(frozen=True, slots=True)
class Check:
    """A check of a generation's files that may still run."""

    manifest: Manifest
    folder: Path
    _begun: Future[None]

    def wait(self) -> None:
        """Wait until every file has been compared; UserError where one is not as it was written."""
        self._begun.result()

    def repeat(self) -> None:
        """Compare every file again; UserError where one is not as it was written."""
        self.manifest.check(self.folder)


class ReembedRunning(UserError):
    """The store is being written to by another re-embed, perhaps of another process."""

    def __init__(self) -> None:
        super().__init__("Another re-embed is running. Wait until it is done.")


class Store:
    """The folder that holds the index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._generations = folder / "generations"
        self._pointer = folder / "CURRENT"

    def current_name(self) -> str | None:
        """Return the name of the generation that answers; None where there is none yet."""
        try:
            return self._pointer.read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"The store cannot be read: {self._pointer} ({error}).") from error

    def current(self) -> Path:
        """Return the folder of the generation that answers; UserError where there is none."""
        name = self.current_name()
        if name is None:
            raise UserError("There is no index yet. Make one with: citera reembed")
        return self.path_of(name)

    def open_current(self, open_generation: Callable[[Path], _Opened]) -> _Opened:
        """Return the generation that answers, opened; UserError where it can't be.

        One that a re-embed replaces and deletes meanwhile gives way to the one after it.
        """
        while True:
            name = self.current_name()
            try:
                return open_generation(self.current())
            except UserError:
                if name == self.current_name():
                    raise

    def earlier_name(self) -> str | None:
        """Return the name of the newest generation before the current one; None where none is."""
        current = self.current_name()
        if current is None or not self._generations.is_dir():
            return None
        kept = (path.name for path in self._generations.iterdir())
        return max((name for name in kept if name < current and name[0] != "."), default=None)

    def path_of(self, name: str) -> Path:
        """Return the folder of a generation; UserError where it is gone."""
        folder = self._generations / name
        if Path(name).name != name or not folder.is_dir():
            raise _damaged(f"generation {name!r} is missing")
        return folder

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the store for one re-embed; UserError where another one runs."""
        try:
            self._generations.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / "lock", timeout=0):
                yield
        except Timeout as error:
            raise ReembedRunning from error
        except OSError as error:
            raise UserError(f"The store {self.folder} cannot be written: {error}.") from error

    def begin(self) -> Path:
        """Make the folder of a new generation, aside; call it with the store locked."""
        for left in self._generations.glob(".*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = self._generations / f".{self._next_stamp()}-{secrets.token_hex(2)}"
        folder.mkdir()
        return folder

    def _next_stamp(self) -> str:
        """Return the time, or a moment after the newest generation where the clock was put back.

        Names tell which generation came first.
        """
        now = datetime.now(UTC).replace(tzinfo=None)
        for path in self._generations.iterdir():
            try:
                made = datetime.strptime(path.name[:_STAMP_LENGTH], _STAMP)
            except ValueError:
                continue  # none of ours
            now = max(now, made + timedelta(microseconds=1))
        return now.strftime(_STAMP)

    def finish(self, folder: Path) -> Path:
        """Put a complete generation in place, on the disk for certain; return where it is now."""
        for path in _files_of(folder):
            _sync(path)
        final = folder.with_name(folder.name.removeprefix("."))
        folder.rename(final)
        _sync(self._generations)
        return final

    def make_current(self, name: str) -> None:
        """Let a generation answer from now on, in one step."""
        aside = self._pointer.with_suffix(".new")
        aside.write_text(name + "\n", encoding="utf-8")
        _sync(aside)
        aside.replace(self._pointer)
        _sync(self.folder)

    def prune(self, keep: int, before: str | None = None) -> None:
        """Delete all generations but the current one and the `keep` newest others.

        `before` is the one that answered before, which is the way back and goes last: after a
        rollback it is not the newest.
        """
        current = self.current_name()
        others = [path for path in self._generations.iterdir() if path.name != current]
        others.sort(key=lambda path: (path.name == before, path.name))
        for path in others[: max(0, len(others) - keep)]:
            shutil.rmtree(path, ignore_errors=True)

    @staticmethod
    def discard(folder: Path) -> None:
        """Delete a generation that was not finished."""
        shutil.rmtree(folder, ignore_errors=True)


def checksums(folder: Path) -> dict[str, tuple[int, str]]:
    """Return size and SHA-256 of each file in a folder, by its path within."""
    files = sorted(_files_of(folder))
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, _sha256(path)) for path in files
    }


def _files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Have the operating system write a file, or a folder's list of names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _damaged(what: str) -> UserError:
    return UserError(f"The index is damaged: {what}. Run: citera reembed")


def _forbidden(error: OSError) -> UserError:
    return UserError(
        f"The index may not be read by this user ({error.filename}). Allow it to be read, or "
        "name another store."
    )
