"""Makes the bundled reader: `python -m embeddings.training.reader --data DIR --out DIR`.

The data folder holds the public sets (`reader/`), the encoder to start from (`base/`: the files
`model.safetensors` and `tokenizer.json` of multilingual-e5-small in the layout of transformers),
and questions written over documents (`questions/NAME/*.jsonl` and their `questions/NAME/docs/`).
With `--start READER`, a reader made before learns on from the written questions, among the hardest
of the public examples, and `base/` is not needed. An interrupted run resumes when the command is
given again.
"""

import argparse
import random
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import torch
from tokenizers import Tokenizer

from embeddings.models.cross_encoder import ReaderModule
from embeddings.models.reader import joined
from embeddings.models.reader_network import Network
from embeddings.training.reader.base import start_from
from embeddings.training.reader.data.examples import Example
from embeddings.training.reader.data.mining import Mined, mine
from embeddings.training.reader.data.public import HARD, SOURCES, public_examples, public_texts
from embeddings.training.reader.data.questions import read_questions
from embeddings.training.reader.data.written import written_examples
from embeddings.training.reader.exporting import export
from embeddings.training.reader.learning import Plan, learn, move_back
from embeddings.training.reader.vocabulary import count_pieces, prune

PIECES: Final = 38_000
GENERAL: Final = Plan(rate=1e-4)
OWN: Final = Plan(rate=7e-5, warmup=40, lowest=0.03, seed=2, checkpoint=100)
LEARN_ON: Final = Plan(rate=5e-5, warmup=30, lowest=0.03, seed=2, checkpoint=60, frozen=4)
AGAIN: Final = 0.25
"""Public examples per written question that are repeated in each round."""
ROUNDS: Final = (3, 3)
"""Wrong passages per right one, in each round over the written questions."""
MOVED: Final = 0.7
"""How far a reader that learns on moves from its earlier weights to the new ones."""
EVENED_BY: Final = 60
"""Number of questions and passages for calibrating the quantisation."""


def main() -> int:
    """Parse the command line, train, and return an exit code."""
    parser = argparse.ArgumentParser(prog="python -m embeddings.training.reader")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="where the reader is written")
    parser.add_argument("--scratch", type=Path, default=Path("build/reader"))
    parser.add_argument("--start", type=Path, help="an existing reader to train further")
    parser.add_argument("--share", type=float, default=0.8, help="of the public examples")
    parser.add_argument("--at-most", type=int, help="questions of each written folder")
    parser.add_argument("--batches", type=int, help="at most, over the written questions")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(GENERAL.seed)
    arguments.scratch.mkdir(parents=True, exist_ok=True)
    train(arguments)
    return 0


def train(arguments: argparse.Namespace) -> None:
    """Train on the public sets, then on the written questions, and export the result."""
    data, scratch, start = arguments.data, arguments.scratch, arguments.start
    tokenizer_file = scratch / "tokenizer.json"
    chance = random.Random(GENERAL.seed)
    sources = HARD if start else SOURCES
    general = public_examples(data / "reader", chance, arguments.share, sources)
    mined = _mined(data / "questions", scratch, arguments.at_most)
    if start:
        shutil.copyfile(start / "tokenizer.json", tokenizer_file)
        network, plan = ReaderModule.load(str(start)).network, LEARN_ON
    else:
        network, plan = _beginning(data, tokenizer_file), OWN
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    if not start:
        learn(network, general, tokenizer, GENERAL, scratch / "general.pt", _log)
    own = _own_examples(mined, general)
    plan = replace(plan, most=arguments.batches)
    learn(network, own, tokenizer, plan, scratch / "own.pt", _log)
    if start:
        move_back(network, ReaderModule.load(str(start)).network, MOVED)
    pairs = [(one.question, joined(shown.head, shown.text)) for one in own for shown in one.wrong]
    export(network.eval(), tokenizer_file, arguments.out, pairs[:EVENED_BY])


def _beginning(data: Path, tokenizer_file: Path) -> Network:
    """Return the encoder reduced to the pieces that the texts use, and write the tokenizer."""
    whole = data / "base" / "tokenizer.json"
    texts = public_texts(data)
    counts = count_pieces(Tokenizer.from_file(str(whole)), texts)
    rows = prune(whole, counts, PIECES, tokenizer_file)
    return start_from(data / "base" / "model.safetensors", np.asarray(rows))


def _mined(folder: Path, scratch: Path, at_most: int | None) -> list[Mined]:
    """Return the written questions, each with its proposed passages."""
    mined: list[Mined] = []
    for corpus in sorted(path for path in folder.iterdir() if path.is_dir()):
        documents = corpus / "docs"
        questions = [
            question
            for file in sorted(corpus.glob("*.jsonl"))
            for question in read_questions(file, documents)
        ]
        if at_most and len(questions) > at_most:
            questions = random.Random(OWN.seed).sample(questions, at_most)
        _log(f"{corpus.name}: {len(questions)} questions")
        mined.extend(mine(questions, documents, scratch / "stores" / corpus.name))
    return [one for one in mined if one.right or not one.question.is_answerable]


def _own_examples(mined: list[Mined], general: list[Example]) -> list[Example]:
    """Return the written questions, in several rounds, among public ones."""
    chance = random.Random(OWN.seed)
    examples: list[Example] = []
    for wrong in ROUNDS:
        some = written_examples(mined, chance, wrong)
        some += chance.sample(general, min(round(AGAIN * len(some)), len(general)))
        chance.shuffle(some)
        examples += some
    return examples


def _log(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
