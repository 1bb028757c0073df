"""The Milvus client, with errors as one-sentence messages."""

import logging
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from pymilvus import MilvusClient
from pymilvus.exceptions import MilvusException

from corpus.errors import UserError

_CONNECT: Final = 5
_ANSWER: Final = 20
"""Timeout in seconds of a query, including reconnection."""
_WRITE: Final = 600
_POLL: Final = 1.0
_AT_MOST: Final = 10_000
"""Rows requested at a time; Milvus returns at most 16,384."""
_UNREACHED: Final = "cannot be reached"
_TOLD: Final = (
    (r"data_?dir.*lock|open local milvus failed$", "is used by another program, or can't be read"),
    (r"\bauth|unauthenticated|password|token", "does not let this user in"),
    (r"permission|privilege|denied|rbac", "does not allow this user to do that"),
    (r"database.*(exist|found)|such database", "does not exist on that server"),
    (r"quota|disk|space|memory|exceeded its limit", "has no room left, or too little memory"),
    (r"(collection|alias).*(found|exist|loaded)|find collection",
     "no longer holds this index: ask again"),
    (r"connect|unavailable|deadline|retry|timeout|timed|dir: .* exists", _UNREACHED),
)  # fmt: skip
"""Patterns in server errors, and our message for each."""


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a server, and which folders to search."""

    uri: str
    """http(s)://host:port, or the path of a file that milvus-lite serves in this process."""
    token: str
    database: str
    collections: tuple[str, ...] | None
    """Folders of documents to answer from; None for all."""

    @classmethod
    def parse(cls, address: str) -> "Address":
        """Parse milvus://user:password@host:port/database?folders=a,b or milvus:///path/file.db.

        It may start with http:// or https:// instead.
        """
        parts = urlsplit(address)
        asked = parse_qs(parts.query).get("folders")
        folders = tuple(asked[0].split(",")) if asked else None
        if not parts.hostname:
            return cls(unquote(parts.path), "", "", folders)
        scheme = "https" if parts.scheme == "https" else "http"
        named = ":".join(unquote(one) for one in (parts.username, parts.password) if one)
        uri = f"{scheme}://{parts.hostname}:{parts.port or 19530}"
        return cls(uri, named, parts.path.strip("/"), folders)

    @property
    def place(self) -> str:
        """The address without secrets, for messages."""
        where = self.uri.partition("://")[2] or self.uri
        return f"{where}/{self.database}" if self.database else where


