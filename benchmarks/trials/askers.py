"""Eight clients ask while the index is rebuilt repeatedly: each answer must be from one index.

READER_MODEL=off python -m benchmarks.trials.askers --rebuilds 120

Every second re-embed runs in the answering process, as in the Telegram bot, the others in another
one. An answer may be from any index that was current between question and answer.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Final

from bot.service.engine import Engine, open_engine
from bot.settings import Settings

_ASKERS: Final = 8
_DOCUMENTS: Final = 60


def main() -> None:
    """Ask and re-embed; print what was tried and what failed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rebuilds", type=int, default=120)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(
            documents_dir=Path(name, "documents"), store_dir=Path(name, "store"),
            reader_model="off",
        )  # fmt: skip
        trial(settings, given.rebuilds)


def trial(settings: Settings, rebuilds: int) -> None:
    """Have eight threads query one engine during the given number of re-embeds."""
    write(settings.documents_dir, 0)
    engine = open_engine(settings)
    engine.rebuild(lambda *_: None)
    began, done, over = [0], [0], threading.Event()
    counts: Counter[str] = Counter()
    slowest = [0.0]

    def ask(seed: int) -> None:
        chance = random.Random(seed)
        while not over.is_set():
            number, earliest, started = chance.randrange(_DOCUMENTS), done[0], time.monotonic()
            try:
                answer = engine.answerer.answer(f"Vad kostade båt {number}?")
                quote = answer.citations[0].quote
            except Exception as error:  # noqa: BLE001 - whatever it is, nobody may see it
                quote = repr(error)
            slowest[0] = max(slowest[0], time.monotonic() - started)
            possible = {sentence(number, one) for one in range(earliest, began[0] + 1)}
            counts["answered" if quote in possible else "fallen"] += 1
            if quote not in possible:
                print(f"båt {number}, between {earliest} and {began[0]}: {quote}", flush=True)

    askers = [threading.Thread(target=ask, args=(number,)) for number in range(_ASKERS)]
    for asker in askers:
        asker.start()
    for edition in range(1, rebuilds + 1):
        write(settings.documents_dir, edition)
        began[0] = edition
        (inside if edition % 2 else beside)(engine)
        done[0] = edition
    over.set()
    for asker in askers:
        asker.join()
    print(
        f"re-embeds {rebuilds}, askers {_ASKERS}, answered {counts['answered']}, fallen "
        f"{counts['fallen']}, slowest {slowest[0]:.1f} s"
    )


def inside(engine: Engine) -> None:
    """Re-embed in this process, and keep no older index."""
    engine.rebuild(lambda *_: None, keep=0)


def beside(engine: Engine) -> None:
    """Re-embed in another process, and keep no older index."""
    settings = engine.settings
    folders = ["--documents", str(settings.documents_dir), "--store", str(settings.store_dir)]
    command = [sys.executable, "-m", "bot.cli.main", *folders, "reembed", "--keep", "0"]
    subprocess.run(command, check=True, capture_output=True)


def write(folder: Path, edition: int) -> None:
    """Write the documents with the prices of an edition."""
    folder.mkdir(exist_ok=True)
    for number in range(_DOCUMENTS):
        text = f"# Båt {number}\n\n{sentence(number, edition)}\n\nSolen sken dag {edition}.\n"
        (folder / f"{number}.md").write_text(text, encoding="utf-8")


def sentence(number: int, edition: int) -> str:
    """Return the sentence about a boat in an edition."""
    return f"Båt {number} kostade {edition}{number:04} kronor i mars."


if __name__ == "__main__":
    main()
