"""The evaluation figures, and the groups of questions they are computed for."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.answer.assembling import MOST_CITATIONS
from bot.evaluation.calibration import calibration_error, refusal_area
from bot.evaluation.outcomes import Outcome
from bot.evaluation.voice import contradictions, is_known, listed_names

Figures: TypeAlias = dict[str, float]
"""Figures by name; undefined ones are left out."""
ALL: Final = "all"
"""The group of all questions."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An evaluation figure and its format."""

    name: str
    meaning: str
    measure: Callable[[Sequence[Outcome]], float | None]
    """Returns None if the figure is undefined."""
    unit: str = "%"
    """"%" for a share between 0 and 1, otherwise the unit, or "" for a plain number."""
    higher_is_better: bool = True

    def told(self, value: float | None) -> str:
        """Return a value as text."""
        if value is None:
            return "–"
        formats = {"%": f"{value:.1%}", "s": f"{value:.2f}", "characters": f"{value:.0f}"}
        return formats.get(self.unit, f"{value:.3f}")


def _share(values: Iterable[bool]) -> float | None:
    listed = list(values)
    return sum(listed) / len(listed) if listed else None


def _answerable(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [one for one in outcomes if one.golden.answerable]


def _unanswerable(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [one for one in outcomes if not one.golden.answerable]


def _document(places: int) -> Callable[[Sequence[Outcome]], float | None]:
    return lambda outcomes: _share(one.document_within(places) for one in _answerable(outcomes))


def _quote(places: int) -> Callable[[Sequence[Outcome]], float | None]:
    return lambda outcomes: _share(
        one.quote_within(places) for one in _answerable(outcomes) if one.golden.evidence
    )


def _valid(outcomes: Sequence[Outcome]) -> float | None:
    shown = sum(len(one.shown) for one in outcomes)
    return 1 - sum(len(one.misquoted) for one in outcomes) / shown if shown else None


def _length(outcomes: Sequence[Outcome]) -> float | None:
    return _mean(len(one.answer.citations[0].quote) for one in outcomes if one.answer.found)


def _names(outcomes: Sequence[Outcome]) -> float | None:
    return _mean(len(one.names_given) / len(one.names) for one in outcomes if one.names)


def _items_right(outcomes: Sequence[Outcome]) -> float | None:
    known = [one for one in outcomes if is_known(one.golden)]
    listed = sum(len(one.answer.items) for one in known)
    return 1 - sum(len(one.wrong_items) for one in known) / listed if listed else None


def _names_listed(outcomes: Sequence[Outcome]) -> float | None:
    known = [one for one in outcomes if one.golden.names]
    total = sum(len(one.golden.names or ()) for one in known)
    listed = sum(len(listed_names(one.golden, one.answer)) for one in known)
    return listed / total if total else None


def _is_whole(one: Outcome) -> bool:
    return len(listed_names(one.golden, one.answer)) == len(one.golden.names or ())


def _lists_whole(outcomes: Sequence[Outcome]) -> float | None:
    return _share(_is_whole(one) for one in outcomes if one.golden.names)


def _falsely_complete(outcomes: Sequence[Outcome]) -> float | None:
    called = [one for one in outcomes if one.answer.complete and is_known(one.golden)]
    return _share(not _is_whole(one) for one in called)


def _proven(outcomes: Sequence[Outcome]) -> float | None:
    return _share(not contradictions(one.answer) for one in outcomes if one.answer.found)


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return statistics.fmean(listed) if listed else None


def _median_seconds(outcomes: Sequence[Outcome]) -> float | None:
    return statistics.median(one.answer.seconds for one in outcomes) if outcomes else None


def _slow_seconds(outcomes: Sequence[Outcome]) -> float | None:
    seconds = sorted(one.answer.seconds for one in outcomes)
    return seconds[int(0.95 * (len(seconds) - 1) + 0.5)] if seconds else None


FIGURES: Final = (
    Figure("document first", "a right document is cited first", _document(1)),
    Figure("document in five", "a right document is among the citations", _document(5)),
    Figure("quote first", "the first quote contains the evidence, or is part of it", _quote(1)),
    Figure("quote in five", "the same of any quote", _quote(MOST_CITATIONS)),
    Figure("quotes valid", "quotes that the document contains at the place given", _valid),
    Figure("quote length", "mean length of the first quote", _length, "characters", False),
    Figure("names given", "share of the names asked for in the answer or its quotes", _names),
    Figure("names listed", "share of the known names among the listed items", _names_listed),
    Figure("lists whole", "questions with known names whose answer lists them all", _lists_whole),
    Figure(
        "items right",
        "share of the listed items that are known names; 0 for unanswerable questions",
        _items_right,
    ),
    Figure(
        "falsely complete",
        "lists called complete that lack a known name",
        _falsely_complete,
        higher_is_better=False,
    ),
    Figure("words proven", "answers whose items and markers match the quotes shown", _proven),
    Figure(
        "refused rightly",
        "unanswerable questions that get no answer",
        lambda outcomes: _share(not one.answer.found for one in _unanswerable(outcomes)),
    ),
    Figure(
        "refused wrongly",
        "answerable questions that get no answer",
        lambda outcomes: _share(not one.answer.found for one in _answerable(outcomes)),
        higher_is_better=False,
    ),
    Figure(
        "held back rightly",
        "unanswerable questions that get no answer, or only quotes that may answer",
        lambda outcomes: _share(one.held_back for one in _unanswerable(outcomes)),
    ),
    Figure(
        "held back wrongly",
        "answerable questions that get no answer, or only quotes that may answer",
        lambda outcomes: _share(one.held_back for one in _answerable(outcomes)),
        higher_is_better=False,
    ),
    Figure("median seconds", "half of the answers took less", _median_seconds, "s", False),
    Figure("slow seconds", "95 % of the answers took less", _slow_seconds, "s", False),
    Figure(
        "refusal area",
        "ROC area of confidence, answerable against unanswerable: 0.5 is chance, 1 is perfect",
        lambda outcomes: refusal_area(outcomes, by=lambda one: one.answer.confidence),
        "",
    ),
    Figure(
        "calibration error",
        "difference between the confidence of answers and the share that is right",
        calibration_error,
        "",
        False,
    ),
)
BY_NAME: Final = {figure.name: figure for figure in FIGURES}


def groups_of(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """Return the outcomes grouped: all questions, then by language, then by kind."""
    groups: dict[str, list[Outcome]] = {ALL: list(outcomes)}
    for names in ([one.golden.language for one in outcomes], [one.golden.kind for one in outcomes]):
        for group in sorted(set(names)):
            groups[group] = [
                one for one, name in zip(outcomes, names, strict=True) if name == group
            ]
    return groups


def measure(outcomes: Sequence[Outcome]) -> Figures:
    """Return the figures of a group."""
    measured = {figure.name: figure.measure(outcomes) for figure in FIGURES}
    return {name: value for name, value in measured.items() if value is not None}
