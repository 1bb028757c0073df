"""The reader in torch: a BERT encoder with a passage score, and answer start and end scores.

It is implemented here because bfloat16 can then be used for almost all of the work, which makes
training five times faster on a CPU with instructions for it.
"""

import time
from dataclasses import dataclass
from functools import cache
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

EPSILON: Final = 1e-12
MASKED: Final = -1e4


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a network."""

    pieces: int
    layers: int = 12
    width: int = 384
    heads: int = 12
    inner: int = 1536
    places: int = 512


class Linear(nn.Linear):
    """A linear layer that computes in the float type of its input."""

    def forward(self, values: Tensor) -> Tensor:
        """Return the layer's output."""
        weight, bias = self.weight.to(values.dtype), self.bias.to(values.dtype)
        return functional.linear(values, weight, bias)


class Block(nn.Module):
    """A transformer layer: attention and feed-forward, each with residual and normalisation."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.mixed = Linear(shape.width, 3 * shape.width)
        self.joined = Linear(shape.width, shape.width)
        self.up = Linear(shape.width, shape.inner)
        self.down = Linear(shape.inner, shape.width)
        self.first_norm = nn.LayerNorm(shape.width, eps=EPSILON)
        self.second_norm = nn.LayerNorm(shape.width, eps=EPSILON)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Return the next layer's states; `mask` is added to the attention scores."""
        texts, length, width = states.shape
        mixed = self.mixed(states).view(texts, length, 3, self.heads, -1)
        queries, keys, values = mixed.permute(2, 0, 3, 1, 4)
        scale = queries.shape[-1] ** -0.5
        shares = (torch.matmul(queries * scale, keys.transpose(-1, -2)) + mask).softmax(-1)
        seen = torch.matmul(shares, values).transpose(1, 2).reshape(texts, length, width)
        states = _norm(self.first_norm, states + self.joined(seen))
        inner = functional.gelu(self.up(states))
        return _norm(self.second_norm, states + self.down(inner))


class Network(nn.Module):
    """Judges a question and a passage, given as one sequence of pieces."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.pieces, shape.width)
        self.places = nn.Parameter(torch.zeros(shape.places, shape.width))
        self.norm = nn.LayerNorm(shape.width, eps=EPSILON)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.answers = nn.Linear(shape.width, 1)
        self.ends = nn.Linear(shape.width, 2)

    def forward(self, ids: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        """Return a score per text, and two per piece: answer start and answer end."""
        kind = _fast_float() if self.training else self.places.dtype
        states = self.norm(self.words(ids) + self.places[: ids.shape[1]]).to(kind)
        mask = ((1 - real.to(kind)) * MASKED)[:, None, None, :]
        for block in self.blocks:
            states = block(states, mask)
        states = states.to(self.places.dtype)
        weights = real.to(states.dtype)[:, :, None]
        mean = (states * weights).sum(1) / weights.sum(1)
        return self.answers(mean)[:, 0], self.ends(states)


@cache
def _fast_float() -> torch.dtype:
    """Return the type of numbers that this processor multiplies faster.

    Without instructions for bfloat16 it is 2 (AVX-512) to 300 times (AVX2) slower.
    """
    return min((torch.bfloat16, torch.float32), key=_seconds)


def _seconds(kind: torch.dtype) -> float:
    """Return the least time of three multiplications."""
    rows = torch.ones(128, 384, dtype=kind)
    square = torch.ones(384, 384, dtype=kind)
    times = []
    for _ in range(3):
        began = time.perf_counter()
        rows @ square
        times.append(time.perf_counter() - began)
    return min(times)


def _norm(layer: nn.LayerNorm, values: Tensor) -> Tensor:
    weight, bias = layer.weight.to(values.dtype), layer.bias.to(values.dtype)
    return functional.layer_norm(values, layer.normalized_shape, weight, bias, EPSILON)
