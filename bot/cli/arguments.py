"""The commands and options of the command line."""

import argparse
import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NoReturn

from bot.cli.eval_arguments import add_eval_arguments

COMMANDS: Final = {
    "ask": "answer a question with quotes from the documents",
    "chat": "answer many questions in a row",
    "reembed": "build the index, or update it when documents have changed",
    "watch": "re-embed whenever documents change, until Ctrl-C",
    "rollback": "go back to the index from before the last re-embed",
    "copy": "copy the index to another store: a folder or a database",
    "read": "show what citera sees in a file: sections, dates, lists, and what is left out",
    "status": "show what the index contains and whether it is intact",
    "eval": "ask questions with known answers, and report how many are answered correctly",
    "check": "show what is set, found and missing",
    "telegram": "run the Telegram bot",
}
_EXAMPLES: Final = """\
examples:
  citera reembed
  citera ask "Who attended the January meeting?"

exit codes: 0 answered or done, 1 error, 2 wrong usage, 3 nothing found
Settings are read from the environment, otherwise from the file .env in this folder."""


class _Parser(argparse.ArgumentParser):
    """Suggests the nearest command if one is mistyped."""

    def error(self, message: str) -> NoReturn:
        unknown = re.search(r"argument COMMAND: invalid choice: '(.*?)' \(choose", message, re.S)
        super().error(_unknown_command(unknown[1]) if unknown else message)


def _unknown_command(word: str) -> str:
    near = difflib.get_close_matches(word.lower(), COMMANDS, n=1)
    if near:
        return f"there is no command {word!r}. Did you mean: citera {near[0]}"
    return f'there is no command {word!r}. To ask a question: citera ask "Who ...?"'


class _Version(argparse.Action):
    """Looks up the version only when asked."""

    def __call__(self, parser: argparse.ArgumentParser, *_others: Any) -> None:
        from importlib import metadata  # noqa: PLC0415  # Slower than the rest of --help together.

        try:
            version = metadata.version("citera")
        except metadata.PackageNotFoundError:
            version = "(not installed)"
        parser.exit(message=f"citera {version}\n")


def build_parser() -> argparse.ArgumentParser:
    """Return the argument parser; `command` of its result is one of `COMMANDS`."""
    folders = _Parser(add_help=False)
    for option, variable in (("--documents", "DOCUMENTS_DIR"), ("--store", "STORE_DIR")):
        folders.add_argument(
            option,
            type=Path,
            metavar="FOLDER",
            # No default: it would overwrite the option where it stands before the command.
            default=argparse.SUPPRESS,
            help=f"overrides {variable}",
        )
    parser = _Parser(
        prog="citera",
        description="Answers questions from a folder of documents, with every quote verified.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[folders],
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(
        title="commands", dest="command", metavar="COMMAND", required=True
    )
    parsers = {
        name: commands.add_parser(name, help=does, description=f"{does.capitalize()}.",
                                  parents=[folders])
        for name, does in COMMANDS.items()
    }  # fmt: skip
    _add_own_arguments(parsers)
    return parser


def _add_own_arguments(parsers: Mapping[str, argparse.ArgumentParser]) -> None:
    parsers["ask"].add_argument(
        "question",
        nargs="+",
        metavar="QUESTION",
        help="the question; with --json, - reads one question per line from standard input",
    )
    parsers["ask"].add_argument(
        "--year",
        type=_year,
        metavar="YEAR",
        help="the year of a month or day that the question names without one",
    )
    parsers["copy"].add_argument(
        "target",
        metavar="TO",
        help="a folder, or a database address: postgresql://... or milvus://...",
    )
    parsers["read"].add_argument("file", type=Path, metavar="FILE", help="the file to read")
    _add_reembed_arguments(parsers["reembed"])
    add_eval_arguments(parsers["eval"])
    for name in ("ask", "status", "eval"):
        parsers[name].add_argument(
            "--json", action="store_true", help="print JSON, one object per line"
        )


def _add_reembed_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--keep",
        type=_count,
        default=1,
        metavar="N",
        help="how many older generations of the index to keep (default: 1)",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="use the new index even if golden questions (GOLDEN_QUESTIONS) do worse with it",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="only report what has changed and how long a re-embed would take",
    )
    parser.add_argument(
        "--anew",
        action="store_true",
        help="rewrite the whole index, not only what has changed",
    )
    parser.add_argument(
        "--workers",
        type=_workers,
        metavar="N",
        help="how many local processes embed passages; overrides EMBED_ON",
    )


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == len("2024")):
        raise argparse.ArgumentTypeError(f"{text!r} is not a year such as 2024")
    return int(text)


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 100):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 99")
    return int(text)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number, 0 or more")
    return int(text)
