"""Word pieces equal those of the tokenizers library."""

import json
from itertools import pairwise

import pytest
from tokenizers import Tokenizer

from bot.settings import SAMPLES
from corpus.words import split_words
from embeddings.models.pieces import PieceCutter
from embeddings.models.static import BUNDLED_MODEL

FILE = BUNDLED_MODEL / "tokenizer.json"
ODD_WORDS = "ñandú 政府 x政府x الحكومة abc政abc oﬃciell Ⅳ 12345678901234567890 " + "x" * 60


@pytest.fixture(scope="module")
def cutter() -> PieceCutter:
    return PieceCutter.read(FILE)


def assert_cut_alike(cutter: PieceCutter, words: list[str]) -> None:
    theirs = Tokenizer.from_file(str(FILE)).encode_batch_fast(words, add_special_tokens=False)
    ours = [cutter.cut(word) for word in words]
    assert [(w, rows) for w, rows in zip(words, ours, strict=True)] == [
        (w, encoding.ids) for w, encoding in zip(words, theirs, strict=True)
    ]


def test_words_of_documents_are_cut_as_the_library_cuts_them(cutter: PieceCutter):
    """Words of the samples, and concatenations of them."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob("*.md"))]
    words = sorted({word for text in texts for word in split_words(text)})
    glued = [one + other for one, other in pairwise(words)]
    assert_cut_alike(cutter, words + glued)


def test_odd_words_are_cut_as_the_library_cuts_them(cutter: PieceCutter):
    """Foreign letters, long runs and figures."""
    assert_cut_alike(cutter, split_words(ODD_WORDS))


def test_every_piece_that_is_a_word_stays_whole(cutter: PieceCutter):
    """A piece scores higher than any split of it."""
    pieces = [piece for piece, _ in json.loads(FILE.read_bytes())["model"]["vocab"]]
    assert_cut_alike(cutter, [piece for piece in pieces if split_words(piece) == [piece]])


def test_unknown_letters_in_a_row_count_once():
    """Consecutive unknown letters are one unknown piece, as in the library."""
    cutter = PieceCutter([("?", 0.0), ("ab", -10.0), ("a", -12.0)], 0)
    assert cutter.cut("abxyaa") == [1, 0, 2, 2]
