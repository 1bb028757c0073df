"""What `citera chat` does: many questions in a row, in a terminal or from a pipe."""

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

with contextlib.suppress(ImportError):  # Windows has none, and its terminals edit lines themselves.
    import readline  # noqa: F401  # Lets the arrow keys edit what is typed and bring it back.

_HELP: Final = """\
Type a question and press Enter, then go on from its answer if you like:
  Who attended the January meeting?     a question of its own
  and in February?  what about Lisbon?  the last question with another date, place or thing
  who else?  tell me more               the last question without what has been shown
  who is she?  when was that?  why?     of what the last question and answer speak of
How such a question was read is shown above its answer. After half an hour it stands for itself.
/new forgets what was asked, /help shows this, /quit or Ctrl-D leaves."""
_GREETING: Final = "Type a question and press Enter. /help shows more, /quit or Ctrl-D leaves."
_UNKNOWN: Final = "There is no command {command}. There are: /new /help /quit"


def chat(settings: Settings) -> int:
    """Answer each question that is typed until the asker leaves; return the exit code."""
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
        note("Stopped. Ctrl-D leaves.")
        return
    conversation.remember(answer)
    say(render_answer(answer, documents_dir, look_of(sys.stdout)) + "\n")
    if answer.other_years:
        texts = texts_for(answer.reading.language)
        note(texts.another_year.format(year=answer.other_years[0]))


def _obey(command: str, conversation: Conversation) -> None:
    if command == "/new":
        conversation.forget()
        note("Forgotten; the next question stands on its own.")
    elif command == "/help":
        say(_wrapped(_HELP, look_of(sys.stdout).width) + "\n")
    else:
        note(_UNKNOWN.format(command=command))


def _lines() -> Iterator[str]:
    """Yield what is typed, or comes through a pipe, without empty lines."""
    lines = _typed() if sys.stdin.isatty() else sys.stdin
    yield from filter(None, map(str.strip, lines))


def _typed() -> Iterator[str]:
    with contextlib.suppress(EOFError):
        while True:
            try:
                line = input("> ")
            except KeyboardInterrupt:
                say("")  # what was typed is let go, as shells do
            else:
                yield line
    say("")


def _wrapped(text: str, width: int | None) -> str:
    """Return a text with its lines broken, what goes on being set in."""
    if width is None:
        return text
    broken = (textwrap.wrap(line, width, subsequent_indent="    ") for line in text.splitlines())
    return "\n".join("\n".join(lines) for lines in broken)
