"""The bundled model, read without torch."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from corpus.errors import UserError
from corpus.words import split_words
from embeddings.models import static
from embeddings.models.static import BUNDLED_MODEL, StaticEmbedder

TEXTS = [
    "Vem deltog på mötet i januari?",
    "Who attended the January meeting?",
    "Stabilitetsrådets socialförsäkringsminister: 35 926 738 kr (§ 4), ÅÄÖ åäö é.",
    "ﬁnance ½ ² Ⅳ İstanbul ΑΣ Straße naïve co-operation e-mail snake_case",
    "Suomen hallitus, الحكومة السويدية, dowladda Iswiidhan, 政府 🙂",
    "",
    "   \n\t ",
    "!!! ---",
    "ord " * 3000,
]


def quiet(stage: str, done: int, total: int) -> None:
    """Ignore progress."""


def test_vectors_are_of_unit_length_and_empty_text_is_zero():
    """Text with words gives a unit vector; other text gives zeros."""
    lengths = np.linalg.norm(StaticEmbedder().embed_passages(TEXTS, quiet), axis=1)
    assert lengths == pytest.approx([1, 1, 1, 1, 1, 0, 0, 0, 1], abs=1e-5)


def test_forgetting_words_changes_no_vector(monkeypatch: pytest.MonkeyPatch):
    """A cache that is too small gives the same vectors."""
    expected = StaticEmbedder().embed_passages(TEXTS, quiet)
    monkeypatch.setattr(static, "CACHED_WORDS", 5)
    monkeypatch.setattr(static, "BATCH", 2)
    assert np.allclose(StaticEmbedder().embed_passages(TEXTS, quiet), expected, atol=1e-6)


def test_threads_that_share_the_model_get_the_same_vectors(monkeypatch: pytest.MonkeyPatch):
    """While one thread embeds new words, four others get right vectors."""
    monkeypatch.setattr(static, "CACHED_WORDS", 300)
    monkeypatch.setattr(static, "BATCH", 20)
    passages = [f"möte{number} protokoll{number * 7} budget{number % 5}" for number in range(1000)]
    questions = [f"vem valdes{number} till ordförande{number}" for number in range(100)]
    alone = StaticEmbedder()
    expected = [alone.embed_passages(passages, quiet), alone.embed_passages(questions, quiet)]
    shared = StaticEmbedder()

    def ask(_: int) -> np.ndarray:
        return np.stack([shared.embed_question(question) for question in questions])

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(5) as pool:
            embedded = pool.submit(shared.embed_passages, passages, quiet)
            asked = list(pool.map(ask, range(4)))
            assert np.allclose(embedded.result(), expected[0], atol=1e-6)
    finally:
        sys.setswitchinterval(interval)
    assert all(np.allclose(one, expected[1], atol=1e-6) for one in asked)


def test_a_translation_is_nearer_than_another_sentence():
    """A question is nearer to its translation than to another question."""
    model = StaticEmbedder()
    english = model.embed_question("Who attended the January meeting?")
    swedish = model.embed_question("Vem deltog på mötet i januari?")
    other = model.embed_question("Hur mycket kostar det nya badhuset?")
    assert english @ swedish > 0.5 > english @ other


def test_words_are_lower_cased_runs_of_letters_and_digits():
    """Punctuation and underscores separate words; å, ä and ö are letters."""
    assert split_words("Åsa_Öberg: 15-20 %, ÄRENDE") == ["åsa", "öberg", "15", "20", "ärende"]


def test_a_missing_model_is_told_in_a_sentence(tmp_path):
    """A folder without a model gives a helpful message."""
    with pytest.raises(UserError, match="cannot be read"):
        StaticEmbedder(tmp_path)


def test_the_model_is_read_without_torch():
    """Embedding a question imports neither torch nor sentence-transformers."""
    code = (
        "import sys; from embeddings.models.static import StaticEmbedder;"
        "StaticEmbedder().embed_question('hej');"
        "sys.exit(bool({'torch', 'sentence_transformers', 'faiss'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
def test_vectors_equal_those_of_sentence_transformers():
    """Both implementations agree, in any script."""
    sentence_transformers = pytest.importorskip("sentence_transformers")
    model = sentence_transformers.SentenceTransformer(str(BUNDLED_MODEL), device="cpu")
    theirs = np.stack([model.encode(text, normalize_embeddings=True) for text in TEXTS])
    ours = StaticEmbedder().embed_passages(TEXTS, quiet)
    # For a text without words sentence-transformers gives NaN or zeros.
    assert np.abs(ours - np.nan_to_num(theirs)).max() < 2e-3
