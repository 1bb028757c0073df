"""Reads thousands of damaged files of every format: how many are read, refused or exceed a limit.

PYTHONPATH=tests python -m benchmarks.damaged_files --count 5000 [--files FOLDER]

It damages a small sample of each format, or the files of a folder.
"""

import argparse
import random
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

from office_samples import damaged, samples

from corpus.listing import find_files
from corpus.types import Skipped
from corpus.workers.pool import read_all

_FALLEN = ("crashed", "longer than", "not finished")


def main() -> None:
    """Make the files, read them, and print a line for each format."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=5000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--files", type=Path, help="a folder of real files")
    given = arguments.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = real_files(given.files) if given.files else list(samples().items())
        for number in range(given.count):
            ending, content = whole[number % len(whole)]
            data = content if isinstance(content, bytes) else content.read_bytes()
            (folder / f"{number:05}{ending}").write_bytes(damaged(data, chance))
        report(folder)


def real_files(folder: Path) -> list[tuple[str, Path]]:
    """Return the files of a folder that are read, each with its ending, the formats in turn."""
    by_ending: dict[str, list[Path]] = defaultdict(list)
    for path in find_files(folder).files:
        by_ending[path.suffix.lower()].append(path)
    turns = zip_longest(*by_ending.values())
    return [(path.suffix.lower(), path) for turn in turns for path in turn if path]


def report(folder: Path) -> None:
    """Read all files of a folder and print the results for each format."""
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
