"""Measures a static model by itself: sentences, words and passages across languages."""

import argparse
import csv
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from embeddings.static import StaticEmbedder, normalised, split_words
from embeddings.training.sources import is_held_out, parse_article
from embeddings.types import Vectors

SIZE = 600


def silent(_stage: str, _done: int, _total: int) -> None:
    """Take no note."""


def hit_at_1(queries: Vectors, targets: Vectors) -> float:
    return float(((queries @ targets.T).argmax(axis=1) == np.arange(len(targets))).mean())


def ndcg(queries: Vectors, targets: Vectors, gold: Sequence[int], depth: int = 10) -> float:
    """Mean nDCG@10 with one right passage a question."""
    scores = queries @ targets.T
    right = scores[np.arange(len(gold)), gold]
    rank = (scores > right[:, None]).sum(axis=1)
    return float(np.where(rank < depth, 1 / np.log2(rank + 2), 0).mean())


class Judge:
    """Knows the evaluation sets under a data folder; `only` reads what is asked for."""

    def __init__(self, data: Path, corpus: Path | None) -> None:
        self.data, self.corpus = data, corpus
        self._passages: list[tuple[str, str]] | None = None

    def pairs(self, name: str) -> tuple[list[str], list[str]]:
        with (self.data / "eval" / f"{name}.sv-en.tsv").open(encoding="utf-8") as lines:
            rows = [line.rstrip("\n").split("\t") for line in lines]
        return [row[0] for row in rows], [row[1] for row in rows]

    def documents(self, name: str) -> dict[str, str]:
        with (self.data / "eval" / f"{name}.docs.jsonl").open(encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines]
        return {d["id"]: f"{d.get('title', '')} {d['text']}" if name == "none" else d["text"] for d in found}

    def questions(self, name: str) -> list[dict[str, str]]:
        with (self.data / "eval" / f"{name}.questions.tsv").open(encoding="utf-8") as lines:
            return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

    def passages(self) -> list[tuple[str, str]]:
        if self._passages is None:
            assert self.corpus
            self._passages = []
            for file in sorted(self.corpus.rglob("*.md")):
                path = file.relative_to(self.corpus).as_posix()
                self._passages += [
                    (path, text) for text in cut(path, file.read_text(encoding="utf-8"))
                ]
        return self._passages

    def judge(self, model: StaticEmbedder) -> dict[str, float]:
        embed = lambda texts: model.embed_passages(list(texts), silent)
        out: dict[str, float] = {}
        for name in ("tatoeba", "flores"):
            sv, en = (embed(side) for side in self.pairs(name))
            out[f"{name} en-sv"], out[f"{name} sv-en"] = hit_at_1(en, sv), hit_at_1(sv, en)
        docs = self.documents("squad-sv")
        row = {key: number for number, key in enumerate(docs)}
        targets = embed(docs.values())
        asked = [q for q in self.questions("squad-sv") if q["impossible"] == "0"]
        english = [q for q in asked if q["question_en"]]
        gold = [row[q["docid"]] for q in english]
        out["squad en-sv"] = ndcg(embed(q["question_en"] for q in english), targets, gold)
        out["squad sv-sv"] = ndcg(embed(q["question_sv"] for q in english), targets, gold)
        gold = [row[q["docid"]] for q in asked]
        out["squad sv-sv all"] = ndcg(embed(q["question_sv"] for q in asked), targets, gold)
        docs = self.documents("swequad")
        texts = list(dict.fromkeys(docs.values()))
        place = {text: number for number, text in enumerate(texts)}
        asked = self.questions("swequad")
        gold = [place[docs[q["docid"]]] for q in asked]
        out["swequad"] = ndcg(embed(q["question"] for q in asked), embed(texts), gold)
        return out | (self.development(model) if self.corpus else {})

    def development(self, model: StaticEmbedder) -> dict[str, float]:
        passages = self.passages()
        vectors = model.embed_passages([text for _, text in passages], silent)
        paths = [path for path, _ in passages]
        with (self.data / "questions" / "regeringen-dev.jsonl").open(encoding="utf-8") as lines:
            asked = [q for q in map(json.loads, lines) if q["docs"]]
        questions = model.embed_passages([q["question"] for q in asked], silent)
        found: dict[str, list[float]] = {}
        for question, scores in zip(asked, questions @ vectors.T, strict=True):
            best = list(dict.fromkeys(paths[row] for row in np.argsort(-scores)[:400]))
            rank = next((n for n, path in enumerate(best) if path in question["docs"]), 10**6)
            half = "held out" if is_held_out(question["docs"][0]) else "trained"
            for key in (f"dev {question['lang']}", f"dev {half}"):
                found.setdefault(f"{key} hit@5", []).append(rank < 5)
                found.setdefault(f"{key} mrr", []).append(1 / (1 + rank))
        return {key: float(np.mean(values)) for key, values in sorted(found.items())}


def cut(path: str, markdown: str) -> list[str]:
    """Cut a document at about 600 characters, each piece under its title and month."""
    article = parse_article(path, markdown)
    head = " ".join([article.title, *path.split("/")[1:3]])
    pieces, current = [], ""
    for paragraph in article.paragraphs:
        if current and len(current) + len(paragraph) > SIZE:
            pieces.append(current)
            current = ""
        current += " " + paragraph
    return [f"{head} {piece}" for piece in [*pieces, current]]


def word_precision(
    model: StaticEmbedder, gold: dict[str, set[str]], candidates: Sequence[str]
) -> dict[str, float]:
    """How often a right translation is the nearest, or among the five nearest, candidates."""
    words = list(gold)
    if not words:
        return {}
    embed = lambda texts: model.embed_passages(list(texts), silent)
    order = np.argsort(-(embed(words) @ embed(candidates).T), axis=1)[:, :5]
    best = [[candidates[column] for column in row] for row in order]
    return {
        "words P@1": float(np.mean([b[0] in gold[w] for w, b in zip(words, best, strict=True)])),
        "words P@5": float(np.mean([bool(gold[w] & set(b)) for w, b in zip(words, best, strict=True)])),
    }
