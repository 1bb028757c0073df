"""Measures the memory of re-embedding one file of very many short lines, in any process.

READER_MODEL=off python -m benchmarks.trials.long_files --lines 1000000
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

_MADE: Final[dict[str, Callable[[int], str]]] = {
    "same.txt": lambda _: "Hej du\n",
    "lines.txt": lambda number: f"Rad {number}\n",
    "items.md": lambda number: f"- sak {number}\n",
    "paragraphs.txt": lambda number: f"Ord {number}.\n\n",
    "rows.csv": lambda number: f"a;{number}\n",
    "page.html": lambda number: f"<p>Rad {number}\n",
}
"""Files with the text of their lines; the first has as many distinct words as lines."""


def main() -> None:
    """Re-embed each file alone; print the peak memory of any process, and the result."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--lines", type=int, default=1_000_000)
    arguments.add_argument("--only", choices=_MADE)
    given = arguments.parse_args()
    for name in [given.only] if given.only else _MADE:
        line = _MADE[name]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "documents", name)
            file.parent.mkdir()
            with file.open("w", encoding="utf-8") as written:
                written.writelines(line(number) for number in range(given.lines))
            started = time.monotonic()
            process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli.main", "--documents", str(file.parent),
                 "--store", str(Path(folder, "store")), "reembed"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            )  # fmt: skip
            assert process.stdout is not None
            told = process.stdout.read().strip()
            _, status, used = os.wait4(process.pid, 0)  # The maximum of it and its workers.
            print(
                f"{name:15} {file.stat().st_size >> 20:3} MB: {used.ru_maxrss >> 10} MB in "
                f"{time.monotonic() - started:.0f} s, {os.waitstatus_to_exitcode(status)}: "
                f"{' '.join(told.split())[:200]}",
                flush=True,
            )


if __name__ == "__main__":
    main()
