"""Going back to an earlier index."""

from contextlib import closing
from pathlib import Path

import pytest
from club_minutes import rebuild, write_documents

from corpus.errors import UserError
from embeddings.engines.storage import ReembedRunning, Store
from embeddings.index.catalog import Catalog
from embeddings.index.manifest import CATALOG
from embeddings.search.rollback import roll_back


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    return write_documents(tmp_path / "documents")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_the_index_before_answers_again_after_a_rollback(documents, store, model):
    """A rollback is instant, possible once per older generation, and verified."""
    first = rebuild(documents, store, model)
    with pytest.raises(UserError, match="There is no earlier index"):
        roll_back(store.folder, model)
    (documents / "mars.md").write_text("# Mars\n\nI mars sålde vi båten.\n", encoding="utf-8")
    second = rebuild(documents, store, model)
    assert store.earlier_name() == first.generation
    assert roll_back(store.folder, model).passages == first.passages
    assert store.current_name() == first.generation
    with closing(Catalog.open(store.current() / CATALOG)) as catalog:
        assert "köpte" in catalog.text_of("mars.md")
    assert store.earlier_name() is None
    assert store.path_of(second.generation).is_dir()


def test_after_a_rollback_the_way_back_leads_to_what_answered(documents, store, model):
    """The index that was rolled back is the first to be deleted."""
    first = rebuild(documents, store, model)
    (documents / "mars.md").write_text("# Mars\n\nI mars sålde vi båten.\n", encoding="utf-8")
    second = rebuild(documents, store, model)
    roll_back(store.folder, model)
    (documents / "mars.md").write_text("# Mars\n\nI mars målade vi båten.\n", encoding="utf-8")
    third = rebuild(documents, store, model)
    kept = {path.name for path in (store.folder / "generations").iterdir()}
    assert kept == {first.generation, third.generation}
    assert second.generation not in kept
    assert store.earlier_name() == first.generation


def test_a_rollback_waits_for_no_re_embed(documents, store, model):
    """While a re-embed holds the lock, a rollback gives a message."""
    rebuild(documents, store, model)
    with store.locked(), pytest.raises(ReembedRunning, match="Another re-embed is running"):
        roll_back(store.folder, model)
