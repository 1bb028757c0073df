"""Several stores searched side by side as one, each with its own documents.

Each is re-embedded separately. A document's path must occur in only one of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from corpus.errors import UserError
from corpus.types import Document, Passage, Span
from embeddings.engines.protocol import Check, Generation, Opened, Texts
from embeddings.engines.storage import Store
from embeddings.index.manifest import Manifest, damaged
from embeddings.types import Source

_APART: Final = 2**48
"""Size of the range of passage numbers of each store."""
_BETWEEN: Final = "+"
_Found = TypeVar("_Found")


class ShardedStore(Store):
    """Stores that are searched together."""

    def __init__(self, folder: Path, shards: Sequence[Store]) -> None:
        super().__init__(folder)
        self._shards = shards

    @property
    def place(self) -> str:
        """The addresses of the index without secrets, for messages."""
        return " ".join(one.place for one in self._shards)

    def current_name(self) -> str | None:
        """Return the current generations' names as one; None if a store has none yet."""
        names = [one.current_name() for one in self._shards]
        return None if None in names else _BETWEEN.join(filter(None, names))

    def generation(self, name: str) -> Generation:
        """Return the generations with such a name; UserError if one no longer exists."""
        names = name.split(_BETWEEN)
        if len(names) != len(self._shards):
            raise damaged(f"{name!r} has another number of databases")
        return _ShardedGeneration(
            name, [one.generation(own) for one, own in zip(self._shards, names, strict=True)]
        )

    def earlier_name(self) -> str | None:
        """Return None: each store is rolled back separately."""
        return None

    def kept(self) -> list[str]:
        """Return the current name."""
        name = self.current_name()
        return [name] if name else []

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Raise UserError: each store is written separately."""
        if self._shards:
            raise UserError(
                "STORE_URL has several addresses. Re-embed each database separately, with only its "
                "address in STORE_URL."
            )
        yield


@dataclass(frozen=True, slots=True)
class _ShardedGeneration:
    """A generation of each store."""

    name: str
    shards: Sequence[Generation]

    def manifest(self) -> Manifest:
        """Return their combined manifest; UserError if they are incompatible."""
        told = [one.manifest() for one in self.shards]
        if len({one.fingerprint for one in told}) > 1:
            raise UserError(
                "The databases in STORE_URL were built with different models or "
                "versions of citera. Re-embed the outdated ones."
            )
        languages: dict[str, tuple[int, int]] = {}
        for one in told:
            for language, (_, size) in one.languages.items():
                languages[language] = 0, languages.get(language, (0, 0))[1] + size
        return replace(
            told[0],
            created=min(one.created for one in told),
            documents=sum(one.documents for one in told),
            passages=sum(one.passages for one in told),
            languages=languages,
            recurring=[line for one in told for line in one.recurring],
            skipped=[line for one in told for line in one.skipped],
            files={},
        )

    def verify(self) -> None:
        """Raise UserError if one is damaged."""
        for one in self.shards:
            one.verify()

    def open(self) -> Opened:
        """Open all for searching; UserError if one fails."""
        opened: list[Opened] = []
        try:
            opened.extend(one.open() for one in self.shards)
        except BaseException:
            for one in opened:
                one.texts.close()
            raise
        return Opened(
            _Texts([one.texts for one in opened]),
            [
                replace(language, first=language.first + nth * _APART)
                for nth, one in enumerate(opened)
                for language in one.languages
            ],
            _Checks([one.check for one in opened]),
            side_by_side=True,
        )


@dataclass(frozen=True, slots=True)
class _Checks:
    """The checks of all stores."""

    checks: Sequence[Check]

    def wait(self) -> None:
        """Wait until all have finished."""
        for one in self.checks:
            one.wait()

    def repeat(self) -> None:
        """Check again."""
        for one in self.checks:
            one.repeat()


class _Texts:
    """The documents and passages of all stores."""

    def __init__(self, shards: Sequence[Texts]) -> None:
        self._shards = shards

    def document(self, path: str) -> Document:
        """Return a document as it was read; LookupError if there is none."""
        return self._first(path, lambda shard: shard.document(path))

    def text_of(self, path: str) -> str:
        """Return a document's stored text; LookupError if there is no such document."""
        return self._first(path, lambda shard: shard.text_of(path))

    def paths(self) -> list[str]:
        """Return the paths of all documents, in order."""
        return sorted(path for shard in self._shards for path in shard.paths())

    def left_out(self, path: str) -> tuple[Span, ...]:
        """Return the spans of a document that were left out when it was cut."""
        return self._first(path, lambda shard: shard.left_out(path))

    def numbers_of(self, path: str) -> list[int]:
        """Return the numbers of a document's passages, in order; empty for an unknown document."""
        for nth, shard in enumerate(self._shards):
            if found := shard.numbers_of(path):
                return [number + nth * _APART for number in found]
        return []

    def documents_of(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the path of each passage's document."""
        every = list(numbers)
        found: dict[int, str] = {}
        for nth, shard in enumerate(self._shards):
            own = [number - nth * _APART for number in every if number // _APART == nth]
            paths = shard.documents_of(own) if own else {}
            found |= {number + nth * _APART: path for number, path in paths.items()}
        return found

    def passages_around(
        self, proposed: Mapping[str, Sequence[int]], most: int, around: int
    ) -> dict[str, list[tuple[int, Source, Passage]]]:
        """Return the passages of documents with their numbers; at most `most` of each.

        `proposed` has the numbers of passages for each path. In a longer document these come first,
        then those within `around` of them, then those at its start.
        """
        found: dict[str, list[tuple[int, Source, Passage]]] = {}
        for nth, shard in enumerate(self._shards):
            own = {
                path: [number - nth * _APART for number in numbers]
                for path, numbers in proposed.items()
                if path not in found and all(number // _APART == nth for number in numbers)
            }
            for path, passages in shard.passages_around(own, most, around).items() if own else ():
                found[path] = [
                    (number + nth * _APART, source, passage) for number, source, passage in passages
                ]
        return found

    def close(self) -> None:
        """Close the stores."""
        for shard in self._shards:
            shard.close()

    def _first(self, path: str, look: Callable[[Texts], _Found]) -> _Found:
        for shard in self._shards:
            try:
                return look(shard)
            except LookupError:
                continue
        raise LookupError(path)
