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
    """Files to learn from, relative to the data folder, and what some of them count."""

    pairs: str
    glosses: str
    articles: str
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class Learning:
    """What holds for learning in every stage."""

    longest: int
    """Pieces of a text that are looked at in a step; of longer texts a stretch is."""
    checkpoint: int
    """Steps between checkpoints: what is lost when a run is killed."""
    seed: int


@dataclass(frozen=True, slots=True)
class Stage:
    """Some tasks, learned together."""

    schedule: Schedule
    tasks: tuple[TaskPlan, ...]


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """What is learned from, how, and what comes out."""

    sources: Sources
    held_words: int
    """Dictionary words kept out of training to measure on; 0 for a model to be used."""
    whole_words: int
    parts: int
    dimension: int
    dropped: float
    """Share of its words left out of a sentence that stands for a question."""
    rarity: float
    """How much frequent pieces are turned down afterwards: share at which a piece counts half."""
    learning: Learning
    stages: tuple[Stage, ...]
    """One after the other, each going on from what the last one left."""
    digest: str
    """Of the file and of our own terms: what was made with others is made anew."""


def read_config(file: Path) -> TrainingConfig:
    """Read a configuration; UserError where it cannot be read or lacks something."""
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
