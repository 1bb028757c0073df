"""The golden gate: a new index answers only if golden questions fare no worse than before."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from bot.answer.answerer import Answerer
from bot.evaluation.figures import ALL, BY_NAME
from bot.evaluation.files import write_file
from bot.evaluation.outcomes import evaluate
from bot.evaluation.page import page_of
from bot.evaluation.questions import Golden, checked, load_golden
from bot.evaluation.results import EarlierResults, Results
from bot.evaluation.run_diff import compare
from corpus.errors import UserError
from embeddings.index.storage import Store
from embeddings.types import Embedder, Progress

REPORT: Final = "golden-report.html"
RESULTS: Final = "golden.json"
"""How the index that was let through last fared, for when it can't be asked any more."""
_TOLERANCE: Final = {"document in five": 0.02, "quotes valid": 0.0}
"""The figures that may not fall, and how much is no fall."""


class GoldenGate:
    """Holds a new generation against the current one; `build_index` takes it as `approve`."""

    def __init__(
        self,
        questions: Path,
        store: Path,
        embedder: Embedder,
        progress: Progress,
        *,
        force: bool = False,
    ) -> None:
        """Read the questions; UserError where they are wrong, before any work is done."""
        self._name = questions.name
        self._questions = checked(load_golden(questions), questions)
        self._store = Store(store)
        self._embedder = embedder
        self._progress = progress
        self._force = force
        self.told = ""
        """What was found, in a sentence, once a generation was let through."""

    def __call__(self, generation: str) -> None:
        """Ask the golden questions of a generation; UserError where it is not to answer.

        The report, and the figures for the next time, are left in the store.
        """
        results = self._ask(generation)
        before = self._before()
        comparison = compare(results, before) if before else None
        report = self._store.folder / REPORT
        write_file(report, page_of(results, comparison, self._name))
        fall = _fall(before, results)
        if fall and not self._force:
            raise UserError(
                f"The index before still answers: over the golden questions {fall}. See {report}, "
                "and to use the new one all the same run: citera reembed --force"
            )
        write_file(self._store.folder / RESULTS, json.dumps(results.as_json()))
        self.told = f"Over the golden questions {fall or _standing(before, results)}. See {report}"

    def _before(self) -> EarlierResults | None:
        """Return how the current generation fares; None where there is none to compare with."""
        name = self._store.current_name()
        if name is None:
            return None
        try:
            return EarlierResults.of(self._ask(name))
        # Another model made it, or it is damaged.
        except UserError:
            return self._remembered()

    def _remembered(self) -> EarlierResults | None:
        """Return how the last generation fared when it was let through, on these questions."""
        try:
            earlier = EarlierResults.read(self._store.folder / RESULTS)
        except UserError:
            return None
        same = earlier.verdicts.keys() == {golden.question for golden in self._questions}
        return earlier if same else None

    def _ask(self, generation: str) -> Results:
        pinned = _OneGeneration(self._store.folder, generation)
        with closing(Answerer(pinned, self._embedder)) as answerer:
            return Results.of(list(evaluate(self._watched(), answerer)))

    def _watched(self) -> Iterator[Golden]:
        for done, golden in enumerate(self._questions, 1):
            yield golden
            self._progress("ask", done, len(self._questions))


class _OneGeneration(Store):
    """A store as if this generation were the current one."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder)
        self._name = name

    def current_name(self) -> str:
        return self._name


def _fall(before: EarlierResults | None, results: Results) -> str:
    """Return which figure fell, from what to what; "" where none did."""
    figures = before.groups[ALL] if before else {}
    for name, tolerance in _TOLERANCE.items():
        old, new = figures.get(name), results.groups[ALL].get(name)
        if old is not None and new is not None and new < old - tolerance:
            told = BY_NAME[name].told
            return f'"{name}" fell from {told(old)} to {told(new)}'
    return ""


def _standing(before: EarlierResults | None, results: Results) -> str:
    told = ", ".join(
        f'"{name}" is {BY_NAME[name].told(results.groups[ALL].get(name))}' for name in _TOLERANCE
    )
    return told if before else f"{told}, and there was nothing to compare with"
