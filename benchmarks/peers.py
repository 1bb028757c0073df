"""Compares Citera with alternatives on the same documents and questions.

    python -m benchmarks.peers --data ../shared/data --environments DIR --model DIR --small DIR

Each peer has its own environment in DIR/NAME, which is created if missing. `--model` is a folder
with multilingual-e5-small, `--small` one with all-MiniLM-L6-v2; peers that need a model not given
are skipped. Embedding a whole corpus with a transformer takes hours: `--documents` limits it to the
documents that answer a question and a random sample of others, and the time for all documents is
estimated from their length.
"""

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measures import hit_at
from benchmarks.sets import RetrievalSet, government, held_out

_PROGRAMS = Path(__file__).parent / "peer_programs"
_FIRST = 5
"""Questions before those that count as warm."""
_DUE = 600
"""Timeout of an answer in seconds."""


@dataclass(frozen=True, slots=True)
class Peer:
    """An alternative that answers from a folder of documents."""

    name: str
    environment: str | None
    """Its virtual environment; None for Citera's own."""
    program: str = ""
    model: str = ""
    """Which of the given model folders it needs."""
    variables: dict[str, str] = field(default_factory=dict)


PACKAGES = {
    "by_hand": ("sentence-transformers", "faiss-cpu"),
    "langchain": (
        "langchain-community", "langchain-huggingface", "langchain-text-splitters",
        "sentence-transformers", "faiss-cpu",
    ),
    "txtai": ("txtai",),
    "fts5": (),
}  # fmt: skip
"""The packages of each environment."""

PEERS = (
    Peer("Citera", None),
    Peer("Citera, no reader", None, variables={"READER_MODEL": "off"}),
    Peer("Citera, e5-small", None, model="model"),
    Peer("by hand, e5-small", "by_hand", "by_hand.py", "model"),
    Peer("by hand, MiniLM", "by_hand", "by_hand.py", "small"),
    Peer("LangChain, e5-small", "langchain", "with_langchain.py", "model"),
    Peer("txtai, e5-small", "txtai", "with_txtai.py", "model"),
    Peer("SQLite FTS5", "fts5", "with_fts5.py"),
)


def prepare(folder: Path) -> None:
    """Create the missing environments."""
    for name, packages in PACKAGES.items():
        if not (folder / name).is_dir():
            venv.create(folder / name, with_pip=True)
            if packages:
                pip = [str(folder / name / "bin/python"), "-m", "pip", "install", "-qq"]
                subprocess.run([*pip, *packages], check=True)


def some_documents(sets: Sequence[RetrievalSet], most: int, target: Path) -> tuple[Path, float]:
    """Return a folder with documents that answer and others, and its share of all text."""
    source = sets[0].folder
    files = sorted(path for path in source.rglob("*.md") if path.is_file())
    if most >= len(files):
        return source, 1.0
    gold = {source / path for each in sets for one in each.questions for path in one.gold}
    others = [file for file in files if file not in gold]
    chosen = [*sorted(gold), *random.Random(1).sample(others, max(0, most - len(gold)))]
    shutil.rmtree(target, ignore_errors=True)
    for file in chosen:
        path = target / file.relative_to(source)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, path)
    size = sum(file.stat().st_size for file in chosen)
    return target, size / sum(file.stat().st_size for file in files)


def commands(
    peer: Peer, folders: argparse.Namespace, documents: Path, store: Path
) -> tuple[list[str], list[str]]:
    """Return the commands with which a peer indexes and answers."""
    if peer.environment is None:
        citera = [sys.executable, "-m", "bot.cli.main"]
        where = ["--documents", str(documents), "--store", str(store)]
        return [*citera, *where, "reembed"], [*citera, *where, "ask", "--json", "-"]
    model = str(getattr(folders, peer.model)) if peer.model else "-"
    python = str(folders.environments / peer.environment / "bin/python")
    program = [python, str(_PROGRAMS / peer.program)]
    given = [str(documents), str(store), model]
    return [*program, "index", *given], [*program, "ask", *given]


