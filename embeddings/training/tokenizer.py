"""The tokenizer: words in lower case, each cut into pieces without regard to its neighbours."""

from collections.abc import Mapping
from typing import Final

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

UNKNOWN: Final = "<unk>"


def train_tokenizer(counts: Mapping[str, int], size: int) -> Tokenizer:
    """Make a Unigram tokenizer of `size` pieces from words and how much each should weigh."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(
        Regex(r"[\p{L}\p{N}]+"), behavior="removed", invert=True
    )
    trainer = trainers.UnigramTrainer(
        vocab_size=size,
        unk_token=UNKNOWN,
        special_tokens=[UNKNOWN],
        max_piece_length=24,
        n_sub_iterations=2,
        shrinking_factor=0.75,
        show_progress=False,
    )
    lines = (" ".join([word] * count) for word, count in sorted(counts.items()))
    tokenizer.train_from_iterator(lines, trainer)
    return tokenizer
