"""A slow model that records which passages it embeds, for tests of several workers."""

import os
import time
from pathlib import Path

from embeddings.models.static import StaticEmbedder

LOG = "embedded.log"


class SlowEmbedder(StaticEmbedder):
    """The bundled model, with a record of each batch in a folder."""

    def __init__(self, folder):
        super().__init__()
        self._noted = Path(folder) / LOG

    def embed_passages(self, texts, progress):
        """Embed texts, after recording the process."""
        with self._noted.open("a", encoding="utf-8") as file:
            file.write(f"{os.getpid()} {hash_of(texts)}\n")
        time.sleep(0.05)
        return super().embed_passages(texts, progress)


def hash_of(texts):
    """Return the identity of a batch."""
    return sum(map(len, texts)), len(texts), texts[0][:40].replace(" ", "_").replace("\n", "_")


def noted(folder):
    """Return process and batch of each record, in order."""
    path = Path(folder) / LOG
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [(int(line.split(" ", 1)[0]), line.split(" ", 1)[1]) for line in lines]
