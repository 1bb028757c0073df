"""Embedding on several workers: the same vectors, also if a worker dies."""

import os
import signal
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("distributed", reason="pip install 'citera[dask]'")

from distributed import LocalCluster
from slow_embedder import SlowEmbedder, noted

from corpus.errors import Cancelled, UserError
from embeddings.build import build_index
from embeddings.models import batches, spreading
from embeddings.models.loading import embedding_on
from embeddings.models.spreading import Model, spread
from embeddings.models.static import StaticEmbedder
from embeddings.search.passage_index import PassageIndex

PASSAGES = 200


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Ignore progress."""


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(PASSAGES):
        text = f"Ärende {number} gäller gatan vid torg {number * 7}, och {'mycket ' * (number % 9)}"
        (folder / f"sak{number}.md").write_text(f"# Sak {number}\n\n{text}.\n", encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 4)
    monkeypatch.setattr(spreading, "BATCH", 4)


@pytest.fixture(scope="module")
def cluster():
    """Two workers shared by tests, as in a remote cluster."""
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        memory_limit=0,
        dashboard_address="127.0.0.1:0",
        host="127.0.0.1",
    ) as cluster:
        yield cluster


def vectors(folder: Path, model: StaticEmbedder) -> np.ndarray:
    with closing(PassageIndex.open(folder, model)) as index:
        (part,) = [one for one in index.partitions if one.language == "sv"]
        return part.dense.vectors(np.arange(len(part.forward)))


def test_a_killed_worker_loses_one_batch(documents, tmp_path, model, cluster):
    """The index is the same, and only the lost batch is computed again."""
    alone = build_index(documents, tmp_path / "alone", model, progress=quiet)
    killed = []

    def kill_one(stage: str, done: int, _total: int) -> None:
        if stage == "embed" and done > 20 and not killed:
            killed.append(noted(tmp_path)[-1][0])
            os.kill(killed[0], signal.SIGKILL)

    on = Model(SlowEmbedder, str(tmp_path), model.fingerprint)
    with spread(on, model.dimension, cluster.scheduler_address) as several:
        report = build_index(
            documents, tmp_path / "several", model, progress=kill_one, embed_by=several
        )
    assert killed
    assert report.embedded == alone.embedded == PASSAGES
    found, expected = (
        vectors(tmp_path / name / "generations" / one.generation, model)
        for name, one in (("several", report), ("alone", alone))
    )
    assert np.array_equal(found, expected)
    workers, computed = zip(*noted(tmp_path), strict=True)
    assert len(set(workers)) >= 2
    assert len(set(computed)) == PASSAGES // 4
    assert len(computed) - len(set(computed)) <= 1


def test_a_re_embed_that_was_stopped_goes_on(documents, tmp_path, model, cluster, monkeypatch):
    """Vectors from workers are not computed again."""
    monkeypatch.setattr(spreading, "TOGETHER", 50)
    monkeypatch.setattr(spreading, "_AHEAD", 1)

    def stop(stage: str, done: int, _total: int) -> None:
        if stage == "embed" and done > 120:
            raise Cancelled

    on = Model(SlowEmbedder, str(tmp_path), model.fingerprint)
    with (
        spread(on, model.dimension, cluster.scheduler_address) as several,
        pytest.raises(Cancelled),
    ):
        build_index(documents, tmp_path / "store", model, progress=stop, embed_by=several)
    report = build_index(documents, tmp_path / "store", model, progress=quiet)
    assert report.embedded == PASSAGES - 100


def test_workers_with_another_model_are_refused(documents, tmp_path, model, cluster):
    """An index never has vectors of two models."""
    on = Model(SlowEmbedder, str(tmp_path), "another")
    with (
        spread(on, model.dimension, cluster.scheduler_address) as several,
        pytest.raises(UserError, match="has another model"),
    ):
        build_index(documents, tmp_path / "store", model, progress=quiet, embed_by=several)


def test_no_scheduler_and_no_workers_are_told(documents, tmp_path, model, monkeypatch):
    """One sentence, without a long wait."""
    monkeypatch.setattr(spreading, "_CONNECT", 1)
    monkeypatch.setattr(spreading, "_PATIENCE", 1)
    with (
        embedding_on("tcp://127.0.0.1:9", model, None) as several,
        pytest.raises(UserError, match="where no Dask scheduler responds"),
    ):
        build_index(documents, tmp_path / "store", model, progress=quiet, embed_by=several)
    with (
        LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", host="127.0.0.1") as empty,
        embedding_on(empty.scheduler_address, model, None) as several,
        pytest.raises(UserError, match="No worker at"),
    ):
        build_index(documents, tmp_path / "store", model, progress=quiet, embed_by=several)


def test_workers_of_this_machine(tmp_path, model):
    """They are started when there is something to embed."""
    with embedding_on(1, model, None) as several:
        texts = ["Taket lagades i april.", "The library opens on 3 May."]
        found = several.embed_passages(texts, quiet)
        assert np.array_equal(found, model.embed_passages(texts, quiet))
