"""Measures retrieval on every public and development set: each part alone, and all together.

    python -m benchmarks.retrieval --data ../shared/data --json build/retrieval.json

`--model FOLDER` measures another sentence-transformers model in place of the bundled one, and
`--reader NAME` the order with a reader ("off" for none). Indexes are kept in `--scratch` between
runs, and rebuilt when needed.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np

from benchmarks.answer_sets import GOVERNMENT_ENDS
from benchmarks.measures import Measure, hit_at, interval, ndcg_at_10
from benchmarks.sets import (
    Asked,
    PairSet,
    RetrievalSet,
    government,
    held_out,
    pairs,
    squad,
    swequad,
)
from bot.question.reading import read_question
from corpus.words import content_words, stem
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.models.loading import load_embedder, load_reader
from embeddings.search.evidence import WEIGHTS
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Alternative, Embedder, PassageEvidence, Query, Reader

DEPTH = 10
_DEEP = 100
"""How many passages and quotes are used for a ranking of documents."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    set: str
    part: str
    measure: str
    figure: float
    low: float
    high: float
    questions: int


def bm25(index: PassageIndex, query: Query) -> list[str]:
    """Rank by BM25 over the question's own words only."""
    found: list[tuple[float, str]] = []
    for partition in index.partitions:
        words = content_words(query.text, query.language)
        own = [[Alternative(stem(word, partition.language), 1.0)] for word in words]
        numbers, scores = partition.lexical.search(own, 100, 0.0)
        paths = index.catalog.documents_of(numbers + partition.first)
        for number, score in zip((numbers + partition.first).tolist(), scores, strict=True):
            found.append((float(score), paths[number]))
    return _distinct(path for _, path in sorted(found, key=lambda one: -one[0]))


def dense(index: PassageIndex, query: Query) -> list[str]:
    """Rank by the cosine of question and passage only."""
    found = []
    vector = index.understand(query).meaning
    for partition in index.partitions:
        if partition.dense is None:
            continue
        numbers, cosines = partition.dense.search(vector, 100)
        paths = index.catalog.documents_of(numbers + partition.first)
        for number, cosine in zip((numbers + partition.first).tolist(), cosines, strict=True):
            found.append((float(cosine), paths[number]))
    return _distinct(path for _, path in sorted(found, key=lambda one: -one[0]))


def _distinct(paths: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(paths))[:DEPTH]


def weighed(
    index: PassageIndex, query: Query, weights: Sequence[PassageEvidence]
) -> list[list[str]]:
    """Rank by all evidence for passages, once for each set of weights."""
    found = list(index.gather(index.understand(query), query))
    rankings = []
    for one in weights:
        scored: list[tuple[float, int]] = []
        for numbers, evidence in found:
            pairs = zip(evidence.scores(one).tolist(), numbers.tolist(), strict=True)
            scored += [(-score, number) for score, number in pairs]
        first = [number for _, number in sorted(scored)[:_DEEP]]
        paths = index.catalog.documents_of(first)
        rankings.append(_distinct(paths[number] for number in first))
    return rankings


WEIGHINGS: dict[str, PassageEvidence] = {
    **{f"no {f.name}": replace(WEIGHTS, **{f.name: 0.0}) for f in fields(PassageEvidence)},
    "all evidence": WEIGHTS,
}


def rankings_of(index: PassageIndex, query: Query) -> dict[str, list[str]]:
    """Return the ranking of documents by each part, and by all of them."""
    rankings = weighed(index, query, list(WEIGHINGS.values()))
    quoted = (hit.source.path for hit in index.search(query, _DEEP))
    return {
        "BM25": bm25(index, query),
        "dense": dense(index, query),
        **dict(zip(WEIGHINGS, rankings, strict=True)),
        "as quoted": _distinct(quoted),
    }


