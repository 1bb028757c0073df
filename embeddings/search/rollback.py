"""Goes back to the previous generation."""

from contextlib import closing
from pathlib import Path

from corpus.errors import UserError
from embeddings.engines.storage import Store, store_of
from embeddings.index.manifest import Manifest
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Embedder


def roll_back(store: Store | Path, embedder: Embedder) -> Manifest:
    """Make the previous generation current; return its manifest.

    The later generation is kept until a re-embed needs its place. UserError if no earlier one is
    kept, it cannot be searched with this model, or a re-embed runs.
    """
    store = store_of(store)
    with store.locked():
        name = store.earlier_name()
        if name is None:
            raise UserError("There is no earlier index. To make a new one run: citera reembed")
        earlier = store.generation(name)
        with closing(PassageIndex.open(earlier, embedder)) as index:
            index.check.wait()
        store.make_current(name)
    return earlier.manifest()
