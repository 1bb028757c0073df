"""The store: a folder of immutable generations and a pointer to the one that answers.

    STORE_DIR/CURRENT                      name of the generation that answers
    STORE_DIR/generations/NAME/            one re-embed, never changed once it is in place
        manifest.json                      format, fingerprint, counts, a checksum for each file
        catalog.sqlite                     documents and passages
        LANGUAGE/...                       the search indexes over one language's passages
        base/...                           the generation that all this only adds to, if it does
    STORE_DIR/lock                         held while a re-embed runs
    STORE_DIR/unfinished-....vectors       what a re-embed that was interrupted had embedded

A generation is written aside under a name that starts with a dot and becomes current by one rename
of CURRENT, so a kill at any instant leaves the last good one answering. Readers take no lock.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

from filelock import FileLock, Timeout

from corpus.errors import UserError
from corpus.listing import escaped
from embeddings.engines.files import FileGeneration
from embeddings.engines.protocol import Generation
from embeddings.index.manifest import damaged, files_of

_STAMP: Final = "%Y%m%dT%H%M%S%f"
_STAMP_LENGTH: Final = len("20260131T120000123456")
_Opened = TypeVar("_Opened")


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

    @property
    def place(self) -> str:
        """Where the index is, as people are told."""
        return str(self.folder)

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
            raise no_index()
        return self.path_of(name)

    def generation(self, name: str) -> Generation:
        """Return a generation of that name; UserError where it is gone."""
        return FileGeneration(self.path_of(name))

    def open_current(self, open_generation: Callable[[Generation], _Opened]) -> _Opened:
        """Return the generation that answers, opened; UserError where it can't be.

        One that a re-embed replaces and deletes meanwhile gives way to the one after it.
        """
        while True:
            name = self.current_name()
            if name is None:
                raise no_index()
            try:
                return open_generation(self.generation(name))
            except UserError:
                if name == self.current_name():
                    raise

    def earlier_name(self) -> str | None:
        """Return the name of the newest generation before the current one; None where none is."""
        current = self.current_name()
        if current is None:
            return None
        return max((name for name in self.kept() if name < current), default=None)

    def kept(self) -> list[str]:
        """Return the names of all generations that are kept, in the order they were made in."""
        paths = self._generations.iterdir() if self._generations.is_dir() else ()
        return sorted(path.name for path in paths if not path.name.startswith("."))

    def path_of(self, name: str) -> Path:
        """Return the folder of a generation; UserError where it is gone."""
        folder = self._generations / name
        if Path(name).name != name or not folder.is_dir():
            raise damaged(f"generation {name!r} is missing")
        return folder

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the store for one re-embed; UserError where another one runs."""
        if escaped(str(self.folder)) != str(self.folder):
            raise UserError(f"The store {escaped(str(self.folder))} has a name that is not UTF-8.")
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
        for path in files_of(folder):
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


def store_of(place: Store | Path) -> Store:
    """Return a store, or that in a folder."""
    return place if isinstance(place, Store) else Store(place)


def no_index() -> UserError:
    """Return what tells that nothing was indexed yet."""
    return UserError("There is no index yet. Make one with: citera reembed")


def _sync(path: Path) -> None:
    """Have the operating system write a file, or a folder's list of names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
