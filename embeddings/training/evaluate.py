"""Evaluates a static model: `python -m embeddings.training.evaluate MODEL`."""

import argparse
import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from embeddings.models.static import StaticEmbedder
from embeddings.training.material.passages import cut_paragraphs
from embeddings.training.material.sources import Article, is_held_out, read_articles
from embeddings.types import Vectors

DEPTH: Final = 10
Figures: TypeAlias = dict[str, float]


def hit_at_1(queries: Vectors, targets: Vectors) -> float:
    """Return how often the text with the same index is the nearest."""
    nearest = (queries @ targets.T).argmax(axis=1)
    return float((nearest == np.arange(len(targets))).mean())


def ndcg(queries: Vectors, targets: Vectors, gold: Sequence[int]) -> float:
    """Return mean nDCG@10 with one right passage per question."""
    scores = queries @ targets.T
    right = scores[np.arange(len(gold)), gold]
    rank = (scores > right[:, None]).sum(axis=1)
    return float(np.where(rank < DEPTH, 1 / np.log2(rank + 2), 0).mean())


class Judge:
    """Evaluates models on the sets of a data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._articles: list[Article] = []

    def judge(self, model: StaticEmbedder) -> Figures:
        """Return all figures by name."""
        return {
            **self._sentences(model),
            **self._squad(model),
            "swequad nDCG@10": self._swequad(model),
            **self._development(model),
        }

    def _sentences(self, model: StaticEmbedder) -> Figures:
        figures = {}
        for name in ("tatoeba", "flores"):
            with (self._data / "eval" / f"{name}.sv-en.tsv").open(encoding="utf-8") as lines:
                rows = [line.rstrip("\n").split("\t") for line in lines]
            swedish = _embed(model, (row[0] for row in rows))
            english = _embed(model, (row[1] for row in rows))
            figures[f"{name} en-sv hit@1"] = hit_at_1(english, swedish)
            figures[f"{name} sv-en hit@1"] = hit_at_1(swedish, english)
        return figures

    def _squad(self, model: StaticEmbedder) -> Figures:
        texts = self._documents("squad-sv")
        row_of = {name: row for row, name in enumerate(texts)}
        targets = _embed(model, texts.values())
        asked = [row for row in self._questions("squad-sv") if row["impossible"] == "0"]
        both = [row for row in asked if row["question_en"]]
        figures = {}
        for name, rows, column in (
            ("squad en-sv nDCG@10", both, "question_en"),
            ("squad sv-sv nDCG@10", both, "question_sv"),
            ("squad sv-sv all nDCG@10", asked, "question_sv"),
        ):
            gold = [row_of[row["docid"]] for row in rows]
            figures[name] = ndcg(_embed(model, (row[column] for row in rows)), targets, gold)
        return figures

    def _swequad(self, model: StaticEmbedder) -> float:
        texts = self._documents("swequad")
        row_of = {text: row for row, text in enumerate(dict.fromkeys(texts.values()))}
        asked = self._questions("swequad")
        gold = [row_of[texts[row["docid"]]] for row in asked]
        return ndcg(_embed(model, (row["question"] for row in asked)), _embed(model, row_of), gold)

    def _documents(self, name: str) -> dict[str, str]:
        with (self._data / "eval" / f"{name}.docs.jsonl").open(encoding="utf-8") as lines:
            return {found["id"]: found["text"] for found in map(json.loads, lines)}

    def _questions(self, name: str) -> list[dict[str, str]]:
        with (self._data / "eval" / f"{name}.questions.tsv").open(encoding="utf-8") as lines:
            return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

    def _development(self, model: StaticEmbedder) -> Figures:
        """Ask the development questions, by language and by whether training saw the document."""
        self._articles = self._articles or read_articles(self._data / "regeringen.tar.gz")
        passages = [(article.path, text) for article in self._articles for text in _cut(article)]
        vectors = _embed(model, (text for _, text in passages))
        with (self._data / "questions" / "regeringen-dev.jsonl").open(encoding="utf-8") as lines:
            asked = [question for question in map(json.loads, lines) if question["docs"]]
        found: dict[str, list[float]] = {}
        for question in asked:
            scores = vectors @ model.embed_question(question["question"])
            paths = dict.fromkeys(passages[row][0] for row in np.argsort(-scores)[:500])
            ranks = [rank for rank, path in enumerate(paths) if path in question["docs"]]
            rank = min(ranks, default=10**6)
            half = "held-out half" if is_held_out(question["docs"][0]) else "training half"
            for group in (question["lang"], half):
                found.setdefault(f"development {group} hit@5", []).append(rank < 5)
                found.setdefault(f"development {group} MRR", []).append(1 / (1 + rank))
        return {name: float(np.mean(values)) for name, values in sorted(found.items())}


def word_precision(
    model: StaticEmbedder, gold: Mapping[str, Sequence[str]], candidates: Sequence[str]
) -> Figures:
    """Return how often a right translation is the nearest, and among the five nearest."""
    scores = _embed(model, gold) @ _embed(model, candidates).T
    nearest = [[candidates[column] for column in row] for row in np.argsort(-scores)[:, :5]]
    pairs = list(zip(gold.values(), nearest, strict=True))
    return {
        "words P@1": float(np.mean([best[0] in right for right, best in pairs])),
        "words P@5": float(np.mean([not set(right).isdisjoint(best) for right, best in pairs])),
    }


def _cut(article: Article) -> list[str]:
    head = " ".join([article.title, *article.path.split("/")[1:3]])
    return [f"{head} {text}" for text in cut_paragraphs(article.paragraphs)]


def _embed(model: StaticEmbedder, texts: Iterable[str]) -> Vectors:
    return model.embed_passages(list(texts), lambda *_: None)


def main() -> None:
    """Print the figures of a model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--words", type=Path, help="held-words.json of the training run")
    arguments = parser.parse_args()
    model = StaticEmbedder(arguments.model)
    figures = Judge(arguments.data).judge(model)
    if arguments.words:
        held = json.loads(arguments.words.read_text(encoding="utf-8"))
        if held["gold"]:
            figures |= word_precision(model, held["gold"], held["candidates"])
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}, indent=2))


if __name__ == "__main__":
    main()
