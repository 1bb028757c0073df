"""Documents and passages of a generation in PostgreSQL."""

from collections.abc import Iterable, Sequence
from typing import Any

from embeddings.engines.postgres.server import Server
from embeddings.index.sql_texts import SqlTexts


class PostgresTexts(SqlTexts):
    """The documents and passages of a generation and its base."""

    def __init__(self, server: Server, own: str, base: str | None) -> None:
        """Read from these schemas."""
        self._server = server
        parts = {own: ""}
        if base:
            parts[base] = f"NOT EXISTS (SELECT 1 FROM {own}.gone g WHERE g.path = d.path)"  # noqa: S608
        super().__init__(parts)

    def close(self) -> None:
        """Close the connection."""
        self._server.close()

    def _rows(self, query: str, parameters: Sequence[object]) -> Iterable[Any]:
        return self._server.rows(query.replace("?", "%s"), parameters)
