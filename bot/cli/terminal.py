"""The terminal, or the pipe in its place: what is written to it, and what it can show."""

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
    """Write what was asked for to standard output, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def note(sentence: str) -> None:
    """Write a message beside what was asked for to standard error, on one line."""
    sys.stderr.write(f"citera: {on_one_line(sentence)}\n")
    sys.stderr.flush()


def counted(number: int, one: str) -> str:
    """Return how many there are of something: "1 document", "2,000 documents"."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def look_of(stream: TextIO) -> Look:
    """Return what a stream can show: a pipe or file plain lines as they are."""
    if not stream.isatty():
        return Look()
    try:
        columns = os.get_terminal_size(stream.fileno()).columns or _WIDEST
    except OSError:
        columns = _WIDEST
    return Look(styled=colours_wanted(), width=min(columns, _WIDEST))


def accept_any_text() -> None:
    """Let letters that the terminal's encoding lacks be replaced instead of ending the program."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def write_utf8() -> None:
    """Write standard output in UTF-8, as programs that read JSON expect."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
