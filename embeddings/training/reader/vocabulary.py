"""Reduces a multilingual tokenizer to the pieces that the reader needs."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

SPECIAL: Final = ("<s>", "<pad>", "</s>", "<unk>")
LATIN: Final = 0x250
"""Single letters below this code point are always kept, so that every word can be spelt."""
BATCH: Final = 2000


def count_pieces(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[int]:
    """Return how often each piece of the tokenizer occurs in the texts."""
    counts: Counter[int] = Counter()
    for batch in _batches(texts):
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            counts.update(encoding.ids)
    return counts


def prune(source: Path, counts: Counter[int], size: int, out: Path) -> NDArray[np.int64]:
    """Write a tokenizer of the `size` most frequent pieces; return their old rows."""
    layout = json.loads(source.read_text())
    vocabulary = layout["model"]["vocab"]
    always = {
        number
        for number, (piece, _) in enumerate(vocabulary)
        if piece in SPECIAL
        or (len(piece.strip("▁")) <= 1 and ord(piece[-1]) < LATIN)
        or piece == "▁"
    }
    ranked = (number for number, _ in counts.most_common() if number not in always)
    kept = sorted(always | set(islice(ranked, size - len(always))))
    layout["model"]["vocab"] = [vocabulary[number] for number in kept]
    layout["added_tokens"] = [
        token for token in layout["added_tokens"] if token["content"] in SPECIAL
    ]
    out.write_text(json.dumps(layout, ensure_ascii=False, separators=(",", ":")))
    return np.array(kept)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts, some thousands at a time."""
    remaining = iter(texts)
    while batch := list(islice(remaining, BATCH)):
        yield batch
