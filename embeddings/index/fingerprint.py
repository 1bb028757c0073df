"""The fingerprint of an index."""

from embeddings.index.passage_text import TEXT_VERSION
from embeddings.models.static import BUNDLED_MODEL, StaticEmbedder, fingerprint_in
from embeddings.types import Embedder


def fingerprint_of(embedder: Embedder) -> str:
    """Return what must be equal for a question to be asked of an index.

    It includes the bundled model, which compares words even if another model embeds passages.
    """
    words = "" if isinstance(embedder, StaticEmbedder) else f"/{fingerprint_in(BUNDLED_MODEL)}"
    return f"{embedder.fingerprint}{words}/text-{TEXT_VERSION}"