def measure_set(
    retrieval: RetrievalSet, measures: dict[str, Measure], index: PassageIndex
) -> list[Row]:
    """Return the figures of every part on one set."""
    found = [rankings_of(index, query_of(asked)) for asked in retrieval.questions]
    gold = [asked.gold for asked in retrieval.questions]
    rows = []
    for part in found[0]:
        for name, measure in measures.items():
            figures = [measure(one[part], right) for one, right in zip(found, gold, strict=True)]
            mean = float(np.mean(figures))
            rows.append(Row(retrieval.name, part, name, mean, *interval(figures), len(figures)))
    return rows


def median_milliseconds(retrieval: RetrievalSet, index: PassageIndex) -> float:
    """Return the median time of a full search with a warm index."""
    seconds = []
    for asked in retrieval.questions:
        started = time.perf_counter()
        index.search(query_of(asked), DEPTH)
        seconds.append(time.perf_counter() - started)
    return float(np.median(seconds)) * 1000


def measure_pairs(pair_set: PairSet, embedder: Embedder) -> list[Row]:
    """Return how often a sentence's nearest neighbour is its translation, both ways."""
    swedish = embedder.embed_passages(pair_set.swedish, _silent)
    english = embedder.embed_passages(pair_set.english, _silent)
    rows = []
    for direction, cosines in (("en->sv", english @ swedish.T), ("sv->en", swedish @ english.T)):
        hits = (cosines.argmax(axis=1) == np.arange(len(cosines))).astype(float).tolist()
        name = f"{pair_set.name} {direction}"
        mean = float(np.mean(hits))
        rows.append(Row(name, "dense", "hit@1", mean, *interval(hits), len(hits)))
    return rows


def query_of(asked: Asked) -> Query:
    """Return a question of a set as a query."""
    reading = read_question(asked.text, GOVERNMENT_ENDS)
    return Query(asked.text, asked.language, reading.periods)


def open_index(
    folder: Path, scratch: Path, embedder: Embedder, reader: Reader | None = None
) -> PassageIndex:
    """Return an updated index over a folder."""
    store = Store(scratch / "stores" / embedder.fingerprint / folder.name)
    build_index(folder, store.folder, embedder, progress=_silent, keep=0)
    return PassageIndex.open(store.current(), embedder, reader)


def _silent(stage: str, done: int, total: int) -> None:
    """Ignore progress."""


def _print(rows: Sequence[Row]) -> None:
    print(f"{'set':26}{'part':22}{'measure':10}{'figure':>7}  {'95 % interval':15}{'n':>5}")
    for row in rows:
        bounds = f"{row.low:.3f}-{row.high:.3f}"
        print(
            f"{row.set:26}{row.part:22}{row.measure:10}{row.figure:7.3f}  {bounds:15}"
            f"{row.questions:5}"
        )


def main() -> None:
    """Measure, print a table and write it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--scratch", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--reader", default="off")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"There is no data in {options.data}; give its folder with --data.")
    embedder, reader = load_embedder(options.model), load_reader(options.reader)
    rows = [row for pair_set in pairs(options.data) for row in measure_pairs(pair_set, embedder)]
    ndcg: dict[str, Measure] = {"nDCG@10": ndcg_at_10}
    hits: dict[str, Measure] = {"doc@1": hit_at(1), "doc@5": hit_at(5)}
    for load, measures in ((squad, ndcg), (swequad, ndcg), (government, hits), (held_out, hits)):
        for retrieval in load(options.data, options.scratch):
            index = open_index(retrieval.folder, options.scratch, embedder, reader)
            rows += measure_set(retrieval, measures, index)
            print(f"{retrieval.name}: {median_milliseconds(retrieval, index):.1f} ms a question")
            index.close()
    _print(rows)
    if options.json:
        options.json.write_text(
            json.dumps([dict(zip(_NAMES, astuple(r), strict=True)) for r in rows])
        )


_NAMES = [field.name for field in fields(Row)]

if __name__ == "__main__":
    main()
