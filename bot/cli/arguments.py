"""How commands and their options are written."""

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
    "reembed": "make the index, or bring it up to date with the documents",
    "watch": "re-embed whenever documents have changed, until Ctrl-C",
    "rollback": "let the index of before the last re-embed answer again",
    "copy": "let another store, in files or a database, answer with this one's index",
    "read": "show what citera sees in a file: sections, dates, lists, and what is left out",
    "status": "tell what the index holds and whether it is whole",
    "eval": "ask questions whose answers are known, and tell how many were found",
    "check": "tell what is set, found and missing",
    "telegram": "run the Telegram bot",
}
_EXAMPLES: Final = """\
examples:
  citera reembed
  citera ask "Who attended the January meeting?"

exit codes: 0 answered or done, 1 an error, 2 wrong usage, 3 nothing found
Settings are read from the environment, else from the file .env in this folder."""


class _Parser(argparse.ArgumentParser):
    """Says what may have been meant where a command is mistyped."""

    def error(self, message: str) -> NoReturn:
        unknown = re.search(r"argument COMMAND: invalid choice: '(.*?)' \(choose", message, re.S)
        super().error(_unknown_command(unknown[1]) if unknown else message)


def _unknown_command(word: str) -> str:
    near = difflib.get_close_matches(word.lower(), COMMANDS, n=1)
    if near:
        return f"there is no command {word!r}. Did you mean: citera {near[0]}"
    return f'there is no command {word!r}. To ask a question: citera ask "Who ...?"'


class _Version(argparse.Action):
    """Looks the version up when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_others: Any) -> None:
        from importlib import metadata  # noqa: PLC0415  # It takes longer than all the rest of --help.

        try:
            version = metadata.version("citera")
        except metadata.PackageNotFoundError:
            version = "(not installed)"
        parser.exit(message=f"citera {version}\n")


def build_parser() -> argparse.ArgumentParser:
    """Return what reads the command line; "command" of its result is one of `COMMANDS`."""
    folders = _Parser(add_help=False)
    for option, variable in (("--documents", "DOCUMENTS_DIR"), ("--store", "STORE_DIR")):
        folders.add_argument(
            option,
            type=Path,
            metavar="FOLDER",
            # Left unset here, so that what stands before the command survives it.
            default=argparse.SUPPRESS,
            help=f"in place of {variable}",
        )
    parser = _Parser(
        prog="citera",
        description="Answers questions from a folder of documents, with every quote verified.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[folders],
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and leave")
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
        help="in words; with --json, - reads one question a line from standard input",
    )
    parsers["ask"].add_argument(
        "--year",
        type=_year,
        metavar="YEAR",
        help="the year meant by a month or day that the question names without one",
    )
    parsers["copy"].add_argument(
        "target",
        metavar="TO",
        help="a folder, or the address of a database: postgresql://... or milvus://...",
    )
    parsers["read"].add_argument("file", type=Path, metavar="FILE", help="the file to read")
    parsers["reembed"].add_argument(
        "--keep",
        type=_count,
        default=1,
        metavar="N",
        help="how many older generations of the index to keep (1)",
    )
    parsers["reembed"].add_argument(
        "--force",
        action="store_true",
        help="use the new index though golden questions (GOLDEN_QUESTIONS) fare worse with it",
    )
    parsers["reembed"].add_argument(
        "--dry-run",
        action="store_true",
        help="tell what has changed and how long it would take, and do nothing",
    )
    parsers["reembed"].add_argument(
        "--anew",
        action="store_true",
        help="write all of the index anew, not only what has changed",
    )
    parsers["reembed"].add_argument(
        "--workers",
        type=_workers,
        metavar="N",
        help="how many processes of this machine embed passages, in place of EMBED_ON",
    )
    add_eval_arguments(parsers["eval"])
    for name in ("ask", "status", "eval"):
        parsers[name].add_argument(
            "--json", action="store_true", help="print JSON, one object a line"
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
