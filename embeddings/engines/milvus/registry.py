"""The registry of generations in Milvus."""

import json
from dataclasses import asdict, dataclass

from corpus.errors import UserError
from embeddings.engines.milvus.client import Milvus
from embeddings.engines.milvus.names import FORMAT, GENERATIONS, LISTED, NOT_SEARCHED


@dataclass(frozen=True, slots=True)
class Listed:
    """A complete generation."""

    name: str
    digest: str
    """Distinguishes it from any other."""
    base: str | None
    """The generation that it adds to."""
    kept: bool
    """Whether it may become current, rather than being only a base."""
    format: int = FORMAT

    @property
    def readable_base(self) -> str | None:
        """Return its base; UserError if another version wrote it."""
        if self.format != FORMAT:
            raise UserError(
                "The index was written by another version of citera. Run: citera reembed"
            )
        return self.base


class Registry:
    """The registry; what is not in it is incomplete and left by a killed process."""

    def __init__(self, server: Milvus) -> None:
        self._server = server

    def is_there(self) -> bool:
        """Return whether anything was ever written."""
        return GENERATIONS in self._server.collections()

    def make(self) -> None:
        """Create an empty registry."""
        self._server.create(GENERATIONS, LISTED)
        self._server.finish(GENERATIONS, NOT_SEARCHED)

    def all(self) -> dict[str, Listed]:
        """Return all generations by name, oldest first."""
        if not self.is_there():
            return {}
        rows = self._server.rows(GENERATIONS, ("key", "told", "kept"), where='key >= ""')
        every = (
            Listed(name=row["key"], kept=row["kept"], **json.loads(row["told"])) for row in rows
        )
        return {one.name: one for one in sorted(every, key=lambda one: one.name)}

    def put(self, one: Listed) -> None:
        """Add or update a generation."""
        told = {key: value for key, value in asdict(one).items() if key not in {"name", "kept"}}
        self._server.upsert(
            GENERATIONS,
            {"key": one.name, "kept": one.kept, "told": json.dumps(told), "none": [0.0, 0.0]},
        )

    def remove(self, names: list[str]) -> None:
        """Remove generations."""
        self._server.delete(GENERATIONS, names)