class Milvus:
    """A server, connected on first use; thread-safe."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._client: MilvusClient | None = None
        self._one_at_a_time = threading.Lock()

    def close(self) -> None:
        """Close the connection; the next query reopens it."""
        with self._one_at_a_time:
            if self._client is not None:
                with suppress(MilvusException, ValueError):
                    self._client.close()
            self._client = None

    def rows(
        self, collection: str, fields: Sequence[str], *, ids: Sequence[Any] = (), where: str = ""
    ) -> list[dict[str, Any]]:
        """Return fields of the rows with these ids, or of all that match a filter."""

        def ask(client: MilvusClient) -> list[dict[str, Any]]:
            found: list[dict[str, Any]] = []
            if where:
                every = client.query_iterator(
                    collection, filter=where, output_fields=list(fields),
                    batch_size=_AT_MOST, timeout=_ANSWER,
                )  # fmt: skip
                while batch := every.next():
                    found += batch
                every.close()
            for start in range(0, len(ids), _AT_MOST):
                some = list(ids[start : start + _AT_MOST])
                found += client.query(
                    collection, ids=some, output_fields=list(fields), timeout=_ANSWER
                )
            return found

        return self._asked(collection, ask)

    def nearest(
        self, collection: str, field: str, asked: Any, limit: int, *,
        where: str = "", search: Mapping[str, Any] | None = None, fields: Sequence[str] = (),
    ) -> list[dict[str, Any]]:  # fmt: skip
        """Return the rows nearest to a vector, best first, each with its `distance`."""

        def ask(client: MilvusClient) -> list[dict[str, Any]]:
            (found,) = client.search(
                collection, [asked], anns_field=field, limit=limit, filter=where,
                search_params={"metric_type": "IP", "params": dict(search or {})},
                output_fields=["number", *fields], timeout=_ANSWER,
            )  # fmt: skip
            return list(found)

        return self._asked(collection, ask)

    def _asked(
        self, collection: str, ask: Callable[[MilvusClient], list[dict[str, Any]]]
    ) -> list[dict[str, Any]]:
        """Run a query on a collection, loading it if needed; milvus-lite loads none at start."""
        with self._told() as client:
            try:
                return ask(client)
            except MilvusException as error:
                if not re.search(r"released|loaded", str(error)):
                    raise
                client.load_collection(collection, timeout=_WRITE)
                return ask(client)

    def collections(self) -> list[str]:
        """Return the names of all collections."""
        with self._told() as client:
            return list(client.list_collections(timeout=_ANSWER))

    def aliased(self, alias: str) -> str | None:
        """Return the collection of an alias; None if there is none."""
        with self._told() as client:
            try:
                found = client.describe_alias(alias, timeout=_ANSWER)
            except MilvusException as error:
                if "alias" in str(error).lower():
                    return None
                raise
            return str(found["collection_name"]) or None

    def point(self, alias: str, collection: str) -> None:
        """Set an alias to a collection, atomically."""
        known = self.aliased(alias)
        with self._told() as client:
            change = client.alter_alias if known else client.create_alias
            change(collection, alias, timeout=_ANSWER)

    def create(
        self, collection: str, fields: Sequence[Mapping[str, Any]], parts: int | None = None
    ) -> None:
        """Create an empty collection, partitioned by its partition key if it has one.

        One without a key is read with strong consistency, others as they were when loaded.
        """
        schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        for one in fields:
            schema.add_field(**one)
        # A server rejects a number of partitions if no field is a partition key.
        parted = {"num_partitions": parts} if parts else {}
        with self._told() as client:
            client.create_collection(
                collection, schema=schema, timeout=_WRITE,
                consistency_level="Bounded" if parts else "Strong", **parted,
            )  # fmt: skip

    def insert(self, collection: str, rows: Sequence[dict[str, Any]]) -> None:
        """Add rows."""
        with self._told() as client:
            client.insert(collection, list(rows), timeout=_WRITE)

    def upsert(self, collection: str, row: dict[str, Any]) -> None:
        """Add or replace a row by its key."""
        with self._told() as client:
            client.upsert(collection, [row], timeout=_WRITE)

    def delete(self, collection: str, keys: Sequence[str]) -> None:
        """Delete rows by their keys."""
        with self._told() as client:
            client.delete(collection, ids=list(keys), timeout=_WRITE)

    def finish(self, collection: str, indexes: Mapping[str, Mapping[str, Any]]) -> None:
        """Flush to disk, build the index of each vector field, and load the collection."""
        with self._told() as client:
            client.flush(collection, timeout=_WRITE)
            params = client.prepare_index_params()
            for field, how in indexes.items():
                params.add_index(field, index_name=field, **how)
            client.create_index(collection, params, timeout=_WRITE, sync=False)
            for field in indexes:
                _wait(partial(_is_built, client, collection, field))
            client.load_collection(collection, timeout=_WRITE)

    def drop(self, collection: str) -> None:
        """Delete a collection."""
        with self._told() as client:
            client.drop_collection(collection, timeout=_WRITE)

    @contextmanager
    def _told(self) -> Iterator[MilvusClient]:
        """Yield the client; UserError if the server fails."""
        try:
            yield self._connected()
        except MilvusException as error:
            told = self.told(error)
            if _UNREACHED in str(told):
                self.close()  # A client that lost its server does not always reconnect.
            raise told from error

    def _connected(self) -> MilvusClient:
        with self._one_at_a_time:
            if self._client is None:
                # The library logs each error with its trace, and also raises it.
                for library in ("pymilvus", "milvus_lite"):
                    logging.getLogger(library).setLevel(logging.CRITICAL)
                one = self.address
                self._client = MilvusClient(
                    one.uri,
                    token=one.token,
                    db_name=one.database,
                    timeout=_CONNECT,
                    dedicated=True,
                )
            return self._client

    def told(self, error: MilvusException) -> UserError:
        """Return the one-sentence error, without secrets."""
        said = str(error.message or error.code).strip().partition("\n")[0]
        place = f"The Milvus database {self.address.place}"
        for pattern, what in _TOLD:
            if re.search(pattern, said, re.IGNORECASE):
                return UserError(f"{place} {what}.")
        if self.address.token:
            said = said.replace(self.address.token.partition(":")[2] or "\0", "...")
        return UserError(f"{place} failed ({said[:200].rstrip('.')}).")


def _is_built(client: MilvusClient, collection: str, name: str) -> bool:
    told = client.describe_index(collection, name, timeout=_ANSWER) or {}
    if told.get("state") == "Failed":
        raise MilvusException(message=f"index {name}: {told.get('index_state_fail_reason')}")
    return not int(told.get("pending_index_rows") or 0) and told.get("state") in {"Finished", None}


def _wait(is_done: Callable[[], bool]) -> None:
    """Wait until something is done, polling less and less often."""
    pause = 0.01
    while not is_done():
        time.sleep(pause)
        pause = min(2 * pause, _POLL)
