"""Which embedder a setting names."""

from embeddings.models.static import StaticEmbedder
from embeddings.types import Embedder

BUNDLED = "bundled"


def load_embedder(model: str | None = None) -> Embedder:
    """Return the bundled model, or the sentence-transformers model of that name or in that folder.

    UserError where it can't be loaded.
    """
    if model in (None, "", BUNDLED):
        return StaticEmbedder()
    # torch takes seconds to import, and only those who chose a transformer shall wait for it.
    from embeddings.models.transformer import TransformerEmbedder  # noqa: PLC0415

    return TransformerEmbedder(model)
