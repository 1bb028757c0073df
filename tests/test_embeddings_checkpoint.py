"""An interrupted re-embed loses no computed vectors."""

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import Cancelled
from embeddings.build import build_index
from embeddings.models.static import StaticEmbedder
from embeddings.reembed.checkpoint import Checkpoint

KEYS = [bytes([number]) * 16 for number in range(5)]
VECTORS = np.eye(5, dtype=np.float32)


def test_vectors_are_found_again_by_their_keys(tmp_path: Path):
    """Those of an earlier process and later ones, in any order."""
    first = Checkpoint(tmp_path, "model", 5)
    first.add(KEYS[:2], VECTORS[:2])
    first.close()
    second = Checkpoint(tmp_path, "model", 5)
    second.add(KEYS[2:4], VECTORS[2:4])
    assert [key in second for key in KEYS] == [True] * 4 + [False]
    assert np.array_equal(second.vectors([KEYS[3], KEYS[0]]), VECTORS[[3, 0]])
    second.close()
    second.remove()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("harm", [lambda data: data[:-3], lambda data: data[:-3] + b"abc"])
def test_a_batch_that_was_not_written_whole_is_forgotten(tmp_path: Path, harm):
    """Earlier batches are kept, and new ones take its place."""
    first = Checkpoint(tmp_path, "model", 5)
    first.add(KEYS[:2], VECTORS[:2])
    first.add(KEYS[2:4], VECTORS[2:4])
    first.close()
    (file,) = tmp_path.iterdir()
    file.write_bytes(harm(file.read_bytes()))
    second = Checkpoint(tmp_path, "model", 5)
    assert [key in second for key in KEYS[:4]] == [True, True, False, False]
    second.add(KEYS[4:], VECTORS[4:])
    second.close()
    third = Checkpoint(tmp_path, "model", 5)
    assert np.array_equal(third.vectors(KEYS[4:]), VECTORS[4:])
    third.close()


def test_another_model_has_vectors_of_its_own(tmp_path: Path):
    """A new model deletes the vectors of the last one."""
    first = Checkpoint(tmp_path, "model", 5)
    first.add(KEYS, VECTORS)
    first.close()
    second = Checkpoint(tmp_path, "another", 5)
    assert KEYS[0] not in second
    second.close()
    assert len(list(tmp_path.iterdir())) == 1


def test_an_interrupted_re_embed_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Embedded batches are not embedded again, and the vectors are the same."""
    monkeypatch.setattr(StaticEmbedder, "together", 4)
    model = StaticEmbedder()
    documents = tmp_path / "documents"
    documents.mkdir()
    for number in range(20):
        text = f"# Sak {number}\n\nOm sak {number} beslutades en hel del i år.\n"
        (documents / f"{number}.md").write_text(text, encoding="utf-8")

    def end_midway(stage: str, done: int, total: int) -> None:
        if stage == "embed" and done > 12:
            raise Cancelled

    with pytest.raises(Cancelled):
        build_index(documents, tmp_path / "store", model, progress=end_midway)
    report = build_index(documents, tmp_path / "store", model, progress=lambda *_: None)
    assert (report.passages, report.embedded) == (20, 8)
    build_index(documents, tmp_path / "fresh", model, progress=lambda *_: None)
    resumed, fresh = (
        next((tmp_path / name).glob("generations/*/sv/vectors.faiss")).read_bytes()
        for name in ("store", "fresh")
    )
    assert resumed == fresh
    assert list((tmp_path / "store").glob("unfinished*")) == []
