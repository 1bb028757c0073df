"""Writing to the terminal, or to a pipe, and what it can show."""

import io
import os
import sys
from typing import Final, TextIO

from bot.cli.answer_lines import Look
from bot.settings import colours_wanted
from bot.texts.printable import on_one_line

_WIDEST: Final = 100
"""Columns; longer lines are hard to read."""


def say(text: str) -> None:
    """Write a result to standard output, and flush it."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def note(sentence: str) -> None:
    """Write a message to standard error, on one line."""
    sys.stderr.write(f"citera: {on_one_line(sentence)}\n")
    sys.stderr.flush()


def counted(number: int, one: str) -> str:
    """Return a number with its noun: "1 document", "2,000 documents"."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def look_of(stream: TextIO) -> Look:
    """Return what a stream can show; a pipe or file gets plain, unwrapped lines."""
    if not stream.isatty():
        return Look()
    try:
        columns = os.get_terminal_size(stream.fileno()).columns or _WIDEST
    except OSError:
        columns = _WIDEST
    return Look(styled=colours_wanted(), width=min(columns, _WIDEST))


def accept_any_text() -> None:
    """Replace characters that the terminal's encoding lacks, instead of raising an error."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def write_utf8() -> None:
    """Write standard output in UTF-8, as programs that read JSON expect."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
