"""The store that was named, whichever engine it takes."""

from pathlib import Path

from corpus.errors import UserError
from embeddings.engines.storage import Store


def open_store(folder: Path, address: str | None) -> Store:
    """Return the store in a folder, or where `address` names a server the one that answers there.

    UserError where what speaks to it is not installed.
    """
    if address is None:
        return Store(folder)
    try:
        # Asked for alone: files need no database's client.
        from embeddings.engines.postgres.store import PostgresStore  # noqa: PLC0415
    except ImportError as error:
        raise UserError(
            "STORE_URL names a PostgreSQL server, and what speaks to one is not installed. Run: "
            'pip install "citera[postgres]"'
        ) from error
    return PostgresStore(folder, address)
