"""Re-embeds on disks of twenty sizes, most too small: each must fail with one sentence.

Needs the right to mount. READER_MODEL=off python -m benchmarks.trials.full_disk
"""

import os
import random
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.trials.running import Ended, answered, run, write_boats

_SIZES = 20
_DOCUMENTS = 60


def main() -> None:
    """Fill disks; print the result of each, and the number of failures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fell = first_indexes(folder) + further_indexes(folder)
    print(f"fallen {fell} of {2 * _SIZES}")


def first_indexes(folder: Path) -> int:
    """Build a first index on each disk; return the number of failures."""
    documents = folder / "documents"
    write_boats(documents, _DOCUMENTS, 0, random.Random(1))
    run("--documents", documents, "--store", folder / "whole", "reembed")
    fell = 0
    for size in _sizes(_bytes_in(folder / "whole")):
        with disk(folder / "disk", size) as store:
            ended = run("--documents", documents, "--store", store / "s", "reembed")
            asked = run("--store", store / "s", "ask", "--json", "Vad kostade båt 7?")
            says_before = "previous index stays in use" in ended.errors
            wrong = ended.fell() or says_before or (asked.code == 0) != (ended.code == 0)
            fell += _told("first", size, ended, wrong=wrong or asked.fell())
    return fell


def further_indexes(folder: Path) -> int:
    """Update an index with less and less space; return the number of failures."""
    documents = folder / "more"
    fell = 0
    write_boats(documents, _DOCUMENTS, 0, random.Random(1))
    room = 3 * _bytes_in(folder / "whole")
    for edition, size in enumerate(_sizes(room // 2), 1):
        with disk(folder / "disk", 2 * room) as store:
            command = ("--documents", documents, "--store", store / "s")
            run(*command, "reembed")
            write_boats(documents, _DOCUMENTS, edition, random.Random(edition))
            _fill(store / "filler", size)
            ended = run(*command, "reembed")
            asked = run("--store", store / "s", "ask", "--json", "Vad kostade båt 7?")
            (store / "filler").unlink()
            again = run(*command, "reembed")
            wrong = ended.fell() or asked.code != 0 or not answered(asked)["citations"]
            fell += _told("further", size, ended, wrong=wrong or again.code != 0)
    return fell


def _told(which: str, size: int, ended: Ended, *, wrong: bool) -> bool:
    said = ended.sentences[-1:] or ended.output.splitlines()[:1]
    fell = "FELL " if wrong else ""
    print(f"{which:8} {size:10,} bytes: {ended.code} {fell}{' '.join(said)[:300]}", flush=True)
    if wrong:
        print(ended.errors)
    return wrong


def _sizes(most: int) -> Iterator[int]:
    for step in range(_SIZES):
        yield 16_384 + round(2.5 * most * step / (_SIZES - 1))


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _fill(file: Path, left: int) -> None:
    """Write a file that leaves the given number of bytes free."""
    free = os.statvfs(file.parent)
    with file.open("wb") as filler:
        for _ in range(max(0, free.f_bavail * free.f_frsize - left) // 4096):
            filler.write(bytes(4096))


@contextmanager
def disk(place: Path, size: int) -> Iterator[Path]:
    """Mount a disk of the given size."""
    place.mkdir(exist_ok=True)
    options = ["-t", "tmpfs", "-o", f"size={size}", "tmpfs"]
    subprocess.run(["mount", *options, str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


if __name__ == "__main__":
    main()
