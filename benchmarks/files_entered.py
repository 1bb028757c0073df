"""Counts the project files and functions that one question, and one re-embed, execute.

    python -m benchmarks.files_entered

Over the sample documents, in this process: what worker processes do is not counted.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

from bot.answer.answerer import Answerer
from bot.settings import SAMPLES
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.models.loading import load_embedder, load_reader

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "embeddings", "corpus")
QUESTION = "Who attended the January meeting?"


def entered(work: Callable[[], Any]) -> dict[str, set[str]]:
    """Return the functions that some work calls, by file."""
    found: dict[str, set[str]] = {}

    def note(frame: FrameType, event: str, _: Any) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and path.is_relative_to(ROOT):
            name = path.relative_to(ROOT).as_posix()
            if name.startswith(PACKAGES):
                found.setdefault(name, set()).add(frame.f_code.co_qualname)

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return found


def main() -> None:
    """Print both lists."""
    with tempfile.TemporaryDirectory() as folder:
        store, embedder = Path(folder), load_embedder()

        def reembed() -> None:
            build_index(SAMPLES, store, embedder, progress=lambda *_: None)

        built = entered(reembed)
        answerer = Answerer(Store(store), embedder, lambda: date(2025, 6, 30), reader=load_reader())
        answerer.answer("When does the library open?")
        for name, found in (
            ("one re-embed", built),
            ("one question", entered(lambda: answerer.answer(QUESTION))),
        ):
            functions = sum(map(len, found.values()))
            print(f"{name}: {len(found)} files, {functions} functions")
            print(*(f"  {path}" for path in sorted(found)), sep="\n")


if __name__ == "__main__":
    main()
