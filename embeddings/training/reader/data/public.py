"""Reads public question sets, split by article so that no article is in both parts."""

import gzip
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from embeddings.training.reader.data.examples import Example, Shown
from embeddings.training.reader.data.windows import opening, window, without_answer

TEST_ARTICLES: Final = frozenset(
    "Normans Huguenot Yuan_dynasty Packet_switching Islamism Rhine Pharmacy".split()
)
"""Seven of the 35 articles of SQuAD's development set, with the same name in both languages."""
LONGEST_TITLE: Final = 60
WRONG: Final = 2
"""Wrong passages per right one."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of questions, and how many answerable and unanswerable ones are used."""

    path: str
    answerable: int
    impossible: int = 0


SOURCES: Final = (
    Source("squad_v2_sv/dev", 4200, 2200),
    Source("squad_v2_sv/crosslingual_enq_svcontext", 2600, 2000),
    Source("squad_v2_sv/crosslingual_svq_encontext", 1400, 800),
    Source("squad_v2_en/dev_half1", 1200, 900),
    Source("squad_v2_en/dev_half2_part", 300, 100),
    Source("squad_v2_en/dev_half2_unanswerable_only", 0, 500),
    Source("squad_v2_en/train_part", 4000, 300),
    Source("squadshifts/new_wiki", 3000),
    Source("tydiqa/en_train", 3000),
    Source("tydiqa/en_dev", 400),
    Source("norquad/train_rebuilt", 1000),
    Source("swequad_mc/train", 900),
    Source("tatqa_text/dev", 370),
    Source("tatqa_text/test", 370),
    Source("fairytaleqa/train", 600),
    Source("qadiscourse/wikinews_train", 500),
    Source("qadiscourse/wikipedia_dev", 400),
    Source("qamr/dev", 500),
    Source("covid_qa/all_windowed", 200),
)


HARD: Final = (
    Source("squad_v2_sv/dev", 700, 1000),
    Source("squad_v2_sv/crosslingual_enq_svcontext", 450, 800),
    Source("squad_v2_sv/crosslingual_svq_encontext", 250, 400),
    Source("squad_v2_en/dev_half1", 350, 600),
    Source("squad_v2_en/dev_half2_part", 60, 120),
    Source("squad_v2_en/dev_half2_unanswerable_only", 0, 300),
    Source("squad_v2_en/train_part", 300, 200),
    Source("tydiqa/en_train", 200),
    Source("swequad_mc/train", 150),
)
"""Sources for further training, mostly questions whose answer is near the text but not in it."""


def held_out(name: str) -> bool:
    """Return whether an article is for testing: named ones, and a fifth of those without a name."""
    if len(name) < LONGEST_TITLE:
        return name in TEST_ARTICLES
    return hashlib.sha256(name.encode()).digest()[0] % 5 == 0


def article(row: dict[str, Any]) -> str:
    """Return the key for splitting: the article's title, or else the page's text."""
    return str(row.get("title") or row["context"].strip()[:200])


def read_lines(folder: Path, path: str) -> list[dict[str, Any]]:
    """Return all rows of a file of the reader's data."""
    with gzip.open(folder / f"{path}.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def read_rows(folder: Path, path: str) -> list[dict[str, Any]]:
    """Return the rows of a file that may be used for training."""
    return [
        row
        for row in read_lines(folder, path)
        if not row.get("overlaps_xquad")
        and not row.get("context_in_eval")
        and not held_out(article(row))
    ]


def public_examples(
    folder: Path,
    chance: random.Random,
    share: float = 1.0,
    sources: Sequence[Source] = SOURCES,
) -> list[Example]:
    """Return examples from public sources, in random order.

    Answerable questions on the paragraphs of unanswerable ones come first: the contrast shows the
    difference.
    """
    examples: list[Example] = []
    for source in sources:
        rows = read_rows(folder, source.path)
        chance.shuffle(rows)
        none = [row for row in rows if row["impossible"]][: int(source.impossible * share)]
        both = {row["context"] for row in none}
        possible = [row for row in rows if not row["impossible"]]
        possible.sort(key=lambda row: row["context"] not in both)
        possible = possible[: int(source.answerable * share)]
        others = _contexts(rows)
        for row in possible + none:
            examples.extend(_example(row, others, chance, source.path))
    chance.shuffle(examples)
    return examples


def _contexts(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Return the contexts of each article, and all of them under the empty name."""
    contexts: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        contexts[article(row)].add(row["context"])
        contexts[""].add(row["context"])
    return {name: sorted(texts) for name, texts in contexts.items()}


def _example(
    row: dict[str, Any], others: dict[str, list[str]], chance: random.Random, source: str
) -> Iterator[Example]:
    title = str(row.get("title") or "").replace("_", " ")
    if row["impossible"]:
        wrong = replace(opening(row["context"], chance, 900), head=title)
        yield Example(row["question"], None, (wrong,), source)
        return
    answer = row["answers"][0]
    start = answer["start"]
    right = window(row["context"], (start, start + len(answer["text"])), chance)
    if right is None:
        return
    right = replace(right, head=title)
    wrong_ones = list(_wrong(row, right, others, chance))[:WRONG]
    yield Example(row["question"], right, tuple(wrong_ones), source)


def _wrong(
    row: dict[str, Any], right: Shown, others: dict[str, list[str]], chance: random.Random
) -> Iterator[Shown]:
    """Yield passages without the answer: from the same article first, then from any."""
    words = row["answers"][0]["text"].casefold()
    if chance.random() < 0.4 and (cut := without_answer(right)):
        yield cut
    near = [text for text in others[article(row)] if text != row["context"]]
    far = others[""]
    pools = [near, far] if len(near) > 2 else [far, far]
    for pool in pools:
        for _ in range(3):
            text = chance.choice(pool)
            shown = opening(text, chance)
            if text != row["context"] and words not in shown.text.casefold():
                yield replace(shown, head=right.head if pool is near else "")
                break


def public_texts(data: Path) -> Iterator[str]:
    """Yield the texts for counting the vocabulary: all public ones, and the documents."""
    for file in sorted((data / "reader").glob("*/*.jsonl.gz")):
        with gzip.open(file, "rt") as lines:
            for row in map(json.loads, lines):
                yield from (row[key] for key in ("question", "context") if row.get(key))
                yield " ".join(row.get("tokens", ()))
    for file in sorted((data / "questions").glob("*/docs/**/*.md")):
        yield file.read_text(encoding="utf-8", errors="replace")
