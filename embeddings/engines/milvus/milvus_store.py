"""A store whose generations are served by Milvus.

New generations are built in a local folder, as always, so that a re-embed only processes what
changed. What is new is then written into separate collections, and an alias is pointed at them.
Milvus has no transactions or locks, so only one machine re-embeds. What a killed re-embed leaves
behind is not registered, and the next one deletes it.
"""

from dataclasses import replace
from pathlib import Path

from embeddings.engines.milvus.client import Address, Milvus
from embeddings.engines.milvus.collections_writing import load_generation
from embeddings.engines.milvus.milvus_generation import MilvusGeneration
from embeddings.engines.milvus.names import CURRENT, collection_of, generation_of
from embeddings.engines.milvus.registry import Listed, Registry
from embeddings.engines.protocol import Generation
from embeddings.engines.small_files import CACHE, digest_of
from embeddings.engines.storage import Store
from embeddings.index.base import BASE


class MilvusStore(Store):
    """A folder where generations are built, and a server where they are queried."""

    def __init__(self, folder: Path, address: str) -> None:
        super().__init__(folder)
        self._address = Address.parse(address)
        self._server = Milvus(self._address)
        self._registry = Registry(self._server)

    @property
    def place(self) -> str:
        """The address of the index without secrets, for messages."""
        return self._address.place

    def current_name(self) -> str | None:
        """Return the name of the current generation; None if there is none yet."""
        collection = self._server.aliased(CURRENT)
        return generation_of(collection) if collection else None

    def generation(self, name: str) -> Generation:
        """Return a generation by name."""
        return MilvusGeneration(name, self._address, self.folder / CACHE)

    def kept(self) -> list[str]:
        """Return the names of all generations, oldest first."""
        return [one.name for one in self._registry.all().values() if one.kept]

    def make_current(self, name: str) -> None:
        """Make a generation current, atomically, after loading it if needed."""
        if not self._registry.is_there():
            self._registry.make()
        listed = self._registry.all()
        if name not in listed:
            self._drop_unlisted(listed)
            self._load(self.path_of(name), name, listed)
        elif not listed[name].kept:
            self._registry.put(replace(listed[name], kept=True))
        self._server.point(CURRENT, collection_of(name, "rows"))
        if name in super().kept():
            super().make_current(name)

    def prune(self, keep: int, before: str | None = None) -> None:
        """Delete all but the current generation and the `keep` newest others, here and there."""
        super().prune(keep, before)
        current = self.current_name()
        listed = self._registry.all()
        others = [name for name, one in listed.items() if one.kept and name != current]
        others.sort(key=lambda name: (name == before, name))
        for name in others[: max(0, len(others) - keep)]:
            listed[name] = replace(listed[name], kept=False)
            self._registry.put(listed[name])
        self._drop_unused(listed, current)

    def close(self) -> None:
        """Close the connection."""
        self._server.close()

    def _load(self, folder: Path, name: str, listed: dict[str, Listed]) -> None:
        """Write a generation's folder, and its base if it is not there."""
        base = None
        if (folder / BASE).is_dir():
            digest = digest_of(folder / BASE)
            base = next((one.name for one in listed.values() if one.digest == digest), None)
            if base is None:
                base = f"{name}-base"
                load_generation(self._server, folder / BASE, base, None)
                self._registry.put(Listed(base, digest, None, kept=False))
        load_generation(self._server, folder, name, base)
        self._registry.put(Listed(name, digest_of(folder), base, kept=True))

    def _drop_unlisted(self, listed: dict[str, Listed]) -> None:
        """Delete what a killed re-embed left behind."""
        for collection in self._server.collections():
            name = generation_of(collection)
            if name is not None and name not in listed:
                self._server.drop(collection)

    def _drop_unused(self, listed: dict[str, Listed], current: str | None) -> None:
        """Delete generations that are neither kept nor a base."""
        while True:
            used = {one.base for one in listed.values()} | {current}
            unused = [name for name, one in listed.items() if not one.kept and name not in used]
            if not unused:
                return
            self._registry.remove(unused)
            for name in unused:
                del listed[name]
            self._drop_unlisted(listed)
