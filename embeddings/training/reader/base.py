"""Initialises the reader's network from a BERT encoder of the transformers library."""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor

from embeddings.models.reader_network import Network, Shape


def start_from(weights: Path, rows: NDArray[np.int64], layers: int = 12) -> Network:
    """Return a network with the encoder's weights, and the given rows of its word table."""
    given = load_file(weights)
    words = given["embeddings.word_embeddings.weight"][torch.from_numpy(rows)]
    places = given["embeddings.position_embeddings.weight"]
    network = Network(Shape(len(rows), layers, words.shape[1]))
    state = {
        "words.weight": words,
        "places": places + given["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    for number in range(layers):
        state |= _block(given, number)
    missing = network.load_state_dict(state, strict=False).missing_keys
    assert all(name.startswith(("answers.", "ends.")) for name in missing), missing
    for head in (network.answers, network.ends):
        torch.nn.init.normal_(head.weight, std=0.02)
        torch.nn.init.zeros_(head.bias)
    return network


def _block(given: dict[str, Tensor], number: int) -> dict[str, Tensor]:
    """Return the weights of a layer under the names used here."""
    old, new = f"encoder.layer.{number}", f"blocks.{number}"
    state: dict[str, Tensor] = {}
    names = {
        "attention.output.dense": "joined",
        "intermediate.dense": "up",
        "output.dense": "down",
        "attention.output.LayerNorm": "first_norm",
        "output.LayerNorm": "second_norm",
    }
    for kind in ("weight", "bias"):
        parts = [given[f"{old}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
        state[f"{new}.mixed.{kind}"] = torch.cat(parts)
        for source, target in names.items():
            state[f"{new}.{target}.{kind}"] = given[f"{old}.{source}.{kind}"]
    return state
