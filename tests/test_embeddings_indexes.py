"""The vector index, the word index and the vocabulary."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from corpus.words import content_words, joined_numbers, stem, stems
from embeddings.index import vector_index
from embeddings.index.vector_file import VectorFile
from embeddings.index.vector_index import DenseIndex, write_dense_index
from embeddings.index.vocabulary import Vocabulary
from embeddings.index.word_ids import FormCounts
from embeddings.index.word_index import LexicalIndex, write_lexical_index
from embeddings.models.static import BUNDLED_MODEL, StaticEmbedder, normalised
from embeddings.reembed.vocabulary_writing import write_vocabulary
from embeddings.types import Alternative

AXES = np.eye(4, dtype=np.float32)


def test_dense_search_returns_nearest_first_with_its_cosine(tmp_path: Path):
    """A passage with the question's vector comes first, with cosine 1."""
    write_dense_index(tmp_path / "v", AXES)
    question = normalised(np.array([0.0, 3.0, 4.0, 0.0], dtype=np.float32))
    numbers, cosines = DenseIndex(tmp_path / "v").search(question, 3)
    assert numbers.tolist()[:2] == [2, 1]
    assert cosines[:2] == pytest.approx([0.8, 0.6], abs=1e-3)


def test_dense_search_through_cells_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A large (IVF) index still finds a passage by its own vector."""
    monkeypatch.setattr(vector_index, "EXACT_UP_TO", 100)
    vectors = normalised(np.random.default_rng(1).normal(size=(3000, 8)).astype(np.float32))
    write_dense_index(tmp_path / "v", vectors)
    index = DenseIndex(tmp_path / "v")
    assert [int(index.search(vectors[n], 1)[0][0]) for n in (0, 17, 2999)] == [0, 17, 2999]
    assert index.vectors(np.array([17])) == pytest.approx(vectors[[17]], abs=0.02)


def test_cells_are_learnt_from_evenly_spread_vectors(tmp_path: Path, monkeypatch):
    """Every n-th vector is taken, in any batch size."""
    vectors = np.random.default_rng(1).normal(size=(1003, 8)).astype(np.float16).astype(np.float32)
    with closing(VectorFile(tmp_path / "raw", 8)) as file:
        file.add(vectors)
        for together in (1, 7, 64, 5000):
            monkeypatch.setattr(vector_index, "_TOGETHER", together)
            spread = vector_index._spread(file, 100)
            assert (spread == vectors[::10]).all()


def test_a_damaged_dense_index_is_refused(tmp_path: Path):
    """A file that is not a FAISS index raises an error."""
    (tmp_path / "v").write_bytes(b"not an index")
    with pytest.raises(RuntimeError):
        DenseIndex(tmp_path / "v")


@pytest.fixture
def minutes(tmp_path: Path) -> LexicalIndex:
    texts = ["mötet hölls i januari", "budgeten för januari", "mötet mötet mötet", "åska"]
    write_lexical_index(tmp_path / "lexical", (([], stems(text, "sv")) for text in texts))
    return LexicalIndex(tmp_path / "lexical")


def test_lexical_search_prefers_the_passage_that_holds_every_word(minutes: LexicalIndex):
    """A passage with both words ranks above one that repeats a single word."""
    words = [[Alternative(stem(word, "sv"), 1.0)] for word in ("möten", "januari")]
    numbers, scores = minutes.search(words, 10, 0.0)
    assert numbers.tolist()[0] == 0
    assert sorted(numbers.tolist()) == [0, 1, 2]
    assert list(scores) == sorted(scores, reverse=True)


def test_the_best_alternative_counts_once(minutes: LexicalIndex):
    """Alternatives of a word don't add up: the highest weight counts."""
    one = [[Alternative("januari", 1.0)]]
    two = [[Alternative("januari", 1.0), Alternative("budget", 0.1)]]
    assert minutes.search(two, 1, 0.0)[1] == pytest.approx(minutes.search(one, 1, 0.0)[1])


def test_a_lighter_alternative_scores_less(minutes: LexicalIndex):
    """A passage found by a word of half the weight gets half the score."""
    full = minutes.search([[Alternative("åska", 1.0)]], 1, 0.0)[1]
    half = minutes.search([[Alternative("åska", 0.5)]], 1, 0.0)[1]
    assert half == pytest.approx(full / 2)


def test_words_nobody_wrote_find_nothing(minutes: LexicalIndex):
    """A question of unknown words finds nothing, without an error."""
    for words in ([], [[]], [[Alternative("xyzzy", 1.0)]]):
        assert minutes.search(words, 10, 0.5)[0].tolist() == []


def test_a_title_counts_by_its_weight(tmp_path: Path):
    """A word in the title finds a passage only if titles have weight."""
    write_lexical_index(tmp_path / "lexical", [(["budget"], ["tabell"]), ([], ["annat"])])
    index = LexicalIndex(tmp_path / "lexical")
    assert index.search([[Alternative("budget", 1.0)]], 10, 0.5)[0].tolist() == [0]
    assert index.search([[Alternative("budget", 1.0)]], 10, 0.0)[0].tolist() == []


