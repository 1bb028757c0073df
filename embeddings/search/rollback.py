"""The way back: to the generation that answered before the last re-embed."""

from contextlib import closing
from pathlib import Path

from corpus.errors import UserError
from embeddings.engines.storage import Store, store_of
from embeddings.index.manifest import Manifest
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Embedder


def roll_back(store: Store | Path, embedder: Embedder) -> Manifest:
    """Let the generation before the current one answer again; return what it says of itself.

    The current one is kept aside until a later re-embed needs its place. UserError where no earlier
    one is kept, it cannot be searched with this model, or a re-embed runs.
    """
    store = store_of(store)
    with store.locked():
        name = store.earlier_name()
        if name is None:
            raise UserError("No earlier index is kept. To make a new one run: citera reembed")
        earlier = store.generation(name)
        with closing(PassageIndex.open(earlier, embedder)) as index:
            index.check.wait()
        store.make_current(name)
    return earlier.manifest()
