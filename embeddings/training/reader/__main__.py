"""Makes the bundled reader: `python -m embeddings.training.reader --data DIR --out DIR`.

The data folder holds the public sets (`reader/`), the encoder to start from (`base/`: the files
`model.safetensors` and `tokenizer.json` of multilingual-e5-small in the layout of transformers),
and questions written over documents (`questions/NAME/*.jsonl` and their `questions/NAME/docs/`).
With `--start READER`, a reader made before learns on, by the hardest of the public examples, and
`base/` is not needed. What is broken off goes on where it was when the command is given again.
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
from embeddings.training.reader.data.public import HARD, public_examples, public_texts
from embeddings.training.reader.data.questions import read_questions
from embeddings.training.reader.data.written import written_examples
from embeddings.training.reader.exporting import export
from embeddings.training.reader.learning import Plan, learn
from embeddings.training.reader.vocabulary import count_pieces, prune

PIECES: Final = 38_000
GENERAL: Final = Plan(rate=1e-4)
OWN: Final = Plan(rate=7e-5, warmup=40, lowest=0.03, seed=2, checkpoint=100)
LEARN_ON: Final = Plan(rate=5e-5, warmup=30, lowest=0.3, frozen=4)
AGAIN: Final = 1500
"""Public examples that are repeated with each round of the written questions."""
ROUNDS: Final = (4, 3)
"""Wrong passages per right one, in each round over the written questions."""
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
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(GENERAL.seed)
    arguments.scratch.mkdir(parents=True, exist_ok=True)
    train(arguments.data, arguments.out, arguments.scratch, arguments.share, arguments.start)
    return 0


def train(data: Path, out: Path, scratch: Path, share: float, start: Path | None) -> None:
    """Train on the public sets, then on the written questions, and export the result."""
    tokenizer_file = scratch / "tokenizer.json"
    chance = random.Random(GENERAL.seed)
    if start:
        shutil.copyfile(start / "tokenizer.json", tokenizer_file)
        network = ReaderModule.load(str(start)).network
        first, rest = LEARN_ON, replace(OWN, frozen=LEARN_ON.frozen)
        general = public_examples(data / "reader", chance, share, HARD)
    else:
        network = _beginning(data, tokenizer_file)
        first, rest = GENERAL, OWN
        general = public_examples(data / "reader", chance, share)
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    learn(network, general, tokenizer, first, scratch / "general.pt", _log)
    own = _own_examples(_mined(data / "questions", scratch), general)
    learn(network, own, tokenizer, rest, scratch / "own.pt", _log)
    pairs = [(one.question, joined(shown.head, shown.text)) for one in own for shown in one.wrong]
    export(network.eval(), tokenizer_file, out, pairs[:EVENED_BY])


def _beginning(data: Path, tokenizer_file: Path) -> Network:
    """Return the encoder reduced to the pieces that the texts use, and write the tokenizer."""
    whole = data / "base" / "tokenizer.json"
    texts = public_texts(data)
    counts = count_pieces(Tokenizer.from_file(str(whole)), texts)
    rows = prune(whole, counts, PIECES, tokenizer_file)
    return start_from(data / "base" / "model.safetensors", np.asarray(rows))


def _mined(folder: Path, scratch: Path) -> list[Mined]:
    """Return the written questions, each with its proposed passages."""
    mined: list[Mined] = []
    for corpus in sorted(path for path in folder.iterdir() if path.is_dir()):
        documents = corpus / "docs"
        questions = [
            question
            for file in sorted(corpus.glob("*.jsonl"))
            for question in read_questions(file, documents)
        ]
        _log(f"{corpus.name}: {len(questions)} questions")
        mined.extend(mine(questions, documents, scratch / "stores" / corpus.name))
    return [one for one in mined if one.right or not one.question.is_answerable]


def _own_examples(mined: list[Mined], general: list[Example]) -> list[Example]:
    """Return the written questions, in several rounds, among public ones."""
    chance = random.Random(OWN.seed)
    examples: list[Example] = []
    for wrong in ROUNDS:
        some = written_examples(mined, chance, wrong)
        some += chance.sample(general, min(AGAIN, len(general)))
        chance.shuffle(some)
        examples += some
    return examples


def _log(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
