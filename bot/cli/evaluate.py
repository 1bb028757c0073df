"""`citera eval`: asks questions with known answers."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from bot.answer.answerer import Answerer
from bot.cli.as_json import json_line
from bot.cli.ask import open_answerer
from bot.cli.progress import progress_on
from bot.cli.terminal import note, say, write_utf8
from bot.evaluation.from_journal import questions_to_check
from bot.evaluation.outcomes import evaluate
from bot.evaluation.questions import Golden, checked, load_golden
from bot.evaluation.report.page import page_of, write_file
from bot.evaluation.report.table import comparison_as_lines, results_as_lines
from bot.evaluation.requirements import Requirement, read_requirement
from bot.evaluation.results import EarlierResults, Results
from bot.evaluation.run_diff import Comparison, compare
from bot.service.journal import FILE, Journal
from bot.settings import Settings
from corpus.errors import UserError
from embeddings.types import Progress

DONE: Final = 0
FELL_SHORT: Final = 1


@dataclass(frozen=True, slots=True)
class Wishes:
    """Options of an evaluation."""

    as_json: bool = False
    page: Path | None = None
    """Where to write the results as an HTML page."""
    compare_with: Path | None = None
    """File with the --json output of an earlier run."""
    require: tuple[str, ...] = ()
    today: date | None = None
    """The day on which questions without a "today" are asked."""


def evaluate_file(path: Path, settings: Settings, wishes: Wishes) -> int:
    """Ask the questions of a file and print the figures; return 1 if a requirement is not met."""
    requirements = [read_requirement(text) for text in wishes.require]
    earlier = EarlierResults.read(wishes.compare_with) if wishes.compare_with else None
    golden = _questions(path, wishes.today)
    answerer, _ = open_answerer(settings)
    _name_missing_documents(golden, answerer, path)
    with progress_on(sys.stderr) as progress:
        outcomes = list(evaluate(_watched(golden, progress), answerer))
    results = Results.of(outcomes)
    comparison = compare(results, earlier) if earlier else None
    _show(results, comparison, as_json=wishes.as_json)
    if wishes.page:
        write_file(wishes.page, page_of(results, comparison, path.name))
        note(f"The report is in {wishes.page}")
    return _judge(requirements, results)


def write_questions(path: Path, settings: Settings) -> int:
    """Write a question file from the questions asked in Telegram; return the exit code."""
    if path.exists():
        raise UserError(f"{path} already exists, perhaps with corrections; name another file.")
    log = settings.store_dir / FILE
    if not log.exists():
        raise UserError(f"No question has been asked in Telegram yet: there is no {log}.")
    journal = Journal.open(log)
    try:
        rows = questions_to_check(journal)
    finally:
        journal.close()
    if not rows:
        raise UserError(f"{log} contains no question texts.")
    write_file(path, "".join(json_line(row) + "\n" for row in rows))
    say(f"Wrote {len(rows):,} questions to {path}, unanswered and disliked ones first.")
    note('Correct the "docs" of each and remove its "unchecked"; until then it is not counted.')
    return DONE


def _questions(path: Path, today: date | None) -> list[Golden]:
    """Return the checked questions of a file; those without a day are asked on `today`."""
    golden = load_golden(path)
    kept = checked(golden, path)
    if len(kept) < len(golden):
        note(f"Skipped {len(golden) - len(kept):,} unchecked questions of {path}.")
    return [replace(one, today=one.today or today) for one in kept]


def _name_missing_documents(golden: Sequence[Golden], answerer: Answerer, path: Path) -> None:
    named = sorted(set().union(*(one.documents for one in golden)))
    missing = [document for document in named if answerer.text_of(document) is None]
    if missing:
        more = f" and {len(missing) - 3:,} more" if len(missing) > 3 else ""
        note(f"Some docs in {path} are not in the index: {', '.join(missing[:3])}{more}")


def _watched(golden: Sequence[Golden], progress: Progress) -> Iterator[Golden]:
    for done, one in enumerate(golden, 1):
        yield one
        progress("ask", done, len(golden))


def _show(results: Results, comparison: Comparison | None, *, as_json: bool) -> None:
    if as_json:
        write_utf8()
        compared = {} if comparison is None else {"compared": comparison.as_json()}
        say(json_line({**results.as_json(), **compared}))
        return
    lines = results_as_lines(results)
    if comparison:
        lines += comparison_as_lines(comparison)
    say("\n".join(lines))


def _judge(requirements: Sequence[Requirement], results: Results) -> int:
    short = [one.shortfall(results.groups) for one in requirements]
    for sentence in filter(None, short):
        note(sentence)
    return FELL_SHORT if any(short) else DONE
