"""Training of the reader, on a small scale."""

import json

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from embeddings.models.loading import load_reader
from embeddings.types import ToRead

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from embeddings.models.cross_encoder import ReaderModule  # noqa: E402
from embeddings.models.reader_network import Network, Shape  # noqa: E402
from embeddings.training.reader.batching import batches  # noqa: E402
from embeddings.training.reader.data.examples import Example, Shown  # noqa: E402
from embeddings.training.reader.exporting import export  # noqa: E402
from embeddings.training.reader.learning import AT_ONCE, Plan, judged, learn, move_back  # noqa: E402

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
WORDS = "<s> <pad> </s> <unk> who is chair clerk anna moss ola berg . ? | minutes rain fell".split()
TEXT = "Anna Moss is chair. Ola Berg is clerk."
UNITS = ((0, 19), (20, 38))


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory):
    """Return the file of a tokenizer with a few words."""
    made = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="<unk>"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B:1 </s>:1",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    file = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    made.save(str(file))
    return file


@pytest.fixture(scope="module")
def trained(tokenizer, tmp_path_factory):
    """Train a small network to tell chair and clerk apart, and export it."""
    torch.manual_seed(1)
    network = Network(Shape(len(WORDS), layers=2, width=32, heads=4, inner=64, places=512))
    for value in network.parameters():
        if value.ndim == 2:
            torch.nn.init.normal_(value, std=0.3)
    rain = (Shown("Minutes", "Rain fell."),)
    examples = [
        Example("Who is chair?", Shown("Minutes", TEXT, (0, 9)), rain, "test"),
        Example("Who is clerk?", Shown("Minutes", TEXT, (20, 28)), rain, "test"),
    ] * 300
    folder = tmp_path_factory.mktemp("reader")
    plan = Plan(rate=2e-3, pieces=600, warmup=5)
    lines = []
    learn(
        network,
        examples,
        Tokenizer.from_file(str(tokenizer)),
        plan,
        folder / "state.pt",
        lines.append,
    )
    pairs = [("Who is chair?", TEXT), ("Who is clerk?", "Rain fell.")]
    export(network.eval(), tokenizer, folder / "out", pairs)
    return folder / "out", lines


def test_the_reader_learns_what_answers_and_where(trained):
    """A passage that answers scores higher, and the right words are marked."""
    reader = load_reader(str(trained[0]))
    for question, unit in (("Who is chair?", 0), ("Who is clerk?", 1)):
        answering, other = reader.read(
            question, [ToRead("Minutes", TEXT, UNITS), ToRead("Minutes", "Rain fell.", ((0, 10),))]
        )
        assert answering.answers > other.answers
        best = max(range(2), key=lambda n: answering.units[n].score)
        assert best == unit
        assert TEXT[slice(*answering.units[best].answer)] == ("Anna Moss", "Ola Berg")[unit]


def test_sentence_transformers_gives_the_same_scores(trained):
    """As a cross-encoder, its scores are equal except for rounding."""
    from sentence_transformers import CrossEncoder

    model = CrossEncoder(str(trained[0]), trust_remote_code=True)
    texts = [TEXT, "Rain fell."]
    expected = model.predict([("Who is chair?", f"Minutes | {text}") for text in texts])
    reader = load_reader(str(trained[0]))
    verdicts = reader.read("Who is chair?", [ToRead("Minutes", text, ()) for text in texts])
    assert [one.answers for one in verdicts] == pytest.approx(expected.tolist(), abs=0.2)


def test_weights_lie_on_disk_once(trained):
    """The graph has no weights of its own: it refers to the files that torch reads."""
    folder, _ = trained
    assert b"layers.safetensors" in (folder / "model.onnx").read_bytes()
    assert json.loads((folder / "config.json").read_text())["layers"] == 2


def test_training_goes_on_where_it_broke_off(trained, tokenizer):
    """A repeated run finds everything done, and changes nothing."""
    folder, lines = trained
    again = []
    network = Network(Shape(len(WORDS), layers=2, width=32, heads=4, inner=64, places=512))
    example = Example("Who is chair?", Shown("Minutes", TEXT, (0, 9)), (), "test")
    learn(
        network,
        [example] * 3,
        Tokenizer.from_file(str(tokenizer)),
        Plan(rate=1e-3),
        folder.parent / "state.pt",
        again.append,
    )
    assert any("/" in line for line in lines)
    assert len(again) == 1


