"""Kills re-embeds at random moments: the index must answer after each.

READER_MODEL=off python -m benchmarks.trials.kills --count 200
"""

import argparse
import os
import random
import signal
import tempfile
import time
from pathlib import Path

from benchmarks.trials.running import Running, answered, run, seconds_of, write_boats

_DOCUMENTS = 200
_MARK = "CITERA_TRIAL"


def main() -> None:
    """Kill the given number of times; print what was tried and what failed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    os.environ[_MARK] = str(os.getpid())
    with tempfile.TemporaryDirectory() as name:
        trial(Path(name), given.count, random.Random(given.seed))


def trial(folder: Path, count: int, chance: random.Random) -> None:
    """Kill re-embeds of documents in a folder; print the figures and each failure."""
    documents, store = folder / "documents", folder / "store"
    command = ("--documents", documents, "--store", store)
    write_boats(documents, _DOCUMENTS, 0, chance)
    lasts = seconds_of(lambda: run(*command, "reembed"))
    hit = fallen = 0
    for edition in range(1, count + 1):
        write_boats(documents, _DOCUMENTS, edition, chance)
        began = time.monotonic()
        running = Running([*command, "reembed"])
        until = began + chance.uniform(0, lasts)
        while running.runs() and time.monotonic() < until:
            time.sleep(0.005)
        if running.runs():
            hit += 1
        else:
            lasts = 0.8 * lasts + 0.2 * (time.monotonic() - began)
        running.end(signal.SIGKILL)
        why = what_fell(command, chance.randrange(_DOCUMENTS), edition)
        if why:
            fallen += 1
            print(f"{edition}: {why}")
    whole = run(*command, "reembed")
    status = run(*command, "status")
    left = [path.name for path in (store / "generations").glob(".*")]
    left += [path.name for path in store.glob("unfinished*")]
    print(f"killed {count}, during a re-embed {hit}, fallen {fallen}; in the end "
          f"re-embed {whole.code}, status {status.code}, left over {len(left)}")  # fmt: skip


def what_fell(command: tuple[object, ...], number: int, edition: int) -> str:
    """Return what is wrong after a kill; nothing if all is well."""
    ended = run(*command, "ask", "--json", f"Vad kostade båt {number}?")
    if ended.code != 0:
        return f"asked: {ended}"
    quotes = [one["quote"] for one in answered(ended)["citations"]]
    prices = (f"{one}{number:04}" for one in range(edition + 1))
    possible = {f"Båt {number} kostade {price} kronor i mars." for price in prices}
    if not possible & set(quotes):
        return f"wrong answer: {quotes}"
    for _ in range(100):
        if not (workers := _marked()):
            return ""
        time.sleep(0.1)
    return f"processes run on: {workers}"


def _marked() -> list[int]:
    """Return the other processes of this trial."""
    mark, found = f"{_MARK}={os.getpid()}".encode(), []
    for path in Path("/proc").glob("[0-9]*/environ"):
        process = int(path.parent.name)
        try:
            if process != os.getpid() and mark in path.read_bytes().split(b"\0"):
                found.append(process)
        except OSError:
            continue
    return found


if __name__ == "__main__":
    main()
