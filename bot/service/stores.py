"""The store that the settings name, in files or in a database."""

from bot.settings import Settings
from corpus.errors import UserError
from embeddings.engines.storage import Store


def open_store(settings: Settings) -> Store:
    """Return the store that is asked; UserError where what speaks to it is not installed."""
    if settings.store_url is None:
        return Store(settings.store_dir)
    try:
        # Asked for alone: files need no database's client.
        from embeddings.engines.postgres.store import PostgresStore  # noqa: PLC0415
    except ImportError as error:
        raise UserError(
            "STORE_URL names a PostgreSQL server, and what speaks to one is not installed. Run: "
            'pip install "citera[postgres]"'
        ) from error
    return PostgresStore(settings.store_dir, settings.store_url)
