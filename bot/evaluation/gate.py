"""The golden gate: a new index goes into use only if golden questions do no worse with it."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from bot.evaluation.figures import ALL, BY_NAME
from bot.evaluation.outcomes import Verdict, evaluate
from bot.evaluation.paired_test import loss_by_chance
from bot.evaluation.questions import Golden, checked, load_golden
from bot.evaluation.report.page import page_of, write_file
from bot.evaluation.results import EarlierResults, Results
from bot.evaluation.run_diff import compare
from bot.service.engine import Engine
from corpus.errors import UserError
from embeddings.engines.storage import Store
from embeddings.types import BuildReport, Progress

REPORT: Final = "golden-report.html"
RESULTS: Final = "golden.json"
"""Results of the last approved index, for when it can no longer be queried."""
_TOLD: Final = ("document in five", "quotes valid", "words proven")
_NEVER_LESS: Final = ("quotes valid", "words proven")
"""Figures that must not fall at all."""
_STANDARDS: Final = {
    "have an answer that is right": frozenset({Verdict.RIGHT}),
    "have a right document cited": frozenset(
        {Verdict.RIGHT, Verdict.OTHER_QUOTE, Verdict.LATER_DOCUMENT}
    ),
}
"""Standards that must not lose more questions than chance explains."""
_CHANCE: Final = 0.05
"""Significance level; five questions lost and none gained is below it."""


class GoldenGate:
    """Compares a new generation with the current one; `build_index` takes it as `approve`."""

    def __init__(
        self,
        questions: Path,
        engine: Engine,
        progress: Progress,
        *,
        force: bool = False,
    ) -> None:
        """Read the questions; UserError if the file is invalid, before any work is done."""
        self._name = questions.name
        self._questions = checked(load_golden(questions), questions)
        self._engine = engine
        self._store = engine.store
        self._progress = progress
        self._force = force
        self.told = ""
        """The result in one sentence, once a generation has been approved."""

    def __call__(self, generation: str) -> None:
        """Ask the golden questions of a generation; UserError if it is rejected.

        The report, and the results for the next comparison, are written to the store.
        """
        results = self._ask(generation)
        before = self._before()
        comparison = compare(results, before) if before else None
        report = self._store.folder / REPORT
        write_file(report, page_of(results, comparison, self._name))
        fall = _fall(before, results)
        if fall and not self._force:
            raise UserError(
                f"The old index stays in use: on the golden questions {fall}. See {report}; "
                "to use the new one anyway run: citera reembed --force"
            )
        write_file(self._store.folder / RESULTS, json.dumps(results.as_json()))
        self.told = f"On the golden questions {fall or _standing(before, results)}. See {report}"

    def _before(self) -> EarlierResults | None:
        """Return the current generation's results; None if there are none to compare with."""
        name = self._store.current_name()
        if name is None:
            return None
        try:
            return EarlierResults.of(self._ask(name))
        # It was built with another model, or is damaged.
        except UserError:
            return self._remembered()

    def _remembered(self) -> EarlierResults | None:
        """Return the saved results of the last approved generation, if for these questions."""
        try:
            earlier = EarlierResults.read(self._store.folder / RESULTS)
        except UserError:
            return None
        same = earlier.verdicts.keys() == {golden.question for golden in self._questions}
        return earlier if same else None

    def _ask(self, generation: str) -> Results:
        pinned = _OneGeneration(self._store.folder, generation)
        with closing(self._engine.answerer_over(pinned)) as answerer:
            return Results.of(list(evaluate(self._watched(), answerer)))

    def _watched(self) -> Iterator[Golden]:
        for done, golden in enumerate(self._questions, 1):
            yield golden
            self._progress("ask", done, len(self._questions))


def rebuild_index(
    engine: Engine,
    progress: Progress,
    *,
    keep: int = 1,
    force: bool = False,
    anew: bool = False,
) -> tuple[BuildReport, str]:
    """Update the index, with a check against the golden questions if any are set.

    Return the report, and a sentence about the golden questions ("" without any). UserError if they
    do worse than before, unless `force` is set; see also `build_index`.
    """
    questions = engine.settings.golden_questions
    gate = GoldenGate(questions, engine, progress, force=force) if questions else None
    report = engine.rebuild(progress, keep=keep, approve=gate, anew=anew)
    return report, gate.told if gate else ""


class _OneGeneration(Store):
    """A store in which the given generation is the current one."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder)
        self._name = name

    def current_name(self) -> str:
        return self._name


def _fall(before: EarlierResults | None, results: Results) -> str:
    """Return what got worse by more than chance; "" if nothing did."""
    if before is None:
        return ""
    for name in _NEVER_LESS:
        old, new = before.groups[ALL].get(name), results.groups[ALL].get(name)
        if old is not None and new is not None and new < old:
            told = BY_NAME[name].told
            return f'"{name}" fell from {told(old)} to {told(new)}'
    for said, standard in _STANDARDS.items():
        lost, gained = _changed(before, results, standard)
        if loss_by_chance(lost, gained) < _CHANCE:
            return f"{lost} no longer {said}, and {gained} newly do"
    return ""


def _changed(
    before: EarlierResults, results: Results, standard: frozenset[Verdict]
) -> tuple[int, int]:
    """Return how many questions no longer meet a standard, and how many newly do."""
    pairs = [
        (before.verdicts[one.golden.question] in standard, one.verdict in standard)
        for one in results.outcomes
        if one.golden.question in before.verdicts
    ]
    return pairs.count((True, False)), pairs.count((False, True))


def _standing(before: EarlierResults | None, results: Results) -> str:
    figures = results.groups[ALL]
    told = ", ".join(
        f'"{name}" is {BY_NAME[name].told(figures[name])}' for name in _TOLD if name in figures
    )
    return told if before else f"{told}, and there was nothing to compare with"
