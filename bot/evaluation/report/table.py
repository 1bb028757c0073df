"""The results of a run as lines of text."""

from collections.abc import Sequence
from typing import Final

from bot.evaluation.calibration import Bin, refused_at_most, reliability
from bot.evaluation.figures import ALL, BY_NAME, Figures
from bot.evaluation.results import Results
from bot.evaluation.run_diff import Changed, Comparison
from bot.texts.printable import on_one_line

_COLUMNS: Final = (
    ("document", {"document first": "first", "document in five": "in five"}),
    ("quote", {"quote first": "first", "quote in five": "in five"}),
    ("quotes", {"quotes valid": "valid"}),
    ("quote", {"quote length": "length"}),
    ("names", {"names given": "given"}),
    ("refused", {"refused rightly": "rightly", "refused wrongly": "wrongly"}),
    ("seconds", {"median seconds": "median", "slow seconds": "slow"}),
)
"""Headings over one or two columns, each with its figure and heading."""
_LEAST_WIDTH: Final = 6
_BUDGETS: Final = (0.05, 0.1, 0.2)
"""Shares of wrongly refused questions that an owner might accept."""
_VOICE: Final = {
    "What answers say in their own words:": (
        "words proven", "items right", "names listed", "lists whole", "falsely complete",
    ),
    "Refused, or told only what may answer:": ("held back rightly", "held back wrongly"),
}  # fmt: skip


def results_as_lines(results: Results) -> list[str]:
    """Return the table of all groups, followed by figures on wording, refusals and confidence."""
    return [
        *_table(results),
        *_voice(results.groups[ALL]),
        *_refusals(results),
        *_reliability(reliability(results.outcomes), results.groups[ALL]),
    ]


def comparison_as_lines(comparison: Comparison) -> list[str]:
    """Return what changed since an earlier run."""
    lines = ["", "Since the earlier run:" if comparison.moved else "No figure has moved."]
    lines += [
        f"  {one.group:<13}{one.figure.name:<18}"
        f"{one.figure.told(one.before):>8} -> {one.figure.told(one.now)}"
        for one in comparison.moved
    ]
    lines += _changed("Questions that fare better", comparison.better)
    lines += _changed("Questions that fare worse", comparison.worse)
    if comparison.in_one_alone:
        lines += ["", f"Questions that are in one of the two runs alone: {comparison.in_one_alone}"]
    return lines


def _changed(heading: str, changed: Sequence[Changed]) -> list[str]:
    lines = ["", f"{heading} ({len(changed)}):"] if changed else []
    for one in changed:
        golden = one.outcome.golden
        lines.append(f"  {on_one_line(golden.id)}  {on_one_line(golden.question)}")
        lines.append(f"      {one.before} -> {one.outcome.verdict}")
    return lines


def _table(results: Results) -> list[str]:
    beside = max(len(name) for name in results.groups)
    above = [f"{heading:^{_width(columns)}}" for heading, columns in _COLUMNS]
    below = [
        f"{heading:>{_column_width(heading)}}"
        for _, columns in _COLUMNS
        for heading in columns.values()
    ]
    lines = [["", "     ", *above], ["", "asked", *below]]
    for name, figures in results.groups.items():
        lines.append([name, f"{results.sizes[name]:5}", *_cells(figures)])
    return [" ".join([f"{line[0]:<{beside}}", *line[1:]]).rstrip() for line in lines]


def _cells(figures: Figures) -> list[str]:
    return [
        f"{BY_NAME[name].told(figures.get(name)):>{_column_width(heading)}}"
        for _, columns in _COLUMNS
        for name, heading in columns.items()
    ]


def _column_width(heading: str) -> int:
    return max(len(heading), _LEAST_WIDTH)


def _width(columns: dict[str, str]) -> int:
    """Return the width of columns separated by spaces."""
    return sum(_column_width(heading) + 1 for heading in columns.values()) - 1


def _voice(figures: Figures) -> list[str]:
    lines: list[str] = []
    for heading, names in _VOICE.items():
        told = [f"{name} {BY_NAME[name].told(figures[name])}" for name in names if name in figures]
        lines += ["", heading, f"  {', '.join(told)}"] if told else []
    return lines


def _refusals(results: Results) -> list[str]:
    curves = results.refusal_curves()
    if not curves["confidence"]:
        return []
    area, plain = (results.refusal_areas()[name] for name in ("confidence", "score"))
    lines = [
        "",
        f"Refusing below a threshold of confidence (area {area:.3f}, by score {plain:.3f}):",
    ]
    for budget in _BUDGETS:
        best = {name: refused_at_most(curve, budget) for name, curve in curves.items()}
        lines.append(
            f"  {budget:4.0%} of the answerable lost: {best['confidence'].rightly:6.1%} of the "
            f"unanswerable refused, below {best['confidence'].threshold:.3f} "
            f"(by score {best['score'].rightly:.1%})"
        )
    return lines


def _reliability(bins: Sequence[Bin], figures: Figures) -> list[str]:
    if not bins:
        return []
    return [
        "",
        f"Confidence of answers (calibration error {figures['calibration error']:.3f}):",
        "  confidence  answers    mean   right",
        *(
            f"  {one.low:.1f} to {one.high:.1f}  {one.answers:7}  {one.confidence:6.3f}  "
            f"{one.right:6.1%}"
            for one in bins
        ),
    ]
