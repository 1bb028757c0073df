"""Runs commands under limits of every kind and size: each must work or fail with one sentence.

READER_MODEL=off python -m benchmarks.trials.limits
"""

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.trials.running import Ended, run, write_boats

_MEGABYTES: Final = (
    60, 100, 150, 200, 300, 400, 500, 600, 700, 800, 850, 900, 950, 1000, 1050, 1100, 1150, 1200,
    1250, 1300, 1400, 1600, 2000, 3000,
)  # fmt: skip
_LIMITS: Final = {
    "address space": (resource.RLIMIT_AS, [size << 20 for size in _MEGABYTES]),
    "data": (resource.RLIMIT_DATA, [size << 20 for size in _MEGABYTES[1::2]]),
    "open files": (resource.RLIMIT_NOFILE, [7, 8, 10, 12, 14, 16, 18, 20, 24, 32, 64, 256]),
    "size of a file": (resource.RLIMIT_FSIZE, [0, 1, 1000, 4096, 20_000, 100_000, 10**6, 10**8]),
    "stack": (resource.RLIMIT_STACK, [128 << 10, 256 << 10, 1 << 20, 8 << 20]),
}
"""Resources to limit, from the smallest value with which Python starts."""
_CITERA: Final = [sys.executable, "-m", "bot.cli.main"]


def main() -> None:
    """Run commands under each limit; print the result of each, and the number of failures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", choices=_LIMITS, help="what to limit")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        documents, whole = Path(name, "documents"), Path(name, "whole")
        write_boats(documents, 40, 0, random.Random(1))
        run("--documents", documents, "--store", whole, "reembed")
        commands = {
            "ask": ["--store", str(whole), "ask", "Vad kostade båt 7?"],
            "status": ["--store", str(whole), "status"],
            "reembed": ["--documents", str(documents), "--store", str(Path(name, "new")),
                        "reembed", "--anew"],
        }  # fmt: skip
        tried = fell = 0
        for what, (limit, sizes) in _LIMITS.items():
            if given.only not in (None, what):
                continue
            for size in sizes:
                shutil.rmtree(Path(name, "new"), ignore_errors=True)
                for command, words in commands.items():
                    ended = under(partial(resource.setrlimit, limit, (size, size)), words)
                    tried += 1
                    fell += told(f"{what} {size:,}: {command}", ended)
        print(f"tried {tried}, fallen {fell}")


def under(limit: Callable[[], None], arguments: list[str]) -> Ended:
    """Run a command under a limit."""
    done = subprocess.run(
        [*_CITERA, *arguments], preexec_fn=limit, capture_output=True, text=True, check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    return Ended(done.returncode, done.stdout, done.stderr)


def told(what: str, ended: Ended) -> bool:
    """Print the result of a command; return whether it failed."""
    fell = ended.fell() or "Fatal Python" in ended.errors or len(ended.sentences) > 2
    said = " / ".join([*ended.sentences, *ended.output.splitlines()[:2]])
    print(f"{what}: {ended.code} {'FELL ' if fell else ''}{said[:400]}", flush=True)
    return fell


if __name__ == "__main__":
    main()
