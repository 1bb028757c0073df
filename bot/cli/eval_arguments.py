"""The options of `citera eval`, and its help text."""

import argparse
from datetime import date
from pathlib import Path
from typing import Final

_EXPLAINED: Final = """\
FILE has one JSON object per line: a question and the paths of the documents that answer it. An
empty list means that no document answers it:

  {"question": "Who took minutes?", "docs": ["minutes/2025-01.md"]}
  {"question": "Who won the cup?", "docs": []}

Optional keys: "evidence", a list of texts that contain the answer; "names", all entries of the list
that answers; "answer", in your own words, from which names are taken if there is no "names"; "lang"
and "kind", to group questions; "id"; and "today", the day the question is asked, as 2026-01-31.

the figures, for all questions, each language and each kind:
  document first     a right document is cited first
  document in five   a right document is among the citations
  quote first        the first quote contains the evidence, or is part of it
  quote in five      the same of any quote
  quotes valid       quotes that the document contains at the place given: must be all
  quote length       mean length of the first quote, in characters
  names given        share of "names" in the answer or its quotes; without "names", of the names in
                     "answer" that a right document contains (kinds who and list)
  names listed       share of "names" among the items that the answer lists
  lists whole        questions with "names" whose answer lists them all
  items right        share of the listed items that are in "names"; 0 for unanswerable questions
  falsely complete   lists called complete that lack one of "names"
  words proven       answers whose items and markers match the quotes shown: must be all
  refused rightly    unanswerable questions that get no answer
  refused wrongly    answerable questions that get no answer
  held back rightly  unanswerable questions that get no answer, or only quotes that may answer
  held back wrongly  answerable questions that get no answer, or only quotes that may answer
  median seconds     half of the answers took less
  slow seconds       95 % of the answers took less
  refusal area       ROC area of confidence, answerable against unanswerable questions: 0.5 is
                     chance, 1 is perfect
  calibration error  difference between the confidence of answers and the share that is right

examples:
  citera eval golden.jsonl --html report.html
  citera eval golden.jsonl --json > before.json
  citera eval golden.jsonl --compare before.json
  citera eval golden.jsonl --require "document in five=90%" --require "en: quote first=0.5"
  citera eval --from-log asked.jsonl

exit codes: 0 done, 1 error or a figure below a --require, 2 wrong usage"""


def add_eval_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `citera eval` to a parser."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EXPLAINED
    questions = parser.add_mutually_exclusive_group(required=True)
    questions.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the questions")
    questions.add_argument(
        "--from-log",
        type=Path,
        metavar="OUT",
        help="write a question file from what was asked in Telegram, for you to check",
    )
    parser.add_argument(
        "--html", type=Path, metavar="REPORT", help="write a page with plots and all failures"
    )
    parser.add_argument(
        "--compare",
        type=Path,
        metavar="OLD",
        help="show what changed since an earlier run, saved to that file with --json",
    )
    parser.add_argument(
        "--require",
        action="append",
        default=[],
        metavar="FIGURE=BOUND",
        help='exit with 1 if a figure is too low; for one language or kind: "en: quote first=0.5"',
    )
    parser.add_argument(
        "--today",
        type=_day,
        metavar="DAY",
        help="the day to ask on if a question names none, as 2026-01-31 (default: today)",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is not a day; write it as 2026-01-31"
        raise argparse.ArgumentTypeError(message) from error
