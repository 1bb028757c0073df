"""Writes a trained network in eight bits, for both runtimes.

The weights are in two safetensors files. The ONNX graph refers to offsets in them, and
sentence-transformers reads the same files with `embeddings.models.cross_encoder`.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from torch import Tensor

from embeddings.models.reader_network import Network
from embeddings.training.reader.evening import Pair, evening, input_reach
from embeddings.training.reader.graph import write_graph

WORDS: Final = "words.safetensors"
LAYERS: Final = "layers.safetensors"
PLACES: Final = 288
"""Maximum number of pieces of question and passage."""
STEPS: Final = 127


def export(network: Network, tokenizer: Path, out: Path, pairs: Sequence[Pair]) -> None:
    """Write the reader's folder: weights, graph, tokenizer, and loading code.

    `pairs` are questions and passages for calibration: some dozens of any kind.
    """
    out.mkdir(parents=True, exist_ok=True)
    reach = input_reach(network, Tokenizer.from_file(str(tokenizer)), pairs)
    words, layers = quantised(network, reach)
    save_file(words, out / WORDS)
    save_file(layers, out / LAYERS)
    write_graph(out, network.shape)
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    _write(out / "modules.json", [_MODULE])
    _write(out / "config_sentence_transformers.json", _CONFIG)
    shape = network.shape
    sizes = {name: getattr(shape, name) for name in shape.__slots__} | {"places": PLACES}
    _write(out / "config.json", sizes)


_MODULE: Final = {
    "idx": 0,
    "name": "0",
    "path": "",
    "type": "embeddings.models.cross_encoder.ReaderModule",
}
_CONFIG: Final = {
    "model_type": "CrossEncoder",
    "activation_fn": "torch.nn.modules.linear.Identity",
}


def quantised(
    network: Network, reach: Mapping[str, Tensor]
) -> tuple[dict[str, NDArray[np.generic]], dict[str, NDArray[np.generic]]]:
    """Return the word table and all other weights; matrices as small integers with scales."""
    words: dict[str, NDArray[np.generic]] = {}
    layers: dict[str, NDArray[np.generic]] = {}
    for name, tensor in network.state_dict().items():
        if name == "words.weight":
            words["words.weight"], words["words.scale"] = _rounded(tensor)
        elif name == "places":
            layers[name] = tensor[:PLACES].numpy().copy()
        elif name.startswith("blocks.") and tensor.ndim == 2:
            own = name.removesuffix(".weight")
            divisor = evening(reach[own], tensor)
            whole, scale = _rounded(tensor * divisor)
            # ONNX expects the right-hand matrix with one row per input.
            layers[name] = np.ascontiguousarray(whole.T)
            layers[f"{own}.scale"] = scale
            layers[f"{own}.evened"] = (1 / divisor).numpy()
        else:
            layers[name] = tensor.numpy().copy()
    return words, layers


def _rounded(tensor: Tensor) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return each row as 8-bit integers, with its scale."""
    scale = (tensor.abs().amax(1) / STEPS).clamp(min=1e-8)
    whole = torch.round(tensor / scale[:, None]).to(torch.int8)
    return whole.numpy(), scale.numpy()


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n")
