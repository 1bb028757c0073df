"""The results of a run, with figures for each group, and as JSON for later comparison."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

from bot.evaluation.calibration import Refusals, refusal_area, refusal_curve, reliability
from bot.evaluation.figures import Figures, groups_of, measure
from bot.evaluation.outcomes import Outcome, Verdict
from corpus.errors import UserError

FORMAT: Final = 1

DECIDERS: Final[dict[str, Callable[[Outcome], float]]] = {
    "confidence": lambda one: one.answer.confidence,
    "score": lambda one: one.score,
}
"""What could decide a refusal: the confidence that Citera uses, and the plain search score."""


@dataclass(frozen=True, slots=True)
class Results:
    """The outcomes of a question file and their figures."""

    outcomes: tuple[Outcome, ...]
    groups: dict[str, Figures]
    sizes: dict[str, int]
    """The number of questions in each group."""

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Self:
        """Return the results of outcomes."""
        groups = groups_of(outcomes)
        return cls(
            outcomes=tuple(outcomes),
            groups={name: measure(held) for name, held in groups.items()},
            sizes={name: len(held) for name, held in groups.items()},
        )

    def refusal_curves(self) -> dict[str, list[Refusals]]:
        """Return the cost of refusing at each threshold, for each of `DECIDERS`."""
        return {name: refusal_curve(self.outcomes, by) for name, by in DECIDERS.items()}

    def refusal_areas(self) -> dict[str, float | None]:
        """Return the ROC area of each of `DECIDERS`."""
        return {name: refusal_area(self.outcomes, by) for name, by in DECIDERS.items()}

    def as_json(self) -> dict[str, Any]:
        """Return the results, and every outcome, as JSON-compatible values."""
        return {
            "format": FORMAT,
            "questions": len(self.outcomes),
            "generations": sorted({one.answer.generation for one in self.outcomes}),
            "seconds": round(sum(one.answer.seconds for one in self.outcomes), 3),
            "figures": {name: _rounded(figures) for name, figures in self.groups.items()},
            "sizes": self.sizes,
            "refusal_areas": self.refusal_areas(),
            "refusal_curves": {
                name: [_rounded(asdict(one)) for one in curve]
                for name, curve in self.refusal_curves().items()
            },
            "reliability": [_rounded(asdict(one)) for one in reliability(self.outcomes)],
            "outcomes": [_outcome(one) for one in self.outcomes],
        }


@dataclass(frozen=True, slots=True)
class EarlierResults:
    """The parts of an earlier run that can be compared."""

    groups: dict[str, Figures]
    verdicts: dict[str, Verdict]
    """The verdict of each question, by its text."""

    @classmethod
    def of(cls, results: Results) -> Self:
        """Return the comparable parts of a current run."""
        return cls(results.groups, {one.golden.question: one.verdict for one in results.outcomes})

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the output of `citera eval --json`; UserError if the file is something else."""
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            if fields["format"] != FORMAT:
                raise UserError(f"{path} was written by another version of citera.")
            groups = {
                name: {figure: float(value) for figure, value in figures.items()}
                for name, figures in fields["figures"].items()
            }
            verdicts = {one["question"]: Verdict(one["verdict"]) for one in fields["outcomes"]}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"{path} is not the output of citera eval --json ({error!r})."
            raise UserError(message) from error
        return cls(groups, verdicts)


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 6) for name, value in figures.items()}


def _outcome(one: Outcome) -> dict[str, Any]:
    golden, answer = one.golden, one.answer
    return {
        "id": golden.id,
        "question": golden.question,
        "language": golden.language,
        "kind": golden.kind,
        "docs": sorted(golden.documents),
        "evidence": list(golden.evidence),
        "verdict": one.verdict.value,
        "found": answer.found,
        "grade": answer.grade.value,
        "confidence": round(answer.confidence, 6),
        "score": round(one.score, 6),
        "seconds": round(answer.seconds, 6),
        "names": {name: name in one.names_given for name in one.names},
        "items": [item.text for item in answer.items],
        "wrong_items": [item.text for item in one.wrong_items],
        "complete": answer.complete,
        "quoted": [
            {
                "document": citation.document,
                "quote": citation.quote,
                "quote_start": citation.quote_start,
                "quote_end": citation.quote_end,
                "valid": citation not in one.misquoted,
            }
            for citation in (*answer.citations, *answer.nearest)
        ],
    }
