"""The entry point of the command line: runs a command and reports errors.

Each command's code is imported only when the command runs, so that `--help` is instant and a
question waits for neither torch nor Telegram.
"""

import argparse
import errno
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Final

from bot.cli.arguments import build_parser
from bot.cli.terminal import accept_any_text, note
from bot.memory_limit import (
    ENOUGH,
    FEWEST,
    FEWEST_UNASKED,
    memory_limit,
    told_when_cut_off,
    too_little,
)
from bot.settings import Settings, keep_numpy_to_one_thread, load_settings
from corpus.errors import UserError

ERROR: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141
"""128 + SIGPIPE, as shells report it, for example after `citera chat | head`."""
LOG: Final = "citera.log"
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name; return the exit code."""
    keep_numpy_to_one_thread()
    return told_when_cut_off(partial(_main, arguments), note)


def _main(arguments: Sequence[str] | None) -> int:
    sys.excepthook = partial(_report_bug, Settings())
    accept_any_text()
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return PIPE_CLOSED
    except UserError as error:
        note(str(error))
        return ERROR
    except MemoryError:
        note(too_little(memory_limit()))
        return ERROR
    except OSError as error:
        if error.errno not in _FULL:
            raise
        note(f"The disk is full: {error}.")
        _drop_output()
        return ERROR
    return code


def _run(arguments: Sequence[str] | None) -> int:
    parsed = build_parser().parse_args(arguments)
    if parsed.command == "check":  # reports wrong settings itself
        return _check(parsed)
    settings = _settings(parsed)
    sys.excepthook = partial(_report_bug, settings)
    limit = memory_limit()
    fewest = FEWEST_UNASKED if parsed.command == "status" else FEWEST
    if limit is not None and limit < fewest:
        raise UserError(too_little(limit))
    return _RUN[parsed.command](parsed, settings)


def _drop_output() -> None:
    """Send standard output to /dev/null, so that Python's last flush cannot fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _settings(parsed: argparse.Namespace) -> Settings:
    settings = load_settings()
    named = getattr(parsed, "documents", None)
    if named is not None and not named.is_dir():
        raise UserError(f"There is no folder {named}. --documents must name the documents folder.")
    return replace(
        settings,
        documents_dir=getattr(parsed, "documents", settings.documents_dir),
        store_dir=getattr(parsed, "store", settings.store_dir),
    )


def _check(parsed: argparse.Namespace) -> int:
    from bot.cli.check import check  # noqa: PLC0415

    return check(partial(_settings, parsed))


def _report_bug(
    settings: Settings,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    """Log an unexpected error with its trace, and tell the user in one sentence."""
    if issubclass(kind, KeyboardInterrupt):
        return  # Raised while exiting; there is nothing left to stop.
    text = "".join(traceback.format_exception(kind, error, trace))
    if settings.telegram_bot_token:
        text = text.replace(settings.telegram_bot_token, "(token)")
    for address in (settings.store_url or "").split():
        text = text.replace(address, "(database)")
    limit = memory_limit()
    sorry = "Sorry, something went wrong inside citera"
    if limit is not None and limit < ENOUGH:  # Libraries report a lack of memory in many ways.
        sorry = too_little(limit).removesuffix(".")
    log = (settings.store_dir / LOG).absolute()
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')}\n{text}\n")
    except OSError:
        sys.stderr.write(text)
        note(f"{sorry}; please report the trace above.")
    else:
        note(f"{sorry}; please report the trace in {log}.")


def _ask(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.cli.ask import ask, ask_each  # noqa: PLC0415

    question = " ".join(parsed.question)
    if question == "-" and parsed.json:
        return ask_each(sys.stdin.buffer, settings, parsed.year)
    return ask(question, settings, as_json=parsed.json, year=parsed.year)


def _chat(_parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.cli.chat import chat  # noqa: PLC0415

    return chat(settings)


def _reembed(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.cli.reembed import reembed, tell_plan  # noqa: PLC0415

    if parsed.dry_run:
        return tell_plan(settings)
    if parsed.workers:
        settings = replace(settings, embed_on=parsed.workers)
    return reembed(settings, keep=parsed.keep, force=parsed.force, anew=parsed.anew)


def _watch(_parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.cli.reembed import watch  # noqa: PLC0415

    return watch(settings)


def _rollback(_parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.cli.reembed import go_back  # noqa: PLC0415

    return go_back(settings)


def _copy(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.cli.reembed import copy_to  # noqa: PLC0415

    return copy_to(settings, parsed.target)


def _read(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.cli.read import show_file  # noqa: PLC0415

    return show_file(parsed.file, settings)


def _status(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.cli.status import show_status  # noqa: PLC0415

    return show_status(settings, as_json=parsed.json)


def _evaluate(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.cli.evaluate import Wishes, evaluate_file, write_questions  # noqa: PLC0415

    if parsed.from_log:
        return write_questions(parsed.from_log, settings)
    wishes = Wishes(parsed.json, parsed.html, parsed.compare, tuple(parsed.require), parsed.today)
    return evaluate_file(parsed.file, settings, wishes)


def _telegram(_parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.telegram_bot.app import run_telegram  # noqa: PLC0415

    run_telegram(settings)
    return 0


_RUN: Final[dict[str, Callable[[argparse.Namespace, Settings], int]]] = {
    "ask": _ask,
    "chat": _chat,
    "reembed": _reembed,
    "rollback": _rollback,
    "copy": _copy,
    "read": _read,
    "watch": _watch,
    "status": _status,
    "eval": _evaluate,
    "telegram": _telegram,
}

if __name__ == "__main__":
    sys.exit(main())
