"""Damages an index thousands of times: each must be reported, and none may give a wrong answer.

READER_MODEL=off python -m benchmarks.trials.flips --count 2400
"""

import argparse
import contextlib
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from benchmarks.trials.running import run, write_boats
from bot.answer.answerer import Answerer
from bot.types import Answer
from corpus.errors import UserError
from embeddings.engines.storage import Store
from embeddings.index import manifest
from embeddings.models.loading import load_embedder

_DOCUMENTS: Final = 60
_FEW: Final = 0
"""Up to this many bytes an index is checked before it answers; with 0 always in the background."""


def main() -> None:
    """Damage a store the given number of times; print the results and each failure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=2400)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        documents, store = Path(name, "documents"), Path(name, "store")
        write_boats(documents, _DOCUMENTS, 0, random.Random(given.seed))
        run("--documents", documents, "--store", store, "reembed")
        trial(store, given.count, random.Random(given.seed))


def trial(store: Path, count: int, chance: random.Random) -> None:
    """Damage one file of a store at a time, ask, and restore it."""
    embedder = load_embedder(None)
    files = sorted(path for path in store.rglob("*") if path.is_file() and path.name != "lock")
    asked = [f"Vad kostade båt {number}?" for number in range(0, _DOCUMENTS, 7)]
    with closing(Answerer(Store(store), embedder)) as answerer:
        right = {question: _told(answerer.answer(question)) for question in asked}
    outcomes: Counter[str] = Counter()
    for number in range(count):
        path, damage = files[number % len(files)], chance.choice(DAMAGES)
        whole, question = path.read_bytes(), chance.choice(asked)
        manifest._CHECKED_UP_TO = chance.choice((_FEW, 2**29))
        damage(path, chance)
        came = "harmless" if path.is_file() and path.read_bytes() == whole else None
        try:
            with closing(Answerer(Store(store), embedder)) as answerer:
                same = _told(answerer.answer(question)) == right[question]
                came = came or ("answered right" if same else "FELL: another answer")
        except UserError as error:
            came = "told in a sentence" if "\n" not in str(error) else f"FELL: {error}"
        except BaseException as error:  # noqa: BLE001 - whatever it is, it fell; tantivy panics
            came = f"FELL: {error!r}"
        outcomes[came[:80]] += 1
        if came.startswith("FELL") or came == "answered right":
            print(f"{number}: {path.relative_to(store)}, {damage.__name__}: {came}")
        path.write_bytes(whole)
    print(f"damaged {count} times in {len(files)} files: {dict(outcomes)}")


def _told(answer: Answer) -> tuple[object, ...]:
    """Return the parts of an answer that must not vary."""
    shown = (*answer.citations, *answer.nearest)
    return answer.text, tuple((one.document, one.quote, one.location) for one in shown)


def flip(path: Path, chance: random.Random) -> None:
    """Flip one bit."""
    content = bytearray(path.read_bytes())
    if content:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def cut(path: Path, chance: random.Random) -> None:
    """Truncate the file."""
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(len(content) or 1)])


def grow(path: Path, chance: random.Random) -> None:
    """Append bytes."""
    path.write_bytes(path.read_bytes() + chance.randbytes(chance.randrange(1, 100)))


def blank(path: Path, chance: random.Random) -> None:
    """Replace a block with zeros, as a failing disk does."""
    content = path.read_bytes()
    at = chance.randrange(len(content) or 1)
    path.write_bytes((content[:at] + bytes(512) + content[at + 512 :])[: len(content)])


def scramble(path: Path, chance: random.Random) -> None:
    """Replace a block with random bytes."""
    content = path.read_bytes()
    at = chance.randrange(len(content) or 1)
    block = chance.randbytes(64)
    path.write_bytes((content[:at] + block + content[at + 64 :])[: len(content)])


def lose(path: Path, _chance: random.Random) -> None:
    """Delete the file."""
    with contextlib.suppress(OSError):
        path.unlink()


DAMAGES: Final[tuple[Callable[[Path, random.Random], None], ...]] = (
    flip, flip, flip, flip, cut, grow, blank, scramble, lose,
)  # fmt: skip
"""Kinds of damage; most often a single bit."""

if __name__ == "__main__":
    main()
