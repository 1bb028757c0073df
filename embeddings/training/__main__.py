"""Trains the bundled model: `python -m embeddings.training --config FILE --out DIR`."""

import argparse
import sys
from pathlib import Path

import torch

from corpus.errors import UserError
from embeddings.training.config import read_config
from embeddings.training.pipeline import train


def main() -> int:
    """Parse the command line, train, and return an exit code."""
    parser = argparse.ArgumentParser(prog="python -m embeddings.training", description=__doc__)
    parser.add_argument("--config", type=Path, default=Path(__file__).parent / "config.toml")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    try:
        train(read_config(arguments.config), arguments.data, arguments.out)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
