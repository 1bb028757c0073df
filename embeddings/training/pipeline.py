"""The whole training, from text pairs to the shipped model, with results of all stages on disk."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from embeddings.training.bags import Bagger
from embeddings.training.config import TrainingConfig
from embeddings.training.curriculum import Curriculum
from embeddings.training.exporting import export, fold_rarity
from embeddings.training.learning import Learner
from embeddings.training.material.materials import Materials, count_words, gather, make_lexicon
from embeddings.training.tasks import Task, TaskPlan, make_task
from embeddings.training.teacher import Teacher, principal_axes, project
from embeddings.training.vocabulary import piece_shares, train_tokenizer

CURRICULUM: Final = {
    "sentences": Curriculum.sentences,
    "modern sentences": Curriculum.modern_sentences,
    "words": Curriculum.words,
    "english words": Curriculum.english_words,
    "glosses": Curriculum.glosses,
    "lexicon": Curriculum.lexicon,
    "interpreted": Curriculum.interpreted,
    "titles": Curriculum.titles,
    "interpreted titles": Curriculum.interpreted_titles,
    "clozes": Curriculum.clozes,
    "interpreted clozes": Curriculum.interpreted_clozes,
}


def train(config: TrainingConfig, data: Path, out: Path) -> None:
    """Train a model and write it into `out`, resuming from an earlier run there.

    Intermediate results are in `out/work`, and may be deleted afterwards.
    """
    work = out / "work" / config.digest
    work.mkdir(parents=True, exist_ok=True)
    materials = gather(data, config.sources, config.held_words)
    counts = count_words(materials, config.sources)
    tokenizer = _tokenizer(config, counts, work / "tokenizer.json")
    workshop = _Workshop(config, materials, Bagger(tokenizer), Teacher(out / "work" / "teacher"))
    stages = [
        (stage.schedule, [workshop.make(plan) for plan in stage.tasks]) for stage in config.stages
    ]
    learner = Learner(tokenizer.get_vocab_size(), config.dimension, config.learning)
    table = learner.learn(stages, work / "checkpoint.pt")
    export(out, tokenizer, fold_rarity(table, piece_shares(tokenizer, counts), config.rarity))
    held = {word: sorted(found) for word, found in materials.held_words.items()}
    judged = {"gold": held, "candidates": materials.candidates}
    (out / "work" / "held-words.json").write_text(json.dumps(judged), encoding="utf-8")


def _tokenizer(config: TrainingConfig, counts: dict[str, float], file: Path) -> Tokenizer:
    if not file.exists():
        tokenizer = train_tokenizer(counts, config.whole_words, config.parts)
        tokenizer.save(str(file))
    return Tokenizer.from_file(str(file))


class _Workshop:
    """Creates the tasks of all stages."""

    def __init__(
        self, config: TrainingConfig, materials: Materials, bagger: Bagger, teacher: Teacher
    ) -> None:
        self._bagger, self._teacher = bagger, teacher
        self._curriculum = Curriculum(
            materials,
            make_lexicon(materials, config.sources),
            config.sources.weights,
            config.dropped,
            config.learning.seed,
        )
        english = sorted({pair.english for pair in materials.pairs})
        self._axes = principal_axes(teacher.encode(english), config.dimension)

    def make(self, plan: TaskPlan) -> Task:
        """Create a task as configured."""
        examples = CURRICULUM[plan.name](self._curriculum)
        print(f"{plan.name}: {len(examples.left):,} pairs", flush=True)
        return make_task(
            plan,
            self._bagger.bags(examples.left),
            self._bagger.bags(examples.right),
            examples.weights,
            self._teach(examples.taught),
        )

    def _teach(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        return project(self._teacher.encode(texts), self._axes) if texts else None
