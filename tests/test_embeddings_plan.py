"""The estimate of a re-embed."""

from pathlib import Path

import numpy as np
import pytest

from embeddings.models.static import StaticEmbedder
from embeddings.reembed import plan
from embeddings.reembed.plan import plan_index


class Clock:
    """A clock that is advanced by hand."""

    now = 0.0

    def monotonic(self) -> float:
        """Return the time that it is set to."""
        return self.now


class Instant(StaticEmbedder):
    """Embeds in no time."""

    def embed_passages(self, texts, progress):
        """Return as many vectors as there are texts."""
        return np.zeros((len(texts), self.dimension), dtype=np.float32)


@pytest.mark.parametrize("count", [0, 1, 24, 2401])
def test_processes_start_once_however_many_files_there_are(tmp_path, monkeypatch, count: int):
    """The start-up time counts once."""
    clock = Clock()

    def read(folder: Path, files, *, read_pictures=False):
        for number, _ in enumerate(files):
            clock.now += 1.0 if number else 10.0
            yield []

    monkeypatch.setattr(plan, "time", clock)
    monkeypatch.setattr(plan, "read_all", read)
    for number in range(count):
        (tmp_path / f"{number}.md").write_text("Sak.")
    told = plan_index(tmp_path, tmp_path / "store", Instant(), progress=lambda *_: None)
    assert told.new == count
    assert told.seconds == pytest.approx(10 + count - 1 if count else 0)
