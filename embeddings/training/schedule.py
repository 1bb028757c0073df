"""Duration and learning rate of a stage."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schedule:
    """Duration and learning rate, with restarts."""

    steps: int
    rate: float
    warmup: int
    temperature: float
    """Divisor of cosines before the softmax."""

    def rate_at(self, step: int) -> float:
        """Return the learning rate: linear warm-up, then half a cosine."""
        rise = min(1.0, (step + 1) / self.warmup)
        return self.rate * rise * max(0.02, 0.5 + 0.5 * math.cos(math.pi * step / self.steps))
