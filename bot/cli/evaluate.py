"""What `citera eval` does."""

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
    """What is to be done with the results besides showing them."""

    as_json: bool = False
    page: Path | None = None
    """Where to write them as a page for a browser."""
    compare_with: Path | None = None
    """What an earlier run printed with --json."""
    require: tuple[str, ...] = ()
    today: date | None = None
    """The day to ask on those questions that name none."""


def evaluate_file(path: Path, settings: Settings, wishes: Wishes) -> int:
    """Ask the questions of a file, whose answers are known, and tell how that went.

    Return the exit code: 1 where a requirement is not met.
    """
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
    """Write a question file from what people asked, for someone to check."""
    if path.exists():
        raise UserError(f"{path} is there already, perhaps with corrections; name another file.")
    log = settings.store_dir / FILE
    if not log.exists():
        raise UserError(f"No question has been asked in Telegram yet: there is no {log}.")
    journal = Journal.open(log)
    try:
        rows = questions_to_check(journal)
    finally:
        journal.close()
    if not rows:
        raise UserError(f"{log} holds the text of no question.")
    write_file(path, "".join(json_line(row) + "\n" for row in rows))
    say(f"{len(rows):,} questions are in {path}, those first that were not answered or not liked.")
    note('Correct the "docs" of each and take out its "unchecked"; only then it is counted.')
    return DONE


def _questions(path: Path, today: date | None) -> list[Golden]:
    """Return the checked questions of a file; one that names no day is asked on `today`."""
    golden = load_golden(path)
    kept = checked(golden, path)
    if len(kept) < len(golden):
        note(f"{len(golden) - len(kept):,} unchecked questions of {path} are left out.")
    return [replace(one, today=one.today or today) for one in kept]


def _name_missing_documents(golden: Sequence[Golden], answerer: Answerer, path: Path) -> None:
    named = sorted(set().union(*(one.documents for one in golden)))
    missing = [document for document in named if answerer.text_of(document) is None]
    if missing:
        more = f" and {len(missing) - 3:,} more" if len(missing) > 3 else ""
        note(f"Of the docs in {path} these are not in the index: {', '.join(missing[:3])}{more}")


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
