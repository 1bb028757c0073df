"""How long and how fast the model learns."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to learn."""

    steps: int
    rate: float
    warmup: int
    temperature: float
    """Cosines are divided by it before the softmax."""
    longest: int
    """Pieces of a text that are looked at in a step; of longer texts a stretch is."""
    checkpoint: int
    """Steps between checkpoints: what is lost when a run is killed."""
    seed: int

    def rate_at(self, step: int) -> float:
        """Return the learning rate: up in a line, down in half a cosine wave."""
        rise = min(1.0, (step + 1) / self.warmup)
        return self.rate * rise * max(0.02, 0.5 + 0.5 * math.cos(math.pi * step / self.steps))
