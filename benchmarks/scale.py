"""Measures indexes of growing size, built from recombined government documents.

    python -m benchmarks.scale --data ../shared/data --documents 3500 35000 350000

For each size: build time by stage, and after one file has changed; memory of each; size on disk; a
cold answer of the command line; warm answers by phase; recall of the vector search; and the
accuracy on the development questions. Besides wall-clock time it reports CPU time, which other load
hardly affects.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measures import hit_at
from benchmarks.recombining import recombine
from benchmarks.retrieval import query_of
from benchmarks.sets import Asked, RetrievalSet, government
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.index.manifest import Manifest
from embeddings.models.static import StaticEmbedder
from embeddings.search.language_index import TITLE_WEIGHT
from embeddings.search.passage_index import PROPOSED, PassageIndex
from embeddings.types import Query, Vectors

_NEAREST = 10
_ASKERS = 4
_PHASES = ("understand", "words", "vectors", "evidence", "documents")
_LOOKED_AT = 64
"""Passages between two looks at the clock."""
_TURNS = 3
"""Number of cold answers, of which the median counts."""


def build(folder: Path, store: Path) -> dict[str, Any]:
    """Update an index; return the cost of each stage."""
    ends = [("begin", *_now())]

    def note(stage: str, done: int, total: int) -> None:
        # Called for each passage, so look at the clock only now and then.
        if stage != ends[-1][0] or done == total or not done % _LOOKED_AT:
            ends.append((stage, *_now()))

    report = build_index(folder, store, StaticEmbedder(), progress=note, keep=0)
    ends.append(("all", *_now()))
    stages: defaultdict[str, Any] = defaultdict(lambda: np.zeros(2))
    for (earlier, *before), (stage, *after) in pairwise(ends):
        # Work between two stages ends the first: numbering, vocabulary, writing indexes.
        stages[stage if stage == earlier else f"after {earlier}"] += np.subtract(after, before)
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    of_workers = workers.ru_utime + workers.ru_stime
    return {
        "documents": report.documents,
        "passages": report.passages,
        "embedded": report.embedded,
        "seconds": round(report.seconds, 2),
        "processor s": round(time.process_time() + of_workers, 1),
        "processor s of workers": round(of_workers, 1),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "peak MB of a worker": round(workers.ru_maxrss / 1024),
        **{f"s {stage}": round(took[0], 1) for stage, took in stages.items()},
        **{f"processor s {stage}": round(took[1], 1) for stage, took in stages.items()},
    }


def _now() -> Any:
    """Return wall-clock and CPU time in seconds."""
    return np.array([time.perf_counter(), time.process_time()])


def search(store: Path, sets: list[RetrievalSet]) -> dict[str, Any]:
    """Return the speed and accuracy of an index on some sets."""
    asked = [one for each in sets for one in each.questions]
    model = StaticEmbedder()
    with closing(PassageIndex.open(Store(store).current(), model)) as index:
        for one in asked[:10]:
            index.search(query_of(one), _NEAREST)
        times, found, holding = [], [], []
        for one in asked:
            started = _now()
            hits = index.search(query_of(one), _NEAREST)
            times.append(1000 * (_now() - started))
            found.append(list(dict.fromkeys(hit.source.path for hit in hits)))
            holding.append([_holds(index, path, one) for path in found[-1]])
        gold = [one.gold for one in asked]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        phases = np.array([phases_of(index, query_of(one)) for one in asked])
        return {
            "warm ms": round(float(np.median(times, axis=0)[0]), 1),
            "95 % ms": round(float(np.percentile(times, 95, axis=0)[0]), 1),
            "warm processor ms": round(float(np.median(times, axis=0)[1]), 1),
            "95 % processor ms": round(float(np.percentile(times, 95, axis=0)[1]), 1),
            **{
                f"processor ms {phase}": round(float(took), 1)
                for phase, took in zip(_PHASES, phases.mean(axis=0), strict=True)
            },
            **{
                f"doc@{rank}": round(float(np.mean(list(map(hit_at(rank), found, gold)))), 3)
                for rank in (1, 5)
            },
            **{
                f"holds the answer@{rank}": round(
                    float(np.mean([any(a[:rank]) for a in holding])), 3
                )
                for rank in (1, 5)
            },
            "resident MB": round(peak),
            f"recall@{_NEAREST}": round(
                recall(index, [model.embed_question(one.text) for one in asked]), 3
            ),
        }


def _holds(index: PassageIndex, path: str, asked: Asked) -> bool:
    """Whether a document answers, directly or through a recombined sentence."""
    text = " ".join(index.catalog.text_of(path).split())
    return path in asked.gold or any(" ".join(one.split()) in text for one in asked.evidence)


def phases_of(index: PassageIndex, query: Query) -> list[float]:
    """Return the CPU milliseconds of each phase of a search."""
    marks = [time.process_time()]
    asked = index.understand(query)
    marks.append(time.process_time())
    for partition, words in zip(index.partitions, asked.looked_up, strict=True):
        partition.lexical.search(words.alternatives, PROPOSED, TITLE_WEIGHT)
    marks.append(time.process_time())
    for partition in index.partitions:
        if partition.dense:
            partition.dense.search(asked.meaning, PROPOSED)
    marks.append(time.process_time())
    list(index.gather(asked, query))
    marks.append(time.process_time())
    index.search(query, _NEAREST)
    marks.append(time.process_time())
    understand, words_, vectors, gathered, whole = 1000 * np.diff(marks)
    rest = whole - understand - gathered
    return [understand, words_, vectors, gathered - words_ - vectors, rest]


def recall(index: PassageIndex, questions: list[Vectors]) -> float:
    """Return the recall of the largest partition's vector search."""
    partition = max(index.partitions, key=lambda one: len(one.forward))
    dense = partition.dense
    if dense is None:
        return 1.0
    vectors = np.stack(questions)
    best = np.empty((len(questions), 0), dtype=np.float32)
    for first in range(0, len(dense), 2**16):
        block = dense.vectors(np.arange(first, min(first + 2**16, len(dense))))
        best = np.sort(np.concatenate([best, vectors @ block.T], axis=1), axis=1)[:, -_NEAREST:]
    # Passages as near as the last of the nearest all count.
    hits = [
        (dense.search(vector, _NEAREST)[1] >= least - 1e-4).mean()
        for vector, least in zip(vectors, best[:, 0], strict=True)
    ]
    return float(np.mean(hits))