def test_stems_join_inflections_of_their_own_language_only():
    """Swedish and English are stemmed; other languages are left as they are."""
    assert stem("mötet", "sv") == stem("möten", "sv") == stem("möte", "sv")
    assert stem("meetings", "en") == stem("meeting", "en")
    assert stem("kokoukset", "other") == "kokoukset"


def test_function_words_are_left_out_of_a_question():
    """Content words remain; a question of function words keeps them all."""
    assert content_words("Who attended the January meeting?", "en") == [
        "attended", "january", "meeting",
    ]  # fmt: skip
    assert content_words("Vem deltog på mötet i januari?", "sv") == ["deltog", "mötet", "januari"]
    assert content_words("Vad var det?", "sv") == ["vad", "var", "det"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("tel 070-000 11 22.", ["0001122"]),
        ("+46 70 000 11 22", ["0001122"]),
        ("0700001122", ["0001122"]),
        ("KS 2024/0123", ["0240123"]),
        ("KS2024-0123", ["0240123"]),
        ("2023-05-03 10:00", []),
        ("2014–2020", []),
        ("12:30-14:45, den 3-4 maj 2023, 1 234 567,89", []),
    ],
)
def test_long_numbers_are_known_by_their_ends(text, ends):
    """In any notation; dates, times and ranges of years are not included."""
    assert joined_numbers(text) == ends
    assert all(end in content_words(text, "sv") for end in ends)


def test_vocabulary_survives_saving(tmp_path: Path):
    """Stems, counts and neighbours are the same after loading."""
    forms = {"mötet": 1, "januari": 1, "möten": 1, "möte": 1, "budgeten": 1}
    stems, rows = write_vocabulary(tmp_path, FormCounts.of(forms), 3, "sv", StaticEmbedder())
    loaded = Vocabulary.load(tmp_path)
    assert list(loaded.stems) == stems
    assert [stems[row] for row in rows] == [stem(form, "sv") for form in forms]
    assert loaded.stems[0] == stem("möte", "sv")
    assert int(loaded.frequencies[0]) == 3
    assert loaded.passages == 3
    assert loaded.rarity[0] < loaded.rarity[1]


def test_vocabulary_translates(tmp_path: Path):
    """The Swedish stem nearest to an English word is its translation."""
    forms = ["mötet", "budgeten", "skolan", "vatten", "sjukhuset", "regeringen"]
    model = StaticEmbedder()
    write_vocabulary(tmp_path, FormCounts.of(dict.fromkeys(forms, 1)), 6, "sv", model)
    vocabulary = Vocabulary.load(tmp_path)
    words = ["school", "water", "hospital", "government"]
    near = vocabulary.nearest(normalised(model.word_vectors(words)), 1)
    expected = [stem(word, "sv") for word in ("skolan", "vatten", "sjukhuset", "regeringen")]
    assert [vocabulary.stems[rows[0]] for rows in near.rows] == expected
    assert near.cosines.min() > 0.3


def test_a_large_vocabulary_is_searched_nearly_as_well(tmp_path: Path):
    """The 4-bit codes miss hardly any of the nearest stems, and cosines are exact."""
    pieces = json.loads((BUNDLED_MODEL / "tokenizer.json").read_bytes())["model"]["vocab"]
    forms = [piece for piece, _ in pieces if len(piece) > 5][:6000]
    model = StaticEmbedder()
    write_vocabulary(tmp_path, FormCounts.of(dict.fromkeys(forms, 1)), 6000, "sv", model)
    vocabulary = Vocabulary.load(tmp_path)
    assert len(vocabulary) > 2000
    words = normalised(model.word_vectors("meeting school budget minister forest".split()))
    near = vocabulary.nearest(words, 5)
    exact = vocabulary.products(words, np.arange(len(vocabulary)))
    best = np.sort(exact, axis=1)[:, ::-1][:, :5]
    assert near.cosines == pytest.approx(np.take_along_axis(exact, near.rows, axis=1), abs=1e-5)
    assert np.isclose(near.cosines, best, atol=1e-5).mean() > 0.9


def test_learning_what_lies_near_starts_no_further_threads(tmp_path: Path):
    """On a busy machine, threads would wait for each other for minutes."""
    code = (
        "import os, sys; from pathlib import Path;"
        "from embeddings.index.word_ids import FormCounts;"
        "from embeddings.models.static import StaticEmbedder;"
        "from embeddings.reembed.vocabulary_writing import write_vocabulary;"
        "forms = FormCounts.of({f'word{n}': 1 for n in range(3000)});"
        "model, tasks = StaticEmbedder(), '/proc/self/task';"
        "before = len(os.listdir(tasks));"
        "write_vocabulary(Path(sys.argv[1]), forms, 3, 'sv', model);"
        "sys.exit(len(os.listdir(tasks)) - before)"
    )
    if not Path("/proc/self/task").exists():
        pytest.skip("This system does not tell of threads.")
    command = [sys.executable, "-c", code, str(tmp_path)]
    assert (
        subprocess.run(command, check=False, env=os.environ | {"OMP_NUM_THREADS": "4"}).returncode
        == 0
    )
