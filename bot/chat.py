"""What `citera chat` does: many questions in a row, in a terminal or from a pipe."""

import contextlib
import sys
from collections.abc import Iterator
from typing import Final

from bot.asking import open_answerer
from bot.rendering import render_answer
from bot.settings import Settings
from bot.terminal import look_of, note, say
from corpus.errors import UserError

with contextlib.suppress(ImportError):  # Windows has none, and its terminals edit lines themselves.
    import readline  # noqa: F401  # Lets the arrow keys edit what is typed and bring it back.

_HELP: Final = "Type a question and press Enter. /help shows this, /quit or Ctrl-D leaves."


def chat(settings: Settings) -> int:
    """Answer each question that is typed until the asker leaves; return the exit code."""
    answerer, documents_dir = open_answerer(settings)
    if sys.stdin.isatty():
        say(_HELP)
    for line in _lines():
        if line == "/quit":
            break
        if line.startswith("/"):
            say(_HELP)
            continue
        try:
            answer = answerer.answer(line)
        except UserError as error:
            note(str(error))
        else:
            say(render_answer(answer, documents_dir, look_of(sys.stdout)) + "\n")
    return 0


def _lines() -> Iterator[str]:
    """Yield what is typed, or comes through a pipe, without empty lines."""
    lines = _typed() if sys.stdin.isatty() else sys.stdin
    yield from filter(None, map(str.strip, lines))


def _typed() -> Iterator[str]:
    with contextlib.suppress(EOFError):
        while True:
            yield input("> ")
    say("")
