"""Compares two runs: which figures changed, and which questions got better or worse."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.evaluation.figures import ALL, BY_NAME, Figure
from bot.evaluation.outcomes import Outcome, Verdict
from bot.evaluation.results import EarlierResults, Results


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of a group that changed."""

    group: str
    figure: Figure
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class Changed:
    """A question whose verdict changed."""

    outcome: Outcome
    before: Verdict

    @property
    def better(self) -> bool:
        """Whether the new verdict is better."""
        return self.outcome.verdict.rank > self.before.rank

    def as_json(self) -> dict[str, str]:
        """Return it as JSON-compatible values."""
        golden, now = self.outcome.golden, self.outcome.verdict
        return {"id": golden.id, "question": golden.question, "before": self.before, "now": now}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences between an earlier run and the current one."""

    moved: tuple[Moved, ...]
    better: tuple[Changed, ...]
    worse: tuple[Changed, ...]
    in_one_alone: int
    """The number of questions that only one of the runs has."""

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON-compatible values."""
        return {
            "figures": [
                {"group": one.group, "figure": one.figure.name, "before": round(one.before, 6),
                 "now": round(one.now, 6)}
                for one in self.moved
            ],
            "better": [one.as_json() for one in self.better],
            "worse": [one.as_json() for one in self.worse],
            "in_one_alone": self.in_one_alone,
        }  # fmt: skip


def compare(results: Results, earlier: EarlierResults) -> Comparison:
    """Return the differences between an earlier run and the current one."""
    changed = [
        Changed(one, before)
        for one in results.outcomes
        if (before := earlier.verdicts.get(one.golden.question, one.verdict)) != one.verdict
    ]
    now = {one.golden.question for one in results.outcomes}
    return Comparison(
        moved=tuple(_moved(results, earlier)),
        better=tuple(one for one in changed if one.better),
        worse=tuple(one for one in changed if not one.better),
        in_one_alone=len(now ^ earlier.verdicts.keys()),
    )


def _moved(results: Results, earlier: EarlierResults) -> Sequence[Moved]:
    return [
        Moved(group, figure, before, now)
        for group, figures in results.groups.items()
        for name, now in figures.items()
        # Times vary between runs, too much to compare over few questions.
        if (group == ALL or BY_NAME[name].unit != "s")
        and (before := earlier.groups.get(group, {}).get(name)) is not None
        and (figure := BY_NAME[name]).told(before) != figure.told(now)
    ]
