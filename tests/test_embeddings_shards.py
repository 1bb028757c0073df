"""Several stores searched as one."""

from contextlib import closing
from pathlib import Path

import pytest
from village import quiet

from corpus.errors import UserError
from embeddings.build import build_index
from embeddings.engines.opening import open_store
from embeddings.engines.shards import ShardedStore
from embeddings.engines.storage import Store
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Query, Scope

TEXTS = {
    "bron": "Ada Ek leder arbetet med bron. Arbetet med bron dröjer.",
    "taket": "Taket lagades i april. Taket kostade 40 000 kronor.",
    "badhuset": "Badhuset invigdes den 3 maj 2024. Badhuset kostade mest av allt.",
    "library": "The library opens on 3 May with a party for everyone in the town.",
}


@pytest.fixture(scope="module")
def shards(tmp_path_factory, model) -> list[Store]:
    """Create two stores with two documents each."""
    folder = tmp_path_factory.mktemp("shards")
    made = []
    for nth, names in enumerate((("bron", "library"), ("taket", "badhuset"))):
        documents = folder / f"documents{nth}"
        documents.mkdir()
        for name in names:
            text = f"# {name.capitalize()}\n\n{TEXTS[name]}\n"
            (documents / f"{name}.md").write_text(text, encoding="utf-8")
        made.append(Store(folder / f"store{nth}"))
        build_index(documents, made[-1], model, progress=quiet)
    return made


def test_all_are_asked_and_read(tmp_path, shards, model):
    """Each question finds its document, whichever store it is in."""
    store = ShardedStore(tmp_path, shards)
    index = store.open_current(lambda generation: PassageIndex.open(generation, model))
    with closing(index):
        for question, path in (
            ("Vem leder arbetet med bron?", "bron.md"),
            ("Vad kostade taket?", "taket.md"),
            ("När öppnar biblioteket?", "library.md"),
        ):
            hit = index.search(Query(question, "sv"), 1)[0]
            assert hit.source.path == path
            assert index.document(path).text[slice(*hit.quote)] == hit.quoted
            (alone,) = index.search(Query(question, "sv", scope=Scope(document=path)), 1)
            assert alone.quoted == hit.quoted
        assert index.catalog.paths() == ["badhuset.md", "bron.md", "library.md", "taket.md"]
        with pytest.raises(LookupError):
            index.document("ingen.md")
        index.check.wait()
    manifest = store.generation(store.current_name()).manifest()
    assert (manifest.documents, manifest.passages) == (4, 4)
    store.open_current(lambda generation: generation.verify())


def test_each_is_written_by_itself(tmp_path, shards, model):
    """The message says so, and nothing is written."""
    store = ShardedStore(tmp_path, shards)
    with pytest.raises(UserError, match="Re-embed each"):
        build_index(tmp_path, store, model, progress=quiet)


def test_one_that_has_no_index_is_told(tmp_path, shards, model):
    """So that no answer is missing because of it."""
    store = ShardedStore(tmp_path, [*shards, Store(tmp_path / "empty")])
    with pytest.raises(UserError, match="no index yet"):
        store.open_current(lambda generation: PassageIndex.open(generation, model))


def test_several_addresses_are_several_stores(tmp_path):
    """They are separated by spaces, and shown without passwords."""
    pytest.importorskip("psycopg")
    addresses = "postgresql://a:geheim@db1/citera postgresql://a:geheim@db2/citera"
    assert open_store(Path(tmp_path), addresses).place == "db1/citera db2/citera"
