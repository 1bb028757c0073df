"""`citera chat`: many questions in a row, from a terminal or a pipe."""

import contextlib
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.answer.answerer import Answerer
from bot.cli.answer_lines import render_answer
from bot.cli.ask import open_answerer
from bot.cli.terminal import look_of, note, say
from bot.service.conversation import Conversation
from bot.settings import Settings
from bot.texts import texts_for
from corpus.errors import UserError

with contextlib.suppress(ImportError):  # Windows has none; its terminals edit lines themselves.
    import readline  # noqa: F401  # Makes `input` support arrow keys and history.

_HELP: Final = """\
Type a question and press Enter. Then you can follow up on its answer:
  Who attended the January meeting?     a complete question
  and in February?  what about Lisbon?  the last question, with another date, place or thing
  who else?  tell me more               the last question, without what has been shown
  who is she?  when was that?  why?     refers to the last question and its answer
The complete question is shown above the answer. After half an hour you can't follow up any more.
/new starts a new conversation, /help shows this, /quit or Ctrl-D exits."""
_GREETING: Final = "Type a question and press Enter. /help shows more, /quit or Ctrl-D exits."
_UNKNOWN: Final = "There is no command {command}. Commands: /new /help /quit"


def chat(settings: Settings) -> int:
    """Answer each line that is typed, until the user leaves; return the exit code."""
    answerer, documents_dir = open_answerer(settings)
    conversation = Conversation()
    if sys.stdin.isatty():
        say(_GREETING)
    for line in _lines():
        if line == "/quit":
            break
        if line.startswith("/"):
            _obey(line, conversation)
        else:
            _ask(line, conversation, answerer, documents_dir)
    return 0


def _ask(line: str, conversation: Conversation, answerer: Answerer, documents_dir: Path) -> None:
    try:
        answer = answerer.answer(line, after=conversation.last)
    except UserError as error:
        note(str(error))
        return
    except KeyboardInterrupt:
        if not sys.stdin.isatty():
            raise
        note("Stopped. Ctrl-D exits.")
        return
    conversation.remember(answer)
    say(render_answer(answer, documents_dir, look_of(sys.stdout)) + "\n")
    if answer.other_years:
        texts = texts_for(answer.reading.language)
        note(texts.another_year.format(year=answer.other_years[0]))


def _obey(command: str, conversation: Conversation) -> None:
    if command == "/new":
        conversation.forget()
        note("New conversation: the previous questions are forgotten.")
    elif command == "/help":
        say(_wrapped(_HELP, look_of(sys.stdout).width) + "\n")
    else:
        note(_UNKNOWN.format(command=command))


def _lines() -> Iterator[str]:
    """Yield the lines typed or piped in, without empty ones."""
    lines = _typed() if sys.stdin.isatty() else sys.stdin
    yield from filter(None, map(str.strip, lines))


def _typed() -> Iterator[str]:
    with contextlib.suppress(EOFError):
        while True:
            try:
                line = input("> ")
            except KeyboardInterrupt:
                say("")  # Ctrl-C discards the line, as in shells.
            else:
                yield line
    say("")


def _wrapped(text: str, width: int | None) -> str:
    """Return a text with long lines wrapped, and continuations indented."""
    if width is None:
        return text
    broken = (textwrap.wrap(line, width, subsequent_indent="    ") for line in text.splitlines())
    return "\n".join("\n".join(lines) for lines in broken)
