"""Asks the questions of many small cases in one process and judges the answers by their checks.

    python -m benchmarks.cases --cases ../shared/cases [--only KIND] [--case NAME] [-v]

A case is a folder with `docs/` and `case.json`; `--cases` may also be a file with many, one object
per line with "name" and "files", as in `questions/cases/`. `--check` is the file whose `CHECKS`
judge an answer, by default `check.py` among the cases; it defines the keys of "expect".
Files are read in this process, and the models loaded once, so that a hundred cases take seconds.
What needs separate processes (files that crash a reader, exit codes) is checked by that file.
"""

import argparse
import base64
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

from bot.answer.answerer import Answerer
from bot.cli.as_json import answer_as_json
from bot.cli.status import passed_over_lines, skipped_lines
from bot.question.reading import clean_question
from corpus.sidecars import Sidecars
from corpus.workers.outcome import Outcome
from corpus.workers.worker import read_and_cut
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.models.loading import load_embedder, load_reader
from embeddings.types import BuildReport, Embedder, Reader

Checks: TypeAlias = Mapping[str, Callable[[Any, dict[str, Any]], list[str]]]
Failure: TypeAlias = tuple[str, str, str]
"""The question, the check and the result."""
_SHOWN: Final = 160


def load_checks(file: Path) -> Checks:
    """Return the checks defined in a Python file."""
    spec = importlib.util.spec_from_file_location("case_checks", file)
    if spec is None or spec.loader is None:
        raise ImportError(file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    checks: Checks = module.CHECKS
    return checks


def unpack(file: Path, into: Path) -> Path:
    """Write the cases in a file as folders; binary contents are base64."""
    for line in file.read_text(encoding="utf-8").splitlines():
        packed = json.loads(line)
        for path, held in packed["files"].items():
            target = into / packed["name"] / path
            target.parent.mkdir(parents=True, exist_ok=True)
            is_text = isinstance(held, str)
            target.write_bytes(held.encode() if is_text else base64.b64decode(held["base64"]))
    return into


def read_here(
    folder: Path, files: Sequence[Path], *, read_pictures: bool = False
) -> Generator[list[Outcome], None, None]:
    """Yield the results of reading each file, in this process and without OCR."""
    del read_pictures
    sidecars = Sidecars(folder)
    for file in files:
        yield list(read_and_cut(folder, file, sidecars))


def failures_of(
    case: Path, checks: Checks, scratch: Path, embedder: Embedder, reader: Reader | None
) -> list[Failure]:
    """Return the expectations of a case that are not met."""
    about = json.loads((case / "case.json").read_text(encoding="utf-8"))
    folder = _documents_of(case, scratch)
    report = build_index(
        folder, scratch / "store", embedder, progress=_silent, keep=0, read=read_here
    )
    told = _told(report)
    failed = [
        ("reembed", "reembed_says", f"{words} not in: {told}")
        for words in about.get("reembed_says", [])
        if words.casefold() not in told.casefold()
    ]
    today = date.fromisoformat(about["today"]) if "today" in about else None
    with closing(Answerer(Store(scratch / "store"), embedder, reader=reader)) as answerer:
        for entry in about["questions"]:
            answer = answerer.answer(clean_question(entry["question"]), today=today)
            came = json.loads(answer_as_json(answer))
            failed += _amiss(entry["question"], entry["expect"], came, checks)
    return failed


def _documents_of(case: Path, scratch: Path) -> Path:
    """Return the folder of a case's documents; a copy if some must be generated."""
    if not (case / "make.py").exists():
        return case / "docs"
    shutil.copytree(case, scratch / "case", symlinks=True)
    subprocess.run([sys.executable, "make.py"], cwd=scratch / "case", check=True)
    return scratch / "case" / "docs"


def _told(report: BuildReport) -> str:
    skipped = [(one.path, one.reason) for one in report.skipped]
    return "\n".join([*skipped_lines(skipped), *passed_over_lines(report.passed_over)])


def _amiss(
    question: str, expected: dict[str, Any], answer: dict[str, Any], checks: Checks
) -> list[Failure]:
    quotes = " | ".join(one["quote"] for one in answer["citations"])
    came = f"[{answer['text']}] {quotes}"
    failed: list[Failure] = []
    wanted = expected.get("found", answer["found"])
    if answer["found"] is not wanted:
        failed.append((question, "found", f"not {wanted}: {came}"))
        if wanted:
            return failed
    for key, value in expected.items():
        if key in checks and (amiss := checks[key](value, answer)):
            failed.append((question, key, f"{'; '.join(amiss)} <- {came}"))
    return failed


def _silent(stage: str, done: int, total: int) -> None:
    """Ignore progress."""


def main() -> None:
    """Ask every case of a folder; print the failures, then a table by kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, default=Path("../shared/cases"))
    parser.add_argument("--check", type=Path)
    parser.add_argument("--only", help="only the cases of this kind")
    parser.add_argument("--case", help="only cases whose name holds this")
    parser.add_argument("--model")
    parser.add_argument("--reader", default="bundled", help='a reader, or "off"')
    parser.add_argument("-v", "--verbose", action="store_true", help="print all of what came")
    options = parser.parse_args()
    check = options.check or options.cases / "check.py"
    if not check.is_file():
        sys.exit(f"There is no {check}; name the file that judges answers with --check.")
    checks = load_checks(check)
    with tempfile.TemporaryDirectory() as scratch:
        is_file = options.cases.is_file()
        folder = unpack(options.cases, Path(scratch)) if is_file else options.cases
        _ask_all(folder, checks, options)


def _ask_all(folder: Path, checks: Checks, options: argparse.Namespace) -> None:
    embedder, reader = load_embedder(options.model), load_reader(options.reader)
    count, passed = Counter[str](), Counter[str]()
    asked, answered = Counter[bool](), Counter[bool]()
    for file in sorted(folder.glob("*/case.json")):
        about = json.loads(file.read_text(encoding="utf-8"))
        kind = about["kind"]
        name = file.parent.name
        if (options.only or kind) != kind or (options.case or "") not in name:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            failed = failures_of(file.parent, checks, Path(scratch), embedder, reader)
        for question, key, came in failed:
            shown = came if options.verbose else re.sub(r"\s+", " ", came)[:_SHOWN]
            print(f"{name} · {question} · {key}: {shown}", flush=True)
        count[kind] += 1
        passed[kind] += not failed
        amiss = {question for question, _, _ in failed}
        for entry in about["questions"]:
            answerable = entry["expect"].get("found") is not False
            asked[answerable] += 1
            answered[answerable] += entry["question"] not in amiss
    print(f"\n{'kind':<14} cases passed")
    for kind in sorted(count):
        print(f"{kind:<14} {count[kind]:>5} {passed[kind]:>6}")
    print(f"cases: {count.total()}, passed: {passed.total()}")
    print(f"questions that the documents answer: {asked[True]}, passed: {answered[True]}")
    print(f"questions that they do not: {asked[False]}, passed: {answered[False]}")
    print(f"processor: {sum(os.times()[:2]):.0f} s")


if __name__ == "__main__":
    main()
