"""Measures how fast files of each format are read, and the speed-up from a second core.

    PYTHONPATH=. python -m benchmarks.reading_rate --files FOLDER [--count 1000]

The folder is one that `benchmarks.formats --files FOLDER` has written; its files are read
repeatedly up to the count. Rates are by CPU time, which other load hardly affects; the speed-up is
by wall-clock time and needs an idle machine.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path

from corpus.formats.registry import FORMATS
from corpus.reading import read_file
from corpus.workers.pool import read_all

_RUNS = 3


def main() -> None:
    """Print a line for each format, and the times of one processor and of two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=Path, required=True)
    parser.add_argument("--count", type=int, default=1000)
    options = parser.parse_args()
    sources = sorted(one for one in options.files.rglob("*") if one.suffix in FORMATS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = []
        for number, source in enumerate(islice(cycle(sources), options.count)):
            files.append(folder / f"{number:05}{source.suffix}")
            shutil.copyfile(source, files[-1])
        print_rates(folder, files)
        print_ratio(folder, files)


def print_rates(folder: Path, files: Sequence[Path]) -> None:
    """Print how many files of each format, and how much text, one core reads per second."""
    took: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0.0])
    for file in files:
        started = time.process_time()
        letters = sum(len(getattr(one, "text", "")) for one in read_file(folder, file))
        figures = took[file.suffix]
        figures[0] += 1
        figures[1] += letters
        figures[2] += time.process_time() - started
    for ending, (count, letters, seconds) in sorted(took.items()):
        rates = f"{count / seconds:8.1f} a second, {letters / seconds / 1000:8.0f},000 letters"
        print(f"{ending:10} {count:5.0f} files {rates}")


def print_ratio(folder: Path, files: Sequence[Path]) -> None:
    """Print the times with one and two cores; the minimum of several alternating runs."""
    best: dict[int, float] = {}
    processors = sorted(os.sched_getaffinity(0))[:2]
    for _ in range(_RUNS):
        for count in (1, len(processors)):
            os.sched_setaffinity(0, processors[:count])
            started = time.monotonic()
            with closing(read_all(folder, files)) as read:
                for _ in read:
                    pass
            took = time.monotonic() - started
            best[count] = min(best.get(count, took), took)
            print(f"{len(files):,} files on {count}: {took:.1f} s", flush=True)
    print(f"two processors are worth {best[1] / best[len(processors)]:.2f} of one")


if __name__ == "__main__":
    main()
