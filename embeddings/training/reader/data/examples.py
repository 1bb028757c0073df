"""Training examples: a question with passages that answer it and some that do not."""

import gzip
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.types import Span


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as shown to the reader."""

    head: str
    """Title, headings and date, as far as known."""
    text: str
    answer: Span | None = None
    """The words that answer, as offsets into the text; None if it does not answer."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question and its passages."""

    question: str
    right: Shown | None
    """None for an unanswerable question."""
    wrong: tuple[Shown, ...]
    source: str


def save_examples(path: Path, examples: Iterable[Example]) -> None:
    """Write examples to a file, one JSON object per line."""
    with gzip.open(path, "wt", compresslevel=3) as lines:
        for example in examples:
            lines.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")


def load_examples(path: Path) -> list[Example]:
    """Read the output of `save_examples`."""
    with gzip.open(path, "rt") as lines:
        return [_example(json.loads(line)) for line in lines]


def _example(row: dict[str, Any]) -> Example:
    wrong = tuple(_shown(one) for one in row["wrong"])
    right = _shown(row["right"]) if row["right"] else None
    return Example(row["question"], right, wrong, row["source"])


def _shown(row: dict[str, Any]) -> Shown:
    answer = row["answer"]
    return Shown(row["head"], row["text"], (answer[0], answer[1]) if answer else None)
