"""Runs Citera as a user does, in a forked process without start-up cost."""

import importlib
import json
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bot.cli.main import main

_AHEAD = ("bot.cli.ask", "bot.cli.reembed", "bot.cli.status", "faiss", "tantivy", "onnxruntime")


@dataclass(frozen=True, slots=True)
class Ended:
    """The result of a run."""

    code: int
    """Exit code; negative signal number if a signal ended it."""
    output: str
    errors: str

    @property
    def sentences(self) -> list[str]:
        """Return the messages on standard error."""
        return self.errors.splitlines()

    def fell(self) -> bool:
        """Whether it ended other than with an answer or a message."""
        spoke = self.code == 0 or any(line.startswith("citera: ") for line in self.sentences)
        return self.code not in (0, 1, 3) or not spoke or "Sorry" in self.errors or (
            "Traceback" in self.errors or "panicked" in self.errors
        )  # fmt: skip


class Running:
    """A running command, forked from this process, in which all is loaded."""

    def __init__(self, arguments: Sequence[object], prepare: Callable[[], object] = int) -> None:
        for name in _AHEAD:
            importlib.import_module(name)
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - read at the end of the run
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        sys.stdout.flush()
        self.process = os.fork()
        if self.process == 0:
            os.dup2(self._output.fileno(), 1)
            os.dup2(self._errors.fileno(), 2)
            os._exit(_run([str(one) for one in arguments], prepare))

    def runs(self) -> bool:
        """Whether it is still running."""
        return os.waitid(os.P_PID, self.process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def end(self, signal: int = 0) -> Ended:
        """Wait for its end, after an optional signal."""
        if signal:
            os.kill(self.process, signal)
        code = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        return Ended(code, _read(self._output), _read(self._errors))


def run(*arguments: object) -> Ended:
    """Run a command to its end."""
    return Running(arguments).end()


def seconds_of(work: Callable[[], object]) -> float:
    """Return the wall-clock time of some work."""
    started = time.monotonic()
    work()
    return time.monotonic() - started


def write_boats(folder: Path, count: int, edition: int, chance: random.Random) -> None:
    """Write documents with prices of boats, which differ between editions."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        if chance.random() < 0.4 or not edition:
            (folder / f"{number}.md").write_text(
                f"# Båt {number}\n\nBåt {number} kostade {edition}{number:04} kronor i mars.\n\n"
                + f"Solen sken den dagen {edition}. " * 20,
                encoding="utf-8",
            )


def answered(ended: Ended) -> dict[str, Any]:
    """Return the object printed by `citera ask --json`."""
    answer: dict[str, Any] = json.loads(ended.output)
    return answer


def _run(arguments: list[str], prepare: Callable[[], object]) -> int:
    try:
        prepare()
        return main(arguments)
    except SystemExit as error:
        return int(error.code or 0)
    except BaseException as error:  # noqa: BLE001 - as at the end of a Python program
        sys.excepthook(type(error), error, error.__traceback__)
        return 1
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except OSError:
            traceback.print_exc()


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    text = file.read().decode("utf-8", "replace")
    file.close()
    return text
