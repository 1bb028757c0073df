"""Which embedder and which reader the settings name."""

from pathlib import Path

from embeddings.models.reader import BUNDLED_READER, GRAPH, WEIGHTS, BundledReader
from embeddings.models.static import StaticEmbedder
from embeddings.types import Embedder, Reader

BUNDLED = "bundled"
OFF = "off"


def load_embedder(model: str | None = None) -> Embedder:
    """Return the bundled model, or the sentence-transformers model of that name or in that folder.

    UserError where it can't be loaded.
    """
    if model in (None, "", BUNDLED):
        return StaticEmbedder()
    # torch takes seconds to import, and only those who chose a transformer shall wait for it.
    from embeddings.models.transformer import TransformerEmbedder  # noqa: PLC0415

    return TransformerEmbedder(model)


def load_reader(name: str | None = None, threads: int = 2) -> Reader | None:
    """Return the reader that a setting names; None for "off".

    It may be the bundled one, a folder with one like it, or any cross-encoder of
    sentence-transformers, by name or folder. UserError where it can't be loaded.
    """
    if name == OFF or (name in (None, "", BUNDLED) and not BUNDLED_READER.exists()):
        return None
    if name in (None, "", BUNDLED):
        return BundledReader(threads=threads)
    if (Path(name) / GRAPH).exists() and (Path(name) / WEIGHTS[0]).exists():
        return BundledReader(Path(name), threads)
    # torch takes seconds to import, and only those who chose another model shall wait for it.
    from embeddings.models.cross_encoder import CrossEncoderReader  # noqa: PLC0415

    return CrossEncoderReader(name)
