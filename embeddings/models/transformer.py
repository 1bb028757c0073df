"""Any sentence-transformers model, by name or path, with its own prompts.

Nothing else in the project imports torch, which alone takes seconds.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from sentence_transformers import SentenceTransformer

from corpus.errors import UserError
from embeddings.models.static import normalised
from embeddings.types import Progress, Vectors

_CALL: Final = 512
"""Texts embedded between two reports of progress."""


class TransformerEmbedder:
    """Embeds text with a sentence-transformers model; vectors are scaled to unit length."""

    languages: frozenset[str] | None = None

    def __init__(self, name: str, batch_size: int = 32, device: str | None = None) -> None:
        """Load the model of that name or in that folder; UserError where it can't be had."""
        self.name = name
        self._batch_size = batch_size
        try:
            self._model = SentenceTransformer(name, device=device)
        # What the library, the hub client and the readers of weights raise in one case or another.
        except (OSError, ValueError, RuntimeError, KeyError, TypeError, ImportError) as error:
            raise UserError(_cannot_load(name, error)) from error

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def fingerprint(self) -> str:
        """Digest of the weights and of the prompts put before questions and passages."""
        digest = hashlib.blake2b(digest_size=8)
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.detach().cpu().float().contiguous().numpy().tobytes())
        digest.update(repr(sorted(self._model.prompts.items())).encode())
        return f"{Path(self.name).name}-{digest.hexdigest()}"

    def embed_passages(self, texts: Sequence[str], progress: Progress) -> Vectors:
        """Embed texts that will be found; shape (len(texts), dimension), rows of unit length."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _CALL):
            batch = list(texts[start : start + _CALL])
            vectors[start : start + len(batch)] = self._model.encode_document(
                batch, batch_size=self._batch_size, show_progress_bar=False
            )
            progress("embed", start + len(batch), len(texts))
        return normalised(vectors)

    def embed_question(self, text: str) -> Vectors:
        """Embed a question; shape (dimension,)."""
        vector = self._model.encode_query(text, show_progress_bar=False)
        return normalised(np.asarray(vector, dtype=np.float32))


def _cannot_load(name: str, error: BaseException) -> str:
    reason = str(error).strip().split("\n")[0][:200]
    return (
        f"The model EMBEDDING_MODEL={name} cannot be loaded: {reason}. Give the folder of a "
        "downloaded model, or leave EMBEDDING_MODEL empty: the bundled model needs no network."
    )
