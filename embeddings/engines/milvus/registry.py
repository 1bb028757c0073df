"""The list of generations in Milvus."""

import json
from dataclasses import asdict, dataclass

from corpus.errors import UserError
from embeddings.engines.milvus.client import Milvus
from embeddings.engines.milvus.names import FORMAT, GENERATIONS, LISTED, NOT_SEARCHED


@dataclass(frozen=True, slots=True)
class Listed:
    """A generation that is wholly there."""

    name: str
    digest: str
    """What tells it from any other."""
    base: str | None
    """The generation that it adds to."""
    kept: bool
    """Whether it may answer, and is not only added to."""
    format: int = FORMAT

    @property
    def readable_base(self) -> str | None:
        """Its base; UserError where another version wrote it."""
        if self.format != FORMAT:
            raise UserError(
                "The index was written by another version of citera. Run: citera reembed"
            )
        return self.base


class Registry:
    """The list; what is not on it is not whole, and left by somebody who died."""

    def __init__(self, server: Milvus) -> None:
        self._server = server

    def is_there(self) -> bool:
        """Tell whether anything was ever written."""
        return GENERATIONS in self._server.collections()

    def make(self) -> None:
        """Make the list, empty."""
        self._server.create(GENERATIONS, LISTED)
        self._server.finish(GENERATIONS, NOT_SEARCHED)

    def all(self) -> dict[str, Listed]:
        """Return all generations by their names, in the order they were made in."""
        if not self.is_there():
            return {}
        rows = self._server.rows(GENERATIONS, ("key", "told", "kept"), where='key >= ""')
        every = (
            Listed(name=row["key"], kept=row["kept"], **json.loads(row["told"])) for row in rows
        )
        return {one.name: one for one in sorted(every, key=lambda one: one.name)}

    def put(self, one: Listed) -> None:
        """Write a generation on the list, or what has changed of it."""
        told = {key: value for key, value in asdict(one).items() if key not in {"name", "kept"}}
        self._server.upsert(
            GENERATIONS,
            {"key": one.name, "kept": one.kept, "told": json.dumps(told), "none": [0.0, 0.0]},
        )

    def remove(self, names: list[str]) -> None:
        """Take generations off the list."""
        self._server.delete(GENERATIONS, names)
