"""The results of a run as lines of text."""

from collections.abc import Sequence
from typing import Final

from bot.evaluation.comparing import Changed, Comparison
from bot.evaluation.confidence import Bin, refused_at_most, reliability
from bot.evaluation.figures import ALL, BY_NAME, Figures
from bot.evaluation.results import Results
from bot.rendering import on_one_line

_HEADINGS: Final = {
    "document first": ("document", "first"),
    "document in five": ("", "in five"),
    "quote first": ("quote", "first"),
    "quote in five": ("", "in five"),
    "quotes valid": ("quotes", "valid"),
    "quote length": ("quote", "length"),
    "names given": ("names", "given"),
    "refused rightly": ("refused", "rightly"),
    "refused wrongly": ("", "wrongly"),
    "median seconds": ("seconds", "median"),
    "slow seconds": ("", "slow"),
}
"""Two lines over the column of a figure; the first may stand over the next column too."""
_LEAST_WIDTH: Final = 6
_BUDGETS: Final = (0.05, 0.1, 0.2)
"""Shares of the answerable questions that an owner may be willing to see refused."""


def results_as_lines(results: Results) -> list[str]:
    """Return the table of all groups, then what refusing costs and how reliable confidence is."""
    return [
        *_table(results),
        *_refusals(results),
        *_reliability(reliability(results.outcomes), results.groups[ALL]),
    ]


def comparison_as_lines(comparison: Comparison) -> list[str]:
    """Return what moved since an earlier run."""
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
    widths = {
        name: max(len(second), _LEAST_WIDTH, len(first) - 3 if first else 0)
        for name, (first, second) in _HEADINGS.items()
    }
    group_width = max(len(name) for name in results.groups)
    rows = [
        (name, str(results.sizes[name]), _told(figures)) for name, figures in results.groups.items()
    ]
    above = {name: first for name, (first, _) in _HEADINGS.items()}
    below = {name: second for name, (_, second) in _HEADINGS.items()}
    return [
        "  ".join(cells).rstrip()
        for cells in (
            [f"{group:<{group_width}}", f"{size:>9}"]
            + [f"{told[name]:>{width}}" for name, width in widths.items()]
            for group, size, told in [("", "", above), ("", "questions", below), *rows]
        )
    ]


def _told(figures: Figures) -> dict[str, str]:
    return {name: BY_NAME[name].told(figures.get(name)) for name in _HEADINGS}


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
