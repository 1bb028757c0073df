"""Opens the configured store, of whichever engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from corpus.errors import UserError
from embeddings.engines.shards import ShardedStore
from embeddings.engines.storage import Store

POSTGRES: Final = ("postgresql://", "postgres://")
MILVUS: Final = ("milvus://", "http://", "https://")
"""Prefixes of Milvus addresses."""


def open_store(folder: Path, address: str | None) -> Store:
    """Return the store in a folder, or at the database `address` if there is one.

    Several addresses, separated by spaces, are searched together. UserError if the database's
    client is not installed.
    """
    if address is None:
        return Store(folder)
    if len(every := address.split()) > 1:
        shards = [open_store(folder / f"shard{nth}", one) for nth, one in enumerate(every, 1)]
        return ShardedStore(folder, shards)
    # Imported only when needed: the files engine needs no database client.
    if address.startswith(POSTGRES):
        with _missing_named("a PostgreSQL server", "postgres"):
            from embeddings.engines.postgres.store import PostgresStore  # noqa: PLC0415
        return PostgresStore(folder, address)
    with _missing_named("a Milvus database", "milvus"):
        from embeddings.engines.milvus.milvus_store import MilvusStore  # noqa: PLC0415
    return MilvusStore(folder, address)


@contextmanager
def _missing_named(what: str, extra: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise UserError(
            f"STORE_URL names {what}, but its client library is not installed. Run: "
            f'pip install "citera[{extra}]"'
        ) from error
