"""The tokenizer: frequent words stay whole, others are split into as few pieces as possible.

A word is always split the same way, so a text's vector is the sum of its words' vectors. Pieces
don't mark their position in a word: "minister" is the same piece alone and at the end of a
compound, so a compound's parts keep their meaning.
"""

import json
import math
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

UNKNOWN: Final = "<unk>"
LONGEST_WORD: Final = 40
LONGEST_PART: Final = 16
PIECE_COST: Final = 10.0
"""Cost per piece, so that the fewest pieces win; rarity breaks ties."""
SHORT_COST: Final = {1: 4.0, 2: 2.0}
"""Additional cost of pieces of one or two letters, which carry little meaning."""


def train_tokenizer(counts: Mapping[str, float], whole: int, parts: int) -> Tokenizer:
    """Keep the `whole` most frequent words, and learn about `parts` pieces for the others."""
    known = {word: count for word, count in counts.items() if len(word) < LONGEST_WORD}
    ranked = sorted(known, key=lambda word: (-known[word], word))
    scores = {
        # The trainer's summation order varies, so the last digits differ between runs.
        part: 0.2 * round(score, 2) - PIECE_COST - SHORT_COST.get(len(part), 0.0)
        for part, score in _learn_parts({word: known[word] for word in ranked[whole:]}, parts)
    }
    total = sum(known.values())
    for word in ranked[:whole]:
        score = 0.2 * max(-14.0, math.log(known[word] / total)) - PIECE_COST
        scores[word] = max(scores.get(word, -math.inf), score)
    pieces = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return _tokenizer(models.Unigram([(UNKNOWN, 0.0), *pieces], 0, byte_fallback=False))


def piece_shares(tokenizer: Tokenizer, counts: Mapping[str, float]) -> NDArray[np.float64]:
    """Return the share of each piece in all text."""
    totals = np.zeros(tokenizer.get_vocab_size())
    words = list(counts)
    for word, code in zip(words, tokenizer.encode_batch_fast(words), strict=True):
        np.add.at(totals, code.ids, counts[word])
    shares: NDArray[np.float64] = totals / totals.sum()
    return shares


def _learn_parts(counts: Mapping[str, float], size: int) -> list[tuple[str, float]]:
    tokenizer = _tokenizer(models.Unigram())
    trainer = trainers.UnigramTrainer(
        vocab_size=size,
        unk_token=UNKNOWN,
        special_tokens=[UNKNOWN],
        max_piece_length=LONGEST_PART,
        show_progress=False,
    )
    # The square root keeps common words from hiding what rare ones share.
    lines = (" ".join([word] * max(1, round(count**0.5))) for word, count in sorted(counts.items()))
    tokenizer.train_from_iterator(lines, trainer)
    vocabulary: list[tuple[str, float]] = json.loads(tokenizer.to_str())["model"]["vocab"]
    return [(piece, score) for piece, score in vocabulary if piece != UNKNOWN]


def _tokenizer(model: models.Unigram) -> Tokenizer:
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(
        Regex(r"[\p{L}\p{N}]+"), behavior="removed", invert=True
    )
    return tokenizer