def measure(
    peer: Peer, folders: argparse.Namespace, documents: Path, part: float, sets: list[RetrievalSet]
) -> dict[str, Any]:
    """Return all figures of one peer."""
    store = folders.scratch / "peers" / peer.name.replace(", ", "-").replace(" ", "-")
    shutil.rmtree(store, ignore_errors=True)
    to_index, to_ask = commands(peer, folders, documents, store)
    variables = os.environ | {"HF_HUB_OFFLINE": "1"} | peer.variables
    if peer.environment is None and peer.model:
        variables["EMBEDDING_MODEL"] = str(getattr(folders, peer.model).resolve())
    started = _used()
    ended = subprocess.run(to_index, env=variables, check=False, capture_output=True)
    if ended.returncode:
        raise SystemExit(f"{peer.name}: {ended.stderr.decode()[-2000:]}")
    by_clock, of_processors = _used() - started
    figures: dict[str, Any] = {
        "index s": round(by_clock, 1),
        "index processor s": round(of_processors, 1),
        "index s, all documents": round(by_clock / part),
        "store MB": round(_size(store) / 1e6, 1),
    }
    if peer.environment:
        figures["environment MB"] = round(_size(folders.environments / peer.environment) / 1e6)
    return figures | answers(to_ask, variables, sets)


def answers(
    command: list[str], variables: dict[str, str], sets: list[RetrievalSet]
) -> dict[str, Any]:
    """Return the speed and accuracy of a peer on some sets."""
    asked = [one for each in sets for one in each.questions]
    started = time.perf_counter()
    with subprocess.Popen(
        command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        times, found = [], []
        for one in asked:
            begun = time.perf_counter()
            process.stdin.write(one.text + "\n")
            process.stdin.flush()
            found.append(_paths(json.loads(process.stdout.readline())))
            times.append(time.perf_counter() - begun)
            if len(times) == 1:
                first = time.perf_counter() - started
                of_first = _processor_seconds(process.pid)
        resident = _resident(process.pid)
        spent = _processor_seconds(process.pid) - of_first
        process.stdin.close()
        process.wait(_DUE)
    figures: dict[str, Any] = {
        "first answer s": round(first, 2),
        "first answer processor s": round(of_first, 2),
        "warm ms": round(1000 * float(np.median(times[_FIRST:])), 1),
        "processor ms a question": round(1000 * spent / (len(asked) - 1), 1),
        "resident MB": round(resident),
    }
    right = iter(found)
    for each in sets:
        here = [(next(right), one.gold) for one in each.questions]
        for places in (1, 5):
            hits = [hit_at(places)(paths, gold) for paths, gold in here]
            figures[f"{each.name}, in {places}"] = round(float(np.mean(hits)), 3)
    return figures


def _paths(answer: Any) -> list[str]:
    """Return the documents of an answer, in order."""
    if isinstance(answer, list):
        return answer
    cited = [*answer["citations"], *answer["nearest"]]
    return list(dict.fromkeys(one["document"] for one in cited))


def _used() -> Any:
    """Return wall-clock time, and CPU time of finished child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return np.array([time.perf_counter(), used.ru_utime + used.ru_stime])


def _resident(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _processor_seconds(process: int) -> float:
    ticks = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())


def main() -> None:
    """Measure each peer, print a table with a column for each, and write it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--scratch", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--environments", type=Path, default=Path("build/peers"))
    parser.add_argument("--model", type=Path)
    parser.add_argument("--small", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--questions", type=int, default=1000, help="of each set, at most")
    parser.add_argument("--only", nargs="+", help="names of peers")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"There is no data in {options.data}; give its folder with --data.")
    prepare(options.environments)
    sets = [
        replace(each, questions=each.questions[: options.questions])
        for load in (government, held_out)
        for each in load(options.data, options.scratch)
    ]
    documents, part = some_documents(sets, options.documents, options.scratch / "peers-documents")
    table: dict[str, dict[str, Any]] = {}
    for peer in PEERS:
        if options.only and peer.name not in options.only:
            continue
        if peer.model and getattr(options, peer.model) is None:
            print(f"{peer.name} is left out: no --{peer.model} is given.")
            continue
        table[peer.name] = measure(peer, options, documents, part, sets)
        for name, figure in table[peer.name].items():
            print(f"{peer.name:24}{name:32}{figure:>12}", flush=True)
        print()
    if options.json:
        options.json.write_text(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
