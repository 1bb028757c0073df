"""Loading the configured models, and the messages if that fails."""

import sys
import threading
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.errors import UserError
from embeddings.models import reader
from embeddings.models.loading import load_embedder, load_reader
from embeddings.models.reader import BundledReader
from embeddings.models.static import StaticEmbedder
from embeddings.models.turns import Turns
from embeddings.types import ToRead


@pytest.mark.parametrize("model", [None, "", "bundled"])
def test_the_bundled_model_is_the_default(model):
    """Unset, empty or by name: the bundled model."""
    assert isinstance(load_embedder(model), StaticEmbedder)


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("bundeled", "There is no model bundeled. Did you mean: bundled"),
        ("Bundled", "Did you mean: bundled"),
        ("all-MiniLM-L6-v2", "neither a folder nor a name such as intfloat/multilingual-e5-small"),
        ("./models/mine", "model ./models/mine is neither a folder nor"),
        ("/nope", "neither a folder nor"),
        ("../nope", "neither a folder nor"),
    ],
)
def test_what_cannot_be_a_model_is_told_at_once(monkeypatch, model, told):
    """For an impossible name nothing heavy is loaded, and no network is tried."""
    monkeypatch.setitem(sys.modules, "embeddings.models.transformer", None)
    with pytest.raises(UserError) as raised:
        load_embedder(model)
    assert told in str(raised.value)


def test_a_reader_is_named_as_rightly():
    """An impossible reader is reported too, with the valid keywords."""
    with pytest.raises(UserError, match=r"There is no model of\. Did you mean: off"):
        load_reader("of")
    assert load_reader("off") is None


def test_what_is_not_installed_is_named(monkeypatch, tmp_path):
    """Without torch only other models fail, with what to install."""
    monkeypatch.delitem(sys.modules, "embeddings.models.transformer", raising=False)
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(UserError, match=r"needs sentence_transformers, which is not installed"):
        load_embedder(str(tmp_path))
    assert load_embedder().embed_question("hej").any()


def test_who_waits_for_a_model_has_the_next_turn():
    """A waiting question gets the lock before the re-embed takes it again."""
    turns, waiting, order = Turns(), threading.Event(), []

    def ask() -> None:
        waiting.set()
        with turns:
            order.append("question")

    question = threading.Thread(target=ask)
    for _ in range(10):
        with turns:
            order.append("batch")
            if not waiting.is_set():
                question.start()
                waiting.wait()
                time.sleep(0.05)  # Until it is waiting.
    question.join()
    assert order[:3] == ["batch", "question", "batch"]


def test_threads_that_share_a_reader_get_their_own_verdicts(monkeypatch):
    """Concurrent questions don't get each other's verdicts."""
    monkeypatch.setattr(reader, "REMEMBERED", 8)
    shared = object.__new__(BundledReader)
    shared._workers, shared._remembered = ThreadPoolExecutor(2), OrderedDict()
    shared._turns = Turns()
    monkeypatch.setattr(
        BundledReader, "_judge", lambda _self, question, passage: f"{question} {passage.text}"
    )

    def ask(asker: int) -> bool:
        passages = [ToRead("", f"text {asker} {number}", ()) for number in range(7)]
        return all(
            shared.read(f"question {turn}", passages)
            == [f"question {turn} {one.text}" for one in passages]
            for turn in range(100)
        )

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            assert all(pool.map(ask, range(4)))
    finally:
        sys.setswitchinterval(interval)
