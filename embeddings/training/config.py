"""The configuration of a training run."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import UserError
from embeddings.training.material.sources import TERMS
from embeddings.training.schedule import Schedule
from embeddings.training.tasks import TaskPlan


@dataclass(frozen=True, slots=True)
class Sources:
    """Files to learn from, relative to the data folder, with some weights."""

    pairs: str
    glosses: str
    articles: str
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class Learning:
    """Parameters common to all stages."""

    longest: int
    """Maximum pieces of a text per step; of longer texts a stretch is used."""
    checkpoint: int
    """Steps between checkpoints."""
    seed: int


@dataclass(frozen=True, slots=True)
class Stage:
    """Tasks that are learnt together."""

    schedule: Schedule
    tasks: tuple[TaskPlan, ...]


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """A training run: data, method and output."""

    sources: Sources
    held_words: int
    """Number of dictionary words kept out of training for evaluation; 0 for a release."""
    whole_words: int
    parts: int
    dimension: int
    dropped: float
    """Share of words dropped from a sentence that stands for a question."""
    rarity: float
    """Down-weighting of frequent pieces: the frequency at which a piece counts half."""
    learning: Learning
    stages: tuple[Stage, ...]
    """Stages in sequence, each continuing from the last."""
    digest: str
    """Digest of the file and of our own terms; intermediate results with another digest are redone.
    """


def read_config(file: Path) -> TrainingConfig:
    """Read a configuration; UserError if it is invalid."""
    try:
        content = file.read_bytes()
        raw = tomllib.loads(content.decode("utf-8"))
        return TrainingConfig(
            sources=Sources(**raw["sources"]),
            learning=Learning(**raw["learning"]),
            stages=tuple(_read_stage(stage) for stage in raw["stages"]),
            digest=hashlib.sha256(content + TERMS.read_bytes()).hexdigest()[:12],
            **raw["model"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"The configuration {file} cannot be used ({error}). Compare it with config.toml."
        raise UserError(message) from error


def _read_stage(raw: dict[str, Any]) -> Stage:
    tasks = tuple(TaskPlan(**task) for task in raw.pop("tasks"))
    return Stage(Schedule(**raw), tasks)
