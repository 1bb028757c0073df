"""Evaluates a reader on unseen questions: which passage and unit it ranks first."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.types import Span
from embeddings.training.reader.data.mining import Mined
from embeddings.training.reader.data.public import TEST_ARTICLES, read_lines
from embeddings.training.reader.data.windows import sentence_spans
from embeddings.types import Reader, ToRead, Verdict

NOWHERE: Final = 10**6


@dataclass(frozen=True, slots=True)
class Ranked:
    """How often the first, and one of the first five, is right."""

    questions: int
    passage: float
    passage_in_five: float
    unit: float
    unit_in_five: float


def rank_passages(reader: Reader, mined: Sequence[Mined]) -> Ranked:
    """Return the results of answerable questions; a right passage not read counts as failed."""
    places: list[tuple[int, int]] = []
    for one in mined:
        if not one.question.is_answerable:
            continue
        if not one.right:
            places.append((NOWHERE, NOWHERE))
            continue
        right = dict(one.right)
        passages = list(dict.fromkeys((*right, *one.decoys, *one.wrong)))
        verdicts = reader.read(one.question.text, passages)
        places.append(
            (_first_passage(passages, verdicts, right), _first_unit(passages, verdicts, right))
        )
    table = np.array(places)
    return Ranked(
        len(places),
        float((table[:, 0] < 1).mean()),
        float((table[:, 0] < 5).mean()),
        float((table[:, 1] < 1).mean()),
        float((table[:, 1] < 5).mean()),
    )


def _first_passage(
    passages: Sequence[ToRead], verdicts: Sequence[Verdict], right: dict[ToRead, Span]
) -> int:
    order = sorted(range(len(passages)), key=lambda n: -verdicts[n].answers)
    return next(place for place, n in enumerate(order) if passages[n] in right)


def _first_unit(
    passages: Sequence[ToRead], verdicts: Sequence[Verdict], right: dict[ToRead, Span]
) -> int:
    scored: list[tuple[float, bool]] = []
    for passage, verdict in zip(passages, verdicts, strict=True):
        answer = right.get(passage)
        for unit, found in zip(passage.units, verdict.units, strict=True):
            holds = answer is not None and unit[0] < answer[1] and unit[1] > answer[0]
            scored.append((found.score, holds))
    scored.sort(key=lambda one: -one[0])
    return next((place for place, (_, holds) in enumerate(scored) if holds), len(scored))


@dataclass(frozen=True, slots=True)
class Refused:
    """How well scores separate answerable from unanswerable questions, as ROC areas."""

    questions: int
    impossible: float
    """From questions that their own paragraph does not answer."""
    taken_away: float
    """From the same questions without the paragraph that answers."""


def refuse(
    reader: Reader, folder: Path, path: str = "squad_v2_sv/dev", sample: int = 500, others: int = 5
) -> Refused:
    """Return the results of a reader on the test articles of SQuAD."""
    chance = random.Random(1)
    rows = [row for row in read_lines(folder, path) if row.get("title") in TEST_ARTICLES]
    contexts: dict[str, list[str]] = {}
    for row in rows:
        contexts.setdefault(row["title"], [])
        if row["context"] not in contexts[row["title"]]:
            contexts[row["title"]].append(row["context"])
    chance.shuffle(rows)
    answered, impossible, without = [], [], []
    for row in rows[:sample]:
        own = _score(reader, row, [row["context"]])
        if row["impossible"]:
            impossible.append(own)
            continue
        pool = [text for text in contexts[row["title"]] if text != row["context"]]
        answered.append(own)
        without.append(_score(reader, row, chance.sample(pool, min(others, len(pool)))))
    return Refused(
        len(answered) + len(impossible),
        area_between(np.array(answered), np.array(impossible)),
        area_between(np.maximum(answered, without), np.array(without)),
    )


def _score(reader: Reader, row: dict[str, Any], texts: Sequence[str]) -> float:
    title = str(row.get("title") or "").replace("_", " ")
    passages = [ToRead(title, text, tuple(sentence_spans(text))) for text in texts]
    return max(verdict.answers for verdict in reader.read(row["question"], passages))


def area_between(higher: NDArray[np.float64], lower: NDArray[np.float64]) -> float:
    """Return the probability that one of the first is above one of the second; ties count half."""
    above = (higher[:, None] > lower[None, :]).mean()
    return float(above + (higher[:, None] == lower[None, :]).mean() / 2)
