"""How long and how fast the model learns in a stage."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to learn, with rates that rise and fall anew."""

    steps: int
    rate: float
    warmup: int
    temperature: float
    """Cosines are divided by it before the softmax."""

    def rate_at(self, step: int) -> float:
        """Return the learning rate: up in a line, down in half a cosine wave."""
        rise = min(1.0, (step + 1) / self.warmup)
        return self.rate * rise * max(0.02, 0.5 + 0.5 * math.cos(math.pi * step / self.steps))
