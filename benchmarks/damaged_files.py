"""Thousands of damaged files of every format read: how many are read, refused, or break a bound.

PYTHONPATH=tests python -m benchmarks.damaged_files --count 5000
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from office_samples import damaged, samples

from corpus.types import Skipped
from corpus.workers.pool import read_all

_FALLEN = ("broke down", "longer than", "not over")


def main() -> None:
    """Make the files, read them, and print a line for each format."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=5000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        endings = sorted(samples())
        for number in range(given.count):
            ending = endings[number % len(endings)]
            (folder / f"{number:05}{ending}").write_bytes(damaged(samples()[ending], chance))
        report(folder)


def report(folder: Path) -> None:
    """Read all files of a folder and print what came of those of each format."""
    files = sorted(folder.iterdir())
    outcomes: Counter[tuple[str, str]] = Counter()
    started = time.monotonic()
    with closing(read_all(folder, files)) as read:
        for file, found in zip(files, read, strict=True):
            reasons = [one.reason for one in found if isinstance(one, Skipped)]
            fallen = [one for one in reasons if any(word in one for word in _FALLEN)]
            kind = "fallen" if fallen else "read" if len(reasons) < len(found) else "refused"
            outcomes[file.suffix, kind] += 1
            for reason in fallen:
                print(file.name, reason)
    for ending in sorted({ending for ending, _ in outcomes}):
        figures = [outcomes[ending, kind] for kind in ("read", "refused", "fallen")]
        print(f"{ending:10} read {figures[0]:5}  refused {figures[1]:5}  fallen {figures[2]:5}")
    print(f"{len(files):,} files in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
