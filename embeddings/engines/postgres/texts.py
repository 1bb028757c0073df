"""Documents and passages of a generation in the database."""

from collections.abc import Iterator, Sequence
from typing import Any

from embeddings.engines.postgres.server import Server
from embeddings.index.sql_texts import SqlTexts


class PostgresTexts(SqlTexts):
    """The documents and passages of a generation, and of the base that it adds to."""

    def __init__(self, server: Server, own: str, base: str | None) -> None:
        """Take the schemas."""
        self._server = server
        self._parts = {own: ""}
        """For each schema what must hold of its documents."""
        if base:
            self._parts[base] = f"NOT EXISTS (SELECT 1 FROM {own}.gone g WHERE g.path = d.path)"  # noqa: S608

    def close(self) -> None:
        """Let go of the connection."""
        self._server.close()

    def _select(
        self, columns: str, parameters: Sequence[object] = (), where: str = "", last: str = ""
    ) -> Iterator[Any]:
        for schema, holds in self._parts.items():
            conditions = " AND ".join(filter(None, (where, holds)))
            query = columns.format(schema, "") + (f" WHERE {conditions}" if conditions else "")
            yield from self._server.rows((query + last).replace("?", "%s"), parameters)
