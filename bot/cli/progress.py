"""How far a re-embed has come, on a terminal: a bar a stage, with its rate and the time left."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from embeddings import types

STAGES: Final = {
    "compare": "Comparing documents",
    "copy": "Copying documents",
    "read": "Reading documents",
    "index": "Indexing words",
    "embed": "Embedding passages",
    "ask": "Asking questions",
}
_BETWEEN_UPDATES: Final = 0.1
"""Seconds; a stage may report thousands of times a second."""


class _Rate(ProgressColumn):
    """How many are done in a second."""

    def render(self, task: Task) -> Text:
        """Return the rate, or nothing before it is known."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s", style="progress.data.speed")


class _Bars:
    """Draws a bar for each stage that it is told of."""

    def __init__(self, drawn: Progress) -> None:
        self._drawn = drawn
        self._task: TaskID | None = None
        self._stage = ""
        self._done = 0
        self._updated = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take in how much of a stage is done; one that begins again gets a new bar."""
        if self._task is None or stage != self._stage or done <= self._done:
            self._task = self._drawn.add_task(STAGES.get(stage, stage), total=total)
        self._stage, self._done = stage, done
        now = time.monotonic()
        if done >= total or now - self._updated >= _BETWEEN_UPDATES:
            self._drawn.update(self._task, completed=done)
            self._updated = now


@contextmanager
def progress_on(stream: TextIO) -> Iterator[types.Progress]:
    """Give what draws bars on a terminal, and is silent on anything else."""
    console = Console(file=stream)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=console, disable=not stream.isatty()) as drawn:
        yield _Bars(drawn)
