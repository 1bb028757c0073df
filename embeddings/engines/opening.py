"""The store that was named, whichever engine it takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from corpus.errors import UserError
from embeddings.engines.shards import ShardedStore
from embeddings.engines.storage import Store

POSTGRES: Final = ("postgresql://", "postgres://")
MILVUS: Final = ("milvus://", "http://", "https://")
"""How addresses of databases begin."""


def open_store(folder: Path, address: str | None) -> Store:
    """Return the store in a folder, or where `address` names a server the one that answers there.

    Of several addresses, parted by spaces, all answer together. UserError where what speaks to it
    is not installed.
    """
    if address is None:
        return Store(folder)
    if len(every := address.split()) > 1:
        shards = [open_store(folder / f"shard{nth}", one) for nth, one in enumerate(every, 1)]
        return ShardedStore(folder, shards)
    # Each is asked for alone: files need no database's client.
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
            f"STORE_URL names {what}, and what speaks to one is not installed. Run: "
            f'pip install "citera[{extra}]"'
        ) from error
