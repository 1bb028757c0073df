"""Equalises the inputs of matrix products, so that eight bits suffice for them.

A few channels of an encoder's states are many times as large as the others, and all share one scale
per text when quantised. So each channel is divided by a factor, and its weights are multiplied by
it. Source: Xiao et al., SmoothQuant, 2023.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import torch
from tokenizers import Tokenizer
from torch import Tensor

from embeddings.models.reader import LONGEST
from embeddings.models.reader_network import Linear, Network

Pair: TypeAlias = tuple[str, str]
"""A question, and a passage with its head."""
SHARE: Final = 0.8
"""How much of a channel's magnitude moves from the inputs to the weights."""
LEAST: Final = 1e-3


def input_reach(network: Network, tokenizer: Tokenizer, pairs: Sequence[Pair]) -> dict[str, Tensor]:
    """Return the maximum of each channel of every matrix's input over the pairs."""
    reach: dict[str, Tensor] = {}
    tokenizer.enable_truncation(LONGEST, strategy="only_second")
    handles = [
        layer.register_forward_pre_hook(_watch(name, reach))
        for name, layer in network.named_modules()
        if isinstance(layer, Linear)
    ]
    with torch.no_grad():
        for question, passage in pairs:
            ids = torch.tensor([tokenizer.encode(question, passage).ids])
            network(ids, torch.ones_like(ids))
    for handle in handles:
        handle.remove()
    return reach


def _watch(name: str, reach: dict[str, Tensor]) -> Callable[[Any, tuple[Tensor, ...]], None]:
    """Return a hook that records a layer's input."""

    def note(_layer: Any, inputs: tuple[Tensor, ...]) -> None:
        largest = inputs[0].abs().flatten(0, -2).amax(0)
        reach[name] = torch.maximum(reach.get(name, largest), largest)

    return note


def evening(reach: Tensor, weight: Tensor) -> Tensor:
    """Return the divisor of each channel of a matrix's input."""
    own = weight.abs().amax(0).clamp(min=LEAST)
    divisor: Tensor = reach.clamp(min=LEAST) ** SHARE / own ** (1 - SHARE)
    return divisor
