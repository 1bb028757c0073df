"""Progress bars on a terminal: one per stage of a re-embed, with its rate and time left."""

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
"""Seconds; some stages report thousands of times per second."""


class _Rate(ProgressColumn):
    """Items per second."""

    def render(self, task: Task) -> Text:
        """Return the rate; empty until it is known."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s", style="progress.data.speed")


class _Bars:
    """Draws a bar for each stage."""

    def __init__(self, drawn: Progress) -> None:
        self._drawn = drawn
        self._task: TaskID | None = None
        self._stage = ""
        self._done = 0
        self._updated = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Update the bar of a stage; a stage that starts again gets a new bar."""
        if self._task is None or stage != self._stage or done <= self._done:
            self._task = self._drawn.add_task(STAGES.get(stage, stage), total=total)
        self._stage, self._done = stage, done
        now = time.monotonic()
        if done >= total or now - self._updated >= _BETWEEN_UPDATES:
            self._drawn.update(self._task, completed=done)
            self._updated = now


@contextmanager
def progress_on(stream: TextIO) -> Iterator[types.Progress]:
    """Yield a progress callback that draws bars on a terminal and does nothing elsewhere."""
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