def cold(store: Path, question: str) -> dict[str, Any]:
    """Return the seconds of a command-line answer; the median of several."""
    times = []
    for _ in range(_TURNS):
        started = _now_below()
        subprocess.run(
            [sys.executable, "-m", "bot.cli.main", "ask", "--store", str(store), question],
            check=False,
            capture_output=True,
        )
        times.append(_now_below() - started)
    by_clock, of_processors = np.median(times, axis=0).round(2).tolist()
    return {"cold s": by_clock, "cold processor s": of_processors}


def _now_below() -> Any:
    """Return wall-clock time, and CPU time of finished child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return np.array([time.perf_counter(), used.ru_utime + used.ru_stime])


def shared_memory(store: Path, questions: list[str]) -> dict[str, Any]:
    """Return the private and shared memory of processes that answer at the same time."""
    askers = [
        subprocess.Popen(
            [sys.executable, "-m", "bot.cli.main", "ask", "--json", "--store", str(store), "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(_ASKERS)
    ]
    for asker in askers:
        assert asker.stdin
        assert asker.stdout
        asker.stdin.write(("\n".join(questions) + "\n").encode())
        asker.stdin.flush()
        for _ in questions:
            asker.stdout.readline()
    held = [_memory_of(asker.pid) for asker in askers]
    for asker in askers:
        asker.communicate()
    mean = {name: round(float(np.mean([one[name] for one in held]))) for name in held[0]}
    return {f"{_ASKERS} askers, each {name} MB": size for name, size in mean.items()}


def _memory_of(process: int) -> dict[str, float]:
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    sizes = {
        line.split(":")[0]: int(line.split()[1]) / 1024
        for line in text.splitlines()[1:]
        if line.endswith("kB")
    }
    shared = sizes["Shared_Clean"] + sizes["Shared_Dirty"]
    own = sizes["Private_Clean"] + sizes["Private_Dirty"]
    return {"resident": sizes["Rss"], "its share of": sizes["Pss"], "shared": shared, "own": own}


def _apart(function: Callable[..., dict[str, Any]], *arguments: object) -> dict[str, Any]:
    """Call a function in its own process, so that its memory is measured separately."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def measure(folder: Path, store: Path, sets: list[RetrievalSet]) -> Iterator[dict[str, Any]]:
    """Yield the figures of one size, those first that are known first."""
    built = _apart(build, folder, store)
    manifest = Manifest.read(Store(store).current())
    size = sum(size for size, _ in manifest.files.values())
    text = sum(path.stat().st_size for path in folder.rglob("*.md"))
    yield built | {"KB a passage beyond text": round((size - text) / 1024 / built["passages"], 2)}
    yield _apart(search, store, sets)
    questions = [one.text for one in sets[0].questions[:20]]
    yield cold(store, questions[0])
    yield shared_memory(store, questions)
    same = _apart(build, folder, store)
    yield {f"unchanged: {name}": same[name] for name in ("seconds", "processor s", "peak MB")}
    changed = next(folder.rglob("*.md"))
    before = changed.read_bytes()
    changed.write_bytes(before + f"\n\nEn ny mening om {time.time_ns()}.\n".encode())
    after = _apart(build, folder, store)
    yield {f"one file changed: {name}": value for name, value in after.items()}
    changed.write_bytes(before)


def main() -> None:
    """Measure each size, print the figures and write them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--scratch", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--documents", type=int, nargs="+", default=[12_722, 127_220, 350_000])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"There is no data in {options.data}; give its folder with --data.")
    os.environ.pop("DOCUMENTS_DIR", None)
    sets = government(options.data, options.scratch)
    found = []
    for documents in options.documents:
        folder = options.scratch / "recombined" / str(documents)
        recombine(sets[0].folder, folder, documents)
        found.append({})
        for figures in measure(folder, options.scratch / "stores" / f"scale-{documents}", sets):
            found[-1] |= figures
            for name, figure in figures.items():
                print(f"{name:40}{figure:>12}", flush=True)
        print()
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
