"""Writes a table of piece vectors as a folder for sentence-transformers."""

import json
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save
from tokenizers import Tokenizer

_PACKAGE: Final = "sentence_transformers.models"
_MODULES: Final = [
    {"idx": 0, "name": "0", "path": "", "type": f"{_PACKAGE}.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{_PACKAGE}.Normalize"},
]


def export(folder: Path, tokenizer: Tokenizer, table: NDArray[np.float32]) -> None:
    """Write the model into `folder`, with a byte per number and a scale per row.

    The vector of piece i is `embeddings[i] * weights[i]`, which sentence-transformers computes on
    loading.
    """
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    (folder / "1_Normalize" / "config.json").write_text("{}\n")
    scales = np.abs(table).max(axis=1) / 127
    rounded = np.round(table / np.where(scales > 0, scales, 1)[:, None]).astype(np.int8)
    tensors = {"embeddings": rounded, "weights": scales.astype(np.float32)}
    (folder / "model.safetensors").write_bytes(save(tensors))
    (folder / "tokenizer.json").write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
    (folder / "modules.json").write_text(json.dumps(_MODULES, indent=2) + "\n")


def fold_rarity(
    table: NDArray[np.float32], shares: NDArray[np.float64], half: float
) -> NDArray[np.float32]:
    """Return the table with frequent pieces scaled down; one with share `half` counts half."""
    weights = half / (half + shares) if half else np.ones(len(table))
    folded: NDArray[np.float32] = (table * weights[:, None]).astype(np.float32)
    return folded
