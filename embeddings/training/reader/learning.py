"""One pass of training over the examples, which can be resumed."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from embeddings.models.reader_network import Network
from embeddings.training.reader.batching import Batch, batches
from embeddings.training.reader.data.examples import Example
from embeddings.training.reader.losses import loss

HEADS: Final = ("answers.", "ends.")
HEADS_FASTER: Final = 10.0
LOG_EVERY: Final = 20
AT_ONCE: Final = 12
"""Texts computed together: fewer waste less on padding."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The parameters of a training stage."""

    rate: float
    pieces: int = 6000
    """Pieces per batch."""
    warmup: int = 60
    lowest: float = 0.1
    """Final learning rate as a share of the maximum."""
    seed: int = 1
    checkpoint: int = 150
    """Batches between checkpoints."""
    frozen: int = 0
    """Number of lowest layers that are frozen; every four save a quarter of the time."""
    most: int | None = None
    """Maximum number of batches; the learning rate falls to its lowest by then."""


def learn(
    network: Network,
    examples: Sequence[Example],
    tokenizer: Tokenizer,
    plan: Plan,
    saved: Path,
    log: Callable[[str], None],
) -> None:
    """Train the network on the examples, resuming from `saved` if it exists."""
    optimizer = torch.optim.AdamW(_groups(network, plan), weight_decay=0.01, fused=True)
    done = _resume(network, optimizer, saved)
    whole = sum(1 for _ in batches(examples, tokenizer, plan.seed, plan.pieces))
    whole = min(whole, plan.most or whole)
    log(f"{whole} batches, {done} done")
    network.train()
    began, pieces, sums = time.monotonic(), 0, dict[str, float]()
    batched = batches(examples, tokenizer, plan.seed, plan.pieces)
    for number, batch in enumerate(islice(batched, whole)):
        if number < done:
            continue
        for group in optimizer.param_groups:
            group["lr"] = group["height"] * _share(number, whole, plan)
        scores, ends = judged(network, batch)
        total, parts = loss(scores, ends, batch)
        optimizer.zero_grad()
        torch.autograd.backward(total)
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        pieces += int(batch.real.sum())
        sums = {name: sums.get(name, 0.0) + part for name, part in parts.items()}
        if (number + 1) % LOG_EVERY == 0:
            means = " ".join(f"{name} {part / LOG_EVERY:.3f}" for name, part in sums.items())
            speed = pieces / (time.monotonic() - began)
            log(f"{number + 1}/{whole} {means} {speed:.0f} pieces/s")
            sums = {}
        if (number + 1) % plan.checkpoint == 0 or number + 1 == whole:
            _save(network, optimizer, number + 1, saved)


def move_back(network: Network, earlier: Network, share: float) -> None:
    """Move the weights to a share of the way from those of an earlier network to their own.

    A mean of both keeps more of what the earlier one knew. Source: Wortsman et al., "Robust
    fine-tuning of zero-shot models", 2022.
    """
    before = earlier.state_dict()
    with torch.no_grad():
        for name, value in network.state_dict().items():
            value.copy_(torch.lerp(before[name], value, share))


def judged(network: Network, batch: Batch) -> tuple[Tensor, Tensor]:
    """Return the network's output for a batch, computed for texts of similar length at a time."""
    lengths = batch.real.sum(1)
    order = torch.argsort(lengths)
    scores, ends = [], []
    for rows in order.split(AT_ONCE):
        longest = int(lengths[rows].max())
        score, end = network(batch.ids[rows, :longest], batch.real[rows, :longest])
        scores.append(score)
        ends.append(functional.pad(end, (0, 0, 0, batch.ids.shape[1] - longest)))
    back = torch.argsort(order)
    return torch.cat(scores)[back], torch.cat(ends)[back]


def _groups(network: Network, plan: Plan) -> list[dict[str, Any]]:
    """Return the trained parameters: all but the word table and the layers' biases, for speed."""
    network.words.weight.requires_grad_(False)
    if plan.frozen:
        network.places.requires_grad_(False)
        network.norm.requires_grad_(False)
        network.blocks[: plan.frozen].requires_grad_(False)
    for block in network.blocks:
        for part in block.children():
            if isinstance(part, nn.Linear):
                part.bias.requires_grad_(False)
    named = [(name, value) for name, value in network.named_parameters() if value.requires_grad]
    heads = [value for name, value in named if name.startswith(HEADS)]
    body = [value for name, value in named if not name.startswith(HEADS)]
    return [
        {"params": body, "height": plan.rate},
        {"params": heads, "height": plan.rate * HEADS_FASTER},
    ]


def _share(number: int, whole: int, plan: Plan) -> float:
    """Return the learning rate of a batch as a share of the maximum: warm-up, then decay."""
    if number < plan.warmup:
        return (number + 1) / plan.warmup
    left = (whole - number) / max(1, whole - plan.warmup)
    return plan.lowest + (1 - plan.lowest) * left


def _save(network: Network, optimizer: torch.optim.Optimizer, done: int, path: Path) -> None:
    """Save the state; a partly written file never replaces an older one."""
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "done": done}
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def _resume(network: Network, optimizer: torch.optim.Optimizer, path: Path) -> int:
    """Load the saved state; return the number of batches done."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["done"])
