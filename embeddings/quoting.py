"""Which sentences or list of a passage are quoted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corpus.types import Passage, Span
from embeddings.kinds import KindTest
from embeddings.types import Vectors

_LONGEST_RUN: Final = 3
"""Units that are quoted together at most."""
_LONGEST_QUOTE: Final = 700
"""Characters of several units quoted together."""
_KIND_QUOTED: Final = 0.25
"""Support that holding what is asked for is worth when a quote is chosen."""
_RUN_COSTS: Final = 0.07
"""Support that a further unit must add to be quoted as well."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The run of a passage's units that answers best."""

    span: Span
    support: float
    """How well it renders what the passage's title leaves to be said, less for each added unit."""
    fits: float
    """1 where it holds the kind of thing that is asked for, else 0."""


def quote_best(passage: Passage, units: Vectors, needed: Vectors, kind: KindTest) -> Quoted:
    """Return the best single unit of a passage, or several in a row that say more together."""
    fits = [kind.fits(text) for text in passage.unit_texts()]
    quotable = [
        Quoted(
            span=(passage.units[run.start][0], passage.units[run.stop - 1][1]),
            support=float(units[run].max(axis=0) @ needed)
            - _RUN_COSTS * (run.stop - run.start - 1),
            fits=max(fits[run]),
        )
        for run in _runs(passage)
    ]
    return max(quotable, key=lambda one: one.support + _KIND_QUOTED * one.fits)


def _runs(passage: Passage) -> Iterator[slice]:
    """Yield the runs of units that can be quoted: no heading within, and not too long."""
    for first, (start, _) in enumerate(passage.units):
        yield slice(first, first + 1)
        for last in range(first + 1, min(first + _LONGEST_RUN, len(passage.units))):
            before, (following, end) = passage.units[last - 1][1], passage.units[last]
            between = passage.text[before - passage.start : following - passage.start]
            if between.strip() or end - start > _LONGEST_QUOTE:
                break
            yield slice(first, last + 1)
