"""Measures whole answers: quotes, lists, refusals and confidence, on several sets of questions.

    python -m benchmarks.answers --data ../shared/data --minutes ../minutes --report build/answers

For SQuAD-sv's impossible questions the paragraph is there but the answer is not: the hard test of
a refusal. Minutes are included if their folder is given, each body's over its own documents.
`--report` takes a page and the JSON of each set; `--only SET` measures one.
"""

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.answer_sets import (
    AnswerSet,
    government_answers,
    held_out_answers,
    minutes_answers,
    sample_answers,
    site_answers,
)
from benchmarks.sets import squad_answers
from bot.answer.answerer import Answerer
from bot.evaluation.calibration import refused_at_most
from bot.evaluation.outcomes import Outcome, evaluate
from bot.evaluation.questions import Golden
from bot.evaluation.report.page import page_of
from bot.evaluation.report.table import results_as_lines
from bot.evaluation.results import Results
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.models.loading import load_embedder, load_reader
from embeddings.types import Embedder, Reader

MINUTES = "minutes"
SITES = "sites"
SETS: dict[str, Callable[[Path, Path], tuple[Path, list[Golden]]]] = {
    "samples": sample_answers,
    "government": government_answers,
    "held out": held_out_answers,
    "squad-sv": squad_answers,
}
STEPS = 10


def sets_of(name: str, options: argparse.Namespace) -> list[AnswerSet]:
    """Return the questions of a set, over one folder or several."""
    if name == MINUTES:
        return list(minutes_answers(options.data, options.minutes))
    if name == SITES:
        return list(site_answers())
    folder, golden = SETS[name](options.data, options.scratch)
    return [AnswerSet(name, folder, tuple(golden))]


def answer_set(
    answers: AnswerSet, scratch: Path, embedder: Embedder, reader: Reader | None
) -> list[Outcome]:
    """Return the results of a set, over an updated index."""
    folder = answers.folder
    store = Store(scratch / "stores" / embedder.fingerprint / folder.name)
    build_index(folder, store.folder, embedder, progress=_silent, keep=0)
    with closing(Answerer(store, embedder, reader=reader)) as answerer:
        return list(evaluate(answers.questions, answerer))


def curve_as_lines(results: Results) -> list[str]:
    """Return the share of unanswerable questions refused per tenth of answerable ones refused."""
    curves = results.refusal_curves()
    lines = ["", f"{'answerable refused':>20}" + "".join(f"{name:>12}" for name in curves)]
    for step in range(STEPS + 1):
        budget = step / STEPS
        shares = [refused_at_most(curve, budget).rightly for curve in curves.values()]
        lines.append(f"{budget:>20.0%}" + "".join(f"{share:>12.1%}" for share in shares))
    return lines


def _silent(stage: str, done: int, total: int) -> None:
    """Ignore progress."""


def main() -> None:
    """Measure each set and print its table, with the curve of its refusals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--scratch", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--report", type=Path)
    parser.add_argument("--minutes", type=Path, help="folder with the repositories of minutes")
    parser.add_argument("--only", choices=[*SETS, SITES, MINUTES])
    parser.add_argument("--model")
    parser.add_argument("--reader", default="bundled", help='a reader, or "off"')
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"There is no data in {options.data}; give its folder with --data.")
    embedder, reader = load_embedder(options.model), load_reader(options.reader)
    names = [*SETS, SITES, *([MINUTES] if options.minutes else [])]
    for name in [options.only] if options.only else names:
        outcomes: list[Outcome] = []
        for answers in sets_of(name, options):
            outcomes += answer_set(answers, options.scratch, embedder, reader)
        results = Results.of(outcomes)
        print("\n".join([f"{name}:", *results_as_lines(results), *curve_as_lines(results), ""]))
        if options.report:
            options.report.mkdir(parents=True, exist_ok=True)
            page = options.report / f"{name}.html"
            page.write_text(page_of(results, None, name), encoding="utf-8")
            page.with_suffix(".json").write_text(json.dumps(results.as_json()), encoding="utf-8")


if __name__ == "__main__":
    main()