def test_a_reader_learns_on_with_its_lowest_layers_as_they_are(trained, tokenizer):
    """Training continues from an exported reader; frozen layers stay, others change."""
    network = ReaderModule.load(str(trained[0])).network
    before = {name: value.clone() for name, value in network.state_dict().items()}
    plan = Plan(rate=1e-3, warmup=1, frozen=1)
    example = Example("Who is chair?", Shown("Minutes", TEXT, (0, 9)), (), "test")
    tokens = Tokenizer.from_file(str(tokenizer))
    learn(network, [example] * 3, tokens, plan, trained[0].parent / "on.pt", lambda _: None)
    changed = {name for name, now in network.state_dict().items() if not now.equal(before[name])}
    assert "blocks.1.up.weight" in changed
    assert not any(name.startswith(("words", "places", "blocks.0")) for name in changed)


def test_texts_computed_by_length_get_the_scores_of_a_whole_batch(tokenizer):
    """Scores and ends are the same, and in the order of the batch."""
    torch.manual_seed(1)
    network = Network(Shape(len(WORDS), layers=1, width=32, heads=4, inner=64, places=512)).eval()
    wrong = tuple(Shown("Minutes", "Rain fell. " * count) for count in (9, 1, 5) * 5)
    example = Example("Who is chair?", Shown("Minutes", TEXT, (0, 9)), wrong, "test")
    (batch,) = batches([example], Tokenizer.from_file(str(tokenizer)), 1, 6000)
    assert len(batch.ids) > AT_ONCE
    with torch.no_grad():
        scores, ends = judged(network, batch)
        whole_scores, whole_ends = network(batch.ids, batch.real)
    assert torch.allclose(scores, whole_scores, atol=1e-5)
    real = batch.real.bool()
    assert torch.allclose(ends[real], whole_ends[real], atol=1e-5)


def test_weights_move_a_share_of_the_way_from_the_earlier_ones():
    """At .7, a weight that was 0 and became 1 is .7."""
    shape = Shape(len(WORDS), layers=1, width=32, heads=4, inner=64, places=512)
    earlier, network = Network(shape), Network(shape)
    for value in earlier.parameters():
        torch.nn.init.zeros_(value)
    for value in network.parameters():
        torch.nn.init.ones_(value)
    move_back(network, earlier, 0.7)
    assert all(torch.allclose(one, torch.tensor(0.7)) for one in network.parameters())


def test_training_ends_after_the_number_of_batches_given(tokenizer, tmp_path):
    """The rest of the examples is left."""
    network = Network(Shape(len(WORDS), layers=1, width=32, heads=4, inner=64, places=512))
    example = Example("Who is chair?", Shown("Minutes", TEXT, (0, 9)), (), "test")
    lines = []
    plan = Plan(rate=1e-3, pieces=60, most=2)
    tokens = Tokenizer.from_file(str(tokenizer))
    learn(network, [example] * 50, tokens, plan, tmp_path / "some.pt", lines.append)
    assert lines == ["2 batches, 0 done"]
    assert torch.load(tmp_path / "some.pt", weights_only=True)["done"] == 2


def test_batches_are_the_same_for_the_same_seed(tokenizer):
    """Augmentation and order depend only on the seed, and answers are marked."""
    examples = [Example("Who is chair?", Shown("Minutes", TEXT, (0, 9)), (), "test")] * 9
    made = Tokenizer.from_file(str(tokenizer))
    first, second = (list(batches(examples, made, 3, 100)) for _ in range(2))
    assert all(torch.equal(a.ids, b.ids) for a, b in zip(first, second, strict=True))
    for batch in first:
        for row in range(len(batch.ids)):
            start, end = batch.spans[row].tolist()
            words = [WORDS[n] for n in batch.ids[row, start : end + 1].tolist()]
            assert words == ["anna", "moss"]
