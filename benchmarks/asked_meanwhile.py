"""Measures answers while a re-embed runs: none may fail, and the median may at most double.

    python -m benchmarks.asked_meanwhile --documents FOLDER

Every document in a copy of the folder is changed, so that everything is read and embedded again:
once by the answering process, as in the Telegram bot, and once by another, as `citera reembed`.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from bot.service.engine import Engine, open_engine
from bot.settings import Settings
from corpus.errors import UserError

QUESTIONS = (
    "Vem leder utredningen om elmarknaden?",
    "When does the new law on energy taxes come into force?",
    "Hur mycket pengar får kommunerna i årets budget?",
    "Who attended the meeting with the Baltic ministers?",
    "Vad beslutade regeringen om järnvägen i mars?",
)
_PAUSE = 0.05
"""Seconds between an answer and the next question."""
_ALONE = 60
"""How many questions are asked while nothing else runs."""


def ask(engine: Engine, goes_on: Callable[[int], bool]) -> tuple[list[float], int]:
    """Ask questions one after the other; return the milliseconds of each, and how many failed."""
    times, failed = [], 0
    for number, question in enumerate(cycle(QUESTIONS)):
        if not goes_on(number):
            return times, failed
        started = time.perf_counter()
        try:
            engine.answerer.answer(question)
        except UserError:
            failed += 1
        times.append(1000 * (time.perf_counter() - started))
        time.sleep(_PAUSE)
    raise AssertionError


def inside(engine: Engine) -> None:
    """Re-embed in this process."""
    engine.rebuild(lambda *_: None)


def beside(engine: Engine) -> None:
    """Re-embed in another process."""
    settings = engine.settings
    folders = ["--documents", str(settings.documents_dir), "--store", str(settings.store_dir)]
    command = [sys.executable, "-m", "bot.cli.main", *folders, "reembed"]
    subprocess.run(command, check=True, capture_output=True)


def measure(engine: Engine, rebuild: Callable[[Engine], None], how: str) -> None:
    """Print the median alone and during a re-embed, their ratio, and what failed."""
    for path in engine.settings.documents_dir.rglob("*.md"):
        path.write_text(path.read_text("utf-8") + f"\n\nTillagt {time.time_ns()}.\n", "utf-8")
    ask(engine, lambda number: number < len(QUESTIONS))
    alone, _ = ask(engine, lambda number: number < _ALONE)
    work = threading.Thread(target=rebuild, args=[engine])
    work.start()
    during, failed = ask(engine, lambda _: work.is_alive())
    before, after = statistics.median(alone), statistics.median(during)
    print(
        f"{how:8} alone {before:6.1f} ms, during {after:6.1f} ms: x {after / before:.2f}; slowest "
        f"{max(during):.0f} ms; {len(during)} asked, {failed} failed"
    )


def main() -> None:
    """Measure both ways."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--reader", default="bundled", help="bundled or off")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        documents = Path(aside, "documents")
        shutil.copytree(options.documents, documents)
        engine = open_engine(
            Settings(
                documents_dir=documents,
                store_dir=Path(aside, "store"),
                reader_model=options.reader,
            )
        )
        engine.rebuild(lambda *_: None)
        measure(engine, inside, "inside")
        measure(engine, beside, "beside")


if __name__ == "__main__":
    main()
