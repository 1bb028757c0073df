"""The store: a folder of immutable generations and a pointer to the current one.

    STORE_DIR/CURRENT                      name of the current generation
    STORE_DIR/generations/NAME/            the result of one re-embed, immutable
        manifest.json                      format, fingerprint, counts, a checksum for each file
        catalog.sqlite                     documents and passages
        LANGUAGE/...                       the search indexes over one language's passages
        base/...                           the generation that this one adds to, if any
    STORE_DIR/lock                         held while a re-embed runs
    STORE_DIR/unfinished-....vectors       vectors of an interrupted re-embed

A generation is written under a name that starts with a dot, and becomes current with one rename of
CURRENT. A kill at any moment therefore leaves the last complete one current. Readers take no lock.
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
    """Another re-embed, perhaps of another process, is writing to the store."""

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
        """Where the index is, for messages."""
        return str(self.folder)

    def current_name(self) -> str | None:
        """Return the name of the current generation; None if there is none yet."""
        return self._last_built()

    def _last_built(self) -> str | None:
        """Return the name of the generation last built in this folder; None if there is none."""
        try:
            return self._pointer.read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"The store cannot be read: {self._pointer} ({error}).") from error

    def current(self) -> Path:
        """Return the folder of the generation last built here; UserError if there is none."""
        name = self._last_built()
        if name is None:
            raise no_index()
        return self.path_of(name)

    def generation(self, name: str) -> Generation:
        """Return a generation by name; UserError if it no longer exists."""
        return FileGeneration(self.path_of(name))

    def open_current(self, open_generation: Callable[[Generation], _Opened]) -> _Opened:
        """Return the current generation, opened; UserError if that fails.

        If a re-embed replaces and deletes it meanwhile, the next one is opened.
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
        """Return the name of the newest generation before the current one, if any."""
        current = self.current_name()
        if current is None:
            return None
        return max((name for name in self.kept() if name < current), default=None)

    def kept(self) -> list[str]:
        """Return the names of all generations, oldest first."""
        paths = self._generations.iterdir() if self._generations.is_dir() else ()
        return sorted(path.name for path in paths if not path.name.startswith("."))

    def path_of(self, name: str) -> Path:
        """Return the folder of a generation; UserError if it no longer exists."""
        folder = self._generations / name
        if Path(name).name != name or not folder.is_dir():
            raise damaged(f"generation {name!r} is missing")
        return folder

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Lock the store for one re-embed; UserError if another one runs."""
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
        """Create the temporary folder of a new generation; the store must be locked."""
        for left in self._generations.glob(".*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = self._generations / f".{self._next_stamp()}-{secrets.token_hex(2)}"
        folder.mkdir()
        return folder

    def _next_stamp(self) -> str:
        """Return the time, or just after the newest generation if the clock was set back.

        Names give the order of generations.
        """
        now = datetime.now(UTC).replace(tzinfo=None)
        for path in self._generations.iterdir():
            try:
                made = datetime.strptime(path.name[:_STAMP_LENGTH], _STAMP)
            except ValueError:
                continue  # Not one of ours.
            now = max(now, made + timedelta(microseconds=1))
        return now.strftime(_STAMP)

    def finish(self, folder: Path) -> Path:
        """Move a complete generation into place, synced to disk; return its folder."""
        for path in files_of(folder):
            _sync(path)
        final = folder.with_name(folder.name.removeprefix("."))
        folder.rename(final)
        _sync(self._generations)
        return final

    def make_current(self, name: str) -> None:
        """Make a generation current, atomically."""
        aside = self._pointer.with_suffix(".new")
        aside.write_text(name + "\n", encoding="utf-8")
        _sync(aside)
        aside.replace(self._pointer)
        _sync(self.folder)

    def prune(self, keep: int, before: str | None = None) -> None:
        """Delete all generations but the current one and the `keep` newest others.

        `before` is the previously current one, needed for rollback and deleted last: after a
        rollback it is not the newest.
        """
        current = self.current_name()
        others = [path for path in self._generations.iterdir() if path.name != current]
        others.sort(key=lambda path: (path.name == before, path.name))
        for path in others[: max(0, len(others) - keep)]:
            shutil.rmtree(path, ignore_errors=True)

    @staticmethod
    def discard(folder: Path) -> None:
        """Delete an unfinished generation."""
        shutil.rmtree(folder, ignore_errors=True)


def store_of(place: Store | Path) -> Store:
    """Return a store, or that in a folder."""
    return place if isinstance(place, Store) else Store(place)


def no_index() -> UserError:
    """Return the error for a store without an index."""
    return UserError("There is no index yet. Make one with: citera reembed")


def _sync(path: Path) -> None:
    """Flush a file, or a folder's entries, to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
