"""What can be asked of `citera eval`, and the help that explains it."""

import argparse
from datetime import date
from pathlib import Path
from typing import Final

_EXPLAINED: Final = """\
FILE holds one JSON object a line, with a question and the paths of the documents that answer it,
none where nothing does:

  {"question": "Who took minutes?", "docs": ["minutes/2025-01.md"]}
  {"question": "Who won the cup?", "docs": []}

It may also hold "evidence", a list of stretches of text that hold the answer; "names", all entries
of the list that answers; "answer", in words of your own, from which names are taken where there is
no "names"; "lang" and "kind", to group questions by; "id"; and "today", the day it is asked on, as
2026-01-31.

the figures, for all questions, each language and each kind:
  document first     a right document is cited first
  document in five   a right document is among the citations
  quote first        the first quote holds the evidence, or lies in it
  quote in five      one of the quotes does
  quotes valid       quotes that stand in the document where they are said to: all must
  quote length       mean characters of the first quote
  names given        of "names", else of the names of "answer" that stand in a right document (kinds
                     who and list), those that the answer or its quotes give
  names listed       of "names", those among the items that the answer lists
  lists whole        questions with "names" whose answer lists them all
  items right        of the items listed, those in "names"; for the unanswerable none is
  falsely complete   lists that are called complete and lack one of "names"
  words proven       answers whose items and markers are those of the quotes shown: all must
  refused rightly    unanswerable questions that get no answer
  refused wrongly    answerable questions that get none
  held back rightly  unanswerable questions that get no answer, or quotes that may answer
  held back wrongly  answerable questions that get no more than that
  median seconds     half of the answers took less
  slow seconds       one answer in twenty took more
  refusal area       how well confidence tells answerable from unanswerable questions: 0.5 is
                     chance, 1 never wrong
  calibration error  how far the confidence of answers is from the share of them that is right

examples:
  citera eval golden.jsonl --html report.html
  citera eval golden.jsonl --json > before.json
  citera eval golden.jsonl --compare before.json
  citera eval golden.jsonl --require "document in five=90%" --require "en: quote first=0.5"
  citera eval --from-log asked.jsonl

exit codes: 0 done, 1 an error, or a figure falls short of a --require, 2 wrong usage"""


def add_eval_arguments(parser: argparse.ArgumentParser) -> None:
    """Let a parser read what can be asked of `citera eval`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EXPLAINED
    questions = parser.add_mutually_exclusive_group(required=True)
    questions.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the questions")
    questions.add_argument(
        "--from-log",
        type=Path,
        metavar="OUT",
        help="write such a file from the questions asked in Telegram, for you to check",
    )
    parser.add_argument(
        "--html", type=Path, metavar="REPORT", help="write a page with plots and all failures"
    )
    parser.add_argument(
        "--compare",
        type=Path,
        metavar="OLD",
        help="tell what differs from an earlier run, whose --json is in that file",
    )
    parser.add_argument(
        "--require",
        action="append",
        default=[],
        metavar="FIGURE=BOUND",
        help='end with 1 if a figure falls short; of one language or kind: "en: quote first=0.5"',
    )
    parser.add_argument(
        "--today",
        type=_day,
        metavar="DAY",
        help="the day to ask on where a question names none (this one), as 2026-01-31",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is no day; write it as 2026-01-31"
        raise argparse.ArgumentTypeError(message) from error
