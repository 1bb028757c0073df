"""The database connection, which reconnects by itself, with errors as one-sentence messages."""

import threading
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from corpus.errors import UserError

_DEFAULTS: Final[dict[str, Any]] = {
    "application_name": "citera",
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""Keepalives, so that a lost connection is noticed within half a minute; the address can override
them."""
_PATIENCE: Final = 30.0
"""Timeout in seconds of a search query."""
_SEARCH: Final = (
    "SET hnsw.ef_search = 1000; SET hnsw.iterative_scan = relaxed_order; "
    "SET max_parallel_workers_per_gather = 0; SET client_connection_check_interval = '1s'"
)
"""Search width of the graph, with further scans where a filter leaves too few results. No parallel
workers per query, since other users need the cores. Queries of dead clients are cancelled."""
_TOLD: Final[dict[type[psycopg.Error], str]] = {
    errors.FeatureNotSupported: "lacks the extension pgvector: install it on the server",
    errors.UndefinedFile: "lacks the extension pgvector: install it on the server",
    errors.ReadOnlySqlTransaction: "may only be read: name the primary, not a standby",
    errors.InsufficientPrivilege: "does not allow this user to do that",
    errors.DiskFull: "has no room left on its disk",
    errors.OutOfMemory: "has too little memory",
    errors.InvalidSchemaName: "no longer holds this index: ask again",
    errors.UndefinedTable: "no longer holds this index: ask again",
    errors.UndefinedColumn: "holds an index of another version of citera. Run: citera reembed",
    errors.QueryCanceled: "was stopped while it answered",
}


class Server:
    """A PostgreSQL server, connected on first use; thread-safe."""

    def __init__(self, address: str) -> None:
        """`address` is a libpq address: postgresql://user@host:port/database, or several hosts."""
        self._address = address
        self._connection: _Connection | None = None
        self._one_at_a_time = threading.RLock()

    @property
    def place(self) -> str:
        """The address without secrets, for messages."""
        named = conninfo_to_dict(self._address)
        hosts = str(named.get("host") or "localhost")
        port = f":{named['port']}" if "port" in named else ""
        return f"{hosts}{port}/{named.get('dbname', '')}"

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query; UserError if the server fails.

        After a lost connection it is retried once, so that a restarted server, or another host in
        the address, can answer.
        """
        with self._one_at_a_time:
            try:
                return self._rows(query, parameters)
            except psycopg.OperationalError as error:
                if self._connection is not None and not self._connection.closed:
                    raise self.told(error) from error
            try:
                return self._rows(query, parameters)
            except psycopg.Error as error:
                raise self.told(error) from error

    def _rows(self, query: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            connection = self.connected()
            connection.until = time.monotonic() + _PATIENCE
            try:
                return connection.execute(query.encode(), parameters, binary=True).fetchall()
            finally:
                connection.until = None
        except psycopg.OperationalError:
            raise
        except psycopg.Error as error:
            raise self.told(error) from error

    def connected(self) -> "_Connection":
        """Return an open connection."""
        if self._connection is None or self._connection.closed:
            given = conninfo_to_dict(self._address)
            address = make_conninfo(self._address, **{**_DEFAULTS, **given})
            # Never prepared: a generic plan would not use the index of the language.
            self._connection = _Connection.connect(address, autocommit=True, prepare_threshold=None)
            self._connection.execute(_SEARCH)
        return self._connection

    @contextmanager
    def transaction(self) -> Iterator["Writing"]:
        """Yield an open transaction; UserError if it fails."""
        with self._one_at_a_time:
            try:
                connection = self.connected()
                with connection.transaction(), connection.cursor() as cursor:
                    yield Writing(cursor)
            except psycopg.Error as error:
                raise self.told(error) from error

    def close(self) -> None:
        """Close the connection; the next query reopens it."""
        with self._one_at_a_time, suppress(psycopg.Error):
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def __del__(self) -> None:
        self.close()

    def told(self, error: psycopg.Error) -> UserError:
        """Return the one-sentence error, without secrets."""
        if "halfvec" in str(error):
            return UserError(f"The database {self.place} needs pgvector 0.7 or later.")
        for kind, what in _TOLD.items():
            if isinstance(error, kind):
                return UserError(f"The database {self.place} {what}.")
        lines = str(error).strip().splitlines() or ["no reason"]
        # With several hosts there is a line for each; the last is the most informative.
        said = next((line for line in reversed(lines) if "failed: " in line), lines[0])
        said = error.diag.message_primary or said.rpartition("failed: ")[2]
        said = said.removeprefix("FATAL:").strip().rstrip(".")
        if isinstance(error, psycopg.OperationalError):
            return UserError(f"The database {self.place} cannot be reached ({said}).")
        return UserError(f"The database {self.place} failed ({said}).")


class _Connection(psycopg.Connection[Any]):
    """A connection with a timeout for responses."""

    until: float | None = None

    def wait(self, gen: Any, *others: Any, **named: Any) -> Any:
        """Wait for a response like libpq, which waits forever, but only until the timeout."""
        awaited = gen if self.until is None else self._no_longer(gen, self.until)
        return super().wait(awaited, *others, **named)

    def _no_longer(self, gen: Generator[Any, Any, Any], until: float) -> Generator[Any, Any, Any]:
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and time.monotonic() > until:
                    self.close()
                    raise psycopg.OperationalError(f"no answer in {_PATIENCE:.0f} s")
                wanted = gen.send(ready)
        except StopIteration as done:
            return done.value


class Writing:
    """An open transaction."""

    def __init__(self, cursor: psycopg.Cursor[Any]) -> None:
        self._cursor = cursor

    def run(self, command: str, parameters: Sequence[object] = ()) -> None:
        """Run a command, or several if there are no parameters."""
        self._cursor.execute(command.encode(), parameters or None)

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self._cursor.execute(query.encode(), parameters).fetchall()

    def fill(self, table: str, rows: Iterable[bytes]) -> None:
        """Fill a table with rows in binary format: see `row_of`."""
        command = f"COPY {table} FROM STDIN (FORMAT binary)"
        with self._cursor.copy(command.encode()) as copy:
            copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
            for row in rows:
                copy.write(row)
            copy.write(b"\xff\xff")
