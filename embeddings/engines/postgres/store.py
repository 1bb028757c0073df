"""A store whose generations are served by PostgreSQL.

New generations are built in a local folder, as always, so that a re-embed only processes what
changed. What is new is then written into the database. Clients that only query need no such folder.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from embeddings.engines.postgres.generation import PostgresGeneration
from embeddings.engines.postgres.rows_writing import load_generation
from embeddings.engines.postgres.schema import COMMON, schema_of
from embeddings.engines.postgres.server import Server, Writing
from embeddings.engines.protocol import Generation
from embeddings.engines.small_files import CACHE, digest_of
from embeddings.engines.storage import ReembedRunning, Store
from embeddings.index.base import BASE

_LOCK: Final = 0x63697465
"""Number of the advisory lock of writers: "cite" in ASCII."""


class PostgresStore(Store):
    """A folder where generations are built, and a server where they are queried."""

    def __init__(self, folder: Path, address: str) -> None:
        super().__init__(folder)
        self._address = address
        self._server = Server(address)

    @property
    def place(self) -> str:
        """The address of the index without secrets, for messages."""
        return self._server.place

    def current_name(self) -> str | None:
        """Return the name of the current generation; None if there is none yet."""
        if not self._is_set_up():
            return None
        rows = self._server.rows("SELECT name FROM citera.generations WHERE current")
        return rows[0][0] if rows else None

    def _is_set_up(self) -> bool:
        ((found,),) = self._server.rows("SELECT to_regclass('citera.generations') IS NOT NULL")
        return bool(found)

    def generation(self, name: str) -> Generation:
        """Return a generation by name."""
        return PostgresGeneration(name, self._address, self.folder / CACHE)

    def kept(self) -> list[str]:
        """Return the names of all generations, oldest first."""
        if not self._is_set_up():
            return []
        rows = self._server.rows("SELECT name FROM citera.generations WHERE kept ORDER BY name")
        return [name for (name,) in rows]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Lock folder and database for one re-embed; UserError if another one runs."""
        guard = Server(self._address)
        with super().locked():
            try:
                ((free,),) = guard.rows("SELECT pg_try_advisory_lock(%s)", (_LOCK,))
                if not free:
                    raise ReembedRunning
                yield
            finally:
                guard.close()

    def make_current(self, name: str) -> None:
        """Make a generation current, atomically, after loading it if needed."""
        if not self._is_set_up():
            # In its own transaction, since its locks would block readers while everything else is
            # loaded.
            with self._server.transaction() as writing:
                writing.run(COMMON)
        with self._server.transaction() as writing:
            known = writing.rows("SELECT 1 FROM citera.generations WHERE name = %s", (name,))
            if not known:
                load(writing, self.path_of(name), name)
            writing.run("SELECT citera.grant_all()")
            writing.run("UPDATE citera.generations SET current = false WHERE current")
            writing.run(
                "UPDATE citera.generations SET current = true, kept = true WHERE name = %s", (name,)
            )
        if name in super().kept():
            super().make_current(name)

    def prune(self, keep: int, before: str | None = None) -> None:
        """Delete all but the current generation and the `keep` newest others, here and there."""
        super().prune(keep, before)
        current = self.current_name()
        others = [name for name in self.kept() if name != current]
        others.sort(key=lambda name: (name == before, name))
        with self._server.transaction() as writing:
            for name in others[: max(0, len(others) - keep)]:
                writing.run("UPDATE citera.generations SET kept = false WHERE name = %s", (name,))
            _drop_unused(writing)

    def close(self) -> None:
        """Close the connection."""
        self._server.close()


def load(writing: Writing, folder: Path, name: str) -> None:
    """Write a generation's folder into the database, and its base if it is not there."""
    base = None
    if (folder / BASE).is_dir():
        found = writing.rows(
            "SELECT name FROM citera.generations WHERE digest = %s", (digest_of(folder / BASE),)
        )
        base = found[0][0] if found else f"{name}-base"
        if not found:
            load_generation(writing, folder / BASE, base, None)
            writing.run("UPDATE citera.generations SET kept = false WHERE name = %s", (base,))
    load_generation(writing, folder, name, base)


def _drop_unused(writing: Writing) -> None:
    """Delete generations that are neither kept nor a base."""
    unused = writing.rows(
        """DELETE FROM citera.generations g WHERE NOT kept AND NOT current AND NOT EXISTS (
        SELECT 1 FROM citera.generations o WHERE o.base = g.name) RETURNING name"""
    )
    for (name,) in unused:
        writing.run("DELETE FROM citera.told WHERE generation = %s", (name,))
        writing.run(f"DROP SCHEMA {schema_of(name)} CASCADE")
    if unused:
        _drop_unused(writing)
