"""Any sentence-transformers model, by name or path, with its own prompts.

Only this file and the cross-encoder import torch, which takes seconds.
"""

from collections.abc import Sequence

import numpy as np
from sentence_transformers import SentenceTransformer

from embeddings.models.batches import TOGETHER, batches_by_length
from embeddings.models.hub import load_model, weights_fingerprint
from embeddings.models.static import normalised
from embeddings.models.turns import Turns
from embeddings.types import Progress, Vectors


class TransformerEmbedder:
    """Embeds text with a sentence-transformers model; vectors have unit length.

    Thread-safe; calls take turns, since a tokenizer is not.
    """

    languages: frozenset[str] | None = None
    together = TOGETHER

    def __init__(self, name: str, batch_size: int = 32, device: str | None = None) -> None:
        """Load a model by name or folder; UserError if it is not available."""
        self.name = name
        self._batch_size = batch_size
        self._model: SentenceTransformer = load_model(
            SentenceTransformer, name, "EMBEDDING_MODEL", device=device
        )
        self._turns = Turns()

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def fingerprint(self) -> str:
        """Digest of the weights and of the prompts for questions and passages."""
        prompts = repr(sorted(self._model.prompts.items()))
        return weights_fingerprint(self.name, self._model.state_dict(), prompts)

    def embed_passages(self, texts: Sequence[str], progress: Progress) -> Vectors:
        """Embed passages; shape (len(texts), dimension), unit length."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        done = 0
        for numbers in batches_by_length(texts):
            batch = [texts[number] for number in numbers]
            with self._turns:
                vectors[numbers] = self._model.encode_document(
                    batch, batch_size=self._batch_size, show_progress_bar=False
                )
            done += len(batch)
            progress("embed", done, len(texts))
        return normalised(vectors)

    def embed_question(self, text: str) -> Vectors:
        """Embed a question; shape (dimension,)."""
        with self._turns:
            vector = self._model.encode_query(text, show_progress_bar=False)
        return normalised(np.asarray(vector, dtype=np.float32))
