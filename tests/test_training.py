"""Training of the bundled model."""

import io
import random
import shutil
import tarfile
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from corpus.errors import UserError
from corpus.words import split_words
from embeddings.models.static import StaticEmbedder
from embeddings.training.config import read_config
from embeddings.training.material.alignment import Parallel, align
from embeddings.training.material.compounds import split_compound
from embeddings.training.material.interpreting import Interpreter
from embeddings.training.material.lexicon import Lexicon, gather_entries
from embeddings.training.material.sources import Gloss, Pair, is_held_out, parse_article
from embeddings.training.vocabulary import train_tokenizer

KNOWN = {
    "social": {("social",): 1.0},
    "försäkring": {("insurance",): 1.0},
    "minister": {("minister",): 1.0},
    "skola": {("school",): 1.0},
    "hund": {("dog",): 0.75, ("hound",): 0.25},
    "flicka": {("girl",): 1.0},
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(KNOWN, {}, {"lindgren": 5}, frozenset({"lindgren"}), frozenset({"of"}))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("socialförsäkringsminister", ("social", "försäkring", "minister")),
        ("skolminister", ("skola", "minister")),
        ("försäkring", ()),
        ("kalsonger", ()),
        ("hundskola", ("hund", "skola")),
    ],
)
def test_compounds_fall_into_known_words(word, parts):
    """A compound is split into the fewest known words, without linking letters."""
    assert split_compound(word, KNOWN.__contains__, KNOWN.__contains__) == parts


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("hund", {("dog",): 0.75, ("hound",): 0.25}),
        ("hundarna", {("dog",): 0.75, ("hound",): 0.25}),
        ("flickorna", {("girl",): 1.0}),
        ("skolministern", {("school", "minister"): 1.0}),
        ("lindgren", {("lindgren",): 1.0}),
        ("2024", {("2024",): 1.0}),
        ("of", {("of",): 1.0}),
        ("xyzzy", {}),
    ],
)
def test_lexicon_knows_more_than_its_entries(lexicon, word, english):
    """Inflected words, compounds, names and numbers are translated; nonsense is not."""
    assert lexicon.translate(word) == pytest.approx(english)


def test_own_terms_go_before_dictionaries():
    """A term of this project overrides dictionaries."""
    lexicon = Lexicon(
        {"möte": {("date",): 1.0}}, {"möte": {("meeting",): 1.0}}, {}, frozenset(), frozenset()
    )
    assert lexicon.translate("möte") == {("meeting",): 1.0}


def test_dictionaries_and_alignment_are_merged():
    """The likeliest translation from either comes first."""
    entries = gather_entries(
        [Pair("att springa", "to run", "w", "word"), Pair("hus", "building", "w", "word")],
        [Gloss("hus", "house", "a dwelling")],
        {"hus": {"house": 0.8}},
    )
    assert list(entries["hus"]) == [("house",), ("building",)]
    assert sum(entries["hus"].values()) == pytest.approx(1)
    assert "springa" not in entries


def test_alignment_finds_translations():
    """Words that occur together across sentences are translations."""
    swedish = ["röd bil", "blå bil", "röd båt", "blå båt", "grön båt", "grön bil"]
    english = ["red car", "blue car", "red boat", "blue boat", "green boat", "green car"]
    texts = [Parallel(s.split(), e.split()) for s, e in zip(swedish, english, strict=True)]
    aligned = align(texts)
    best = {word: max(found, key=found.__getitem__) for word, found in aligned.items()}
    assert best == {
        "röd": "red", "blå": "blue", "grön": "green", "bil": "car", "båt": "boat",
    }  # fmt: skip


def test_interpreter_draws_translations_by_their_share(lexicon):
    """Translations are sampled by probability."""
    interpreter = Interpreter(lexicon.translate, random.Random(0))
    drawn = interpreter.drawn(["hund"] * 1000)
    assert 700 < drawn.count("dog") < 800
    assert interpreter.best(["hund", "xyzzy", "skola"]) == ["dog", "school"]


def test_sentences_become_questions(lexicon):
    """A question has a question word and the remaining words of the sentence."""
    interpreter = Interpreter(lexicon.translate, random.Random(0))
    assert 250 < len(interpreter.asked(["skola"] * 1000, 0.7)) < 350
    question = interpreter.asked_in_english(["skola", "hund"], 0.0)
    assert question[-2:-1] == ["school"]
    assert len(question) > 2
    assert interpreter.asked(["skola"], 1.0) == []


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    words = "minister ministern skola skolan höst och the school stabilitet råd ets".split()
    counts = dict.fromkeys(words, 50.0) | {"stabilitetsrådets": 2.0, "höstskola": 2.0}
    return train_tokenizer(counts, whole=len(words), parts=40)


def test_frequent_words_stay_whole(tokenizer):
    """A frequent word is one piece, and a compound of two is those two."""
    assert tokenizer.encode("Ministern").tokens == ["ministern"]
    assert tokenizer.encode("höstskolan").tokens == ["höst", "skolan"]


def test_words_are_cut_alike_everywhere(tokenizer):
    """A text's pieces are those of its words, so word vectors can be cached and summed."""
    text = "Höstskolan, Skola-minister: STABILITETSRÅDETS\u00a0skolan_och (the) ﬁ 2024?"
    apart = [code for word in split_words(text) for code in tokenizer.encode(word).ids]
    assert tokenizer.encode(text).ids == apart


def test_half_of_the_articles_is_held_out():
    """The halves have similar sizes, and a path is always in the same one."""
    held = [is_held_out(f"tal/2020/01/{number}.md") for number in range(1000)]
    assert 450 < sum(held) < 550
    assert is_held_out("tal/2020/01/1.md") == held[1]


def test_articles_lose_their_marks():
    """Links, headings and list markers are reduced to their text."""
    article = parse_article("a.md", "# En *rubrik*\n\nSe [sidan](https://x.se/a).\n\n- ett\n")
    assert article.title == "En rubrik"
    assert article.paragraphs == ("Se sidan.", "ett")


CONFIG = """
[sources]
pairs = "pairs.tsv"
glosses = "glosses.tsv"
articles = "articles.tar.gz"
weights = { church = 0.5 }

[model]
held_words = 1
whole_words = 60
parts = 80
dimension = 16
dropped = 0.3
rarity = 1e-3

[learning]
longest = 32
checkpoint = 10
seed = 3
"""
STAGE = """
[[stages]]
steps = 25
rate = 1e-2
warmup = 5
temperature = 0.05
"""
WORDS = {
    "hund": "dog", "katt": "cat", "häst": "horse", "fisk": "fish", "fågel": "bird", "ko": "cow",
    "röd": "red", "blå": "blue", "grön": "green", "stor": "big", "liten": "small", "gammal": "old",
}  # fmt: skip


@pytest.fixture(scope="module")
def toy(tmp_path_factory) -> Path:
    """Create a folder with a little of each source, and a configuration."""
    folder = tmp_path_factory.mktemp("toy")
    names = "sentences words glosses lexicon interpreted titles clozes".split()
    names += ["interpreted titles", "interpreted clozes"]
    task = '[[stages.tasks]]\nname = "{}"\nbatch = 8\nweight = 1.0\npull = 1.0\n'
    config = CONFIG + STAGE + "".join(task.format(name) for name in names)
    config += STAGE + task.format("modern sentences")
    (folder / "config.toml").write_text(config, encoding="utf-8")
    lines = [f"{s}\t{e}\tdictionary\tword" for s, e in WORDS.items()]
    animals, looks = list(WORDS)[:6], list(WORDS)[6:]
    lines += [
        f"en {look} {animal}\ta {WORDS[look]} {WORDS[animal]}\t{source}\tsent"
        for look in looks
        for animal in animals
        for source in ("church", "village")
    ]
    (folder / "pairs.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "glosses.tsv").write_text("tupp\trooster (a male bird)\n", encoding="utf-8")
    with tarfile.open(folder / "articles.tar.gz", "w:gz") as tar:
        for number in range(12):
            sentences = [f"Den är {look} och det är en {animals[number % 6]}." for look in looks]
            content = f"# {animals[number % 6]} {number}\n\n{' '.join(sentences)}\n".encode()
            member = tarfile.TarInfo(f"tal/2020/{number}.md")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return folder


def _train(toy: Path, out: Path) -> bytes:
    pipeline = pytest.importorskip("embeddings.training.pipeline")
    pipeline.train(read_config(toy / "config.toml"), toy, out)
    return (out / "model.safetensors").read_bytes()


@pytest.fixture(scope="module")
def trained(toy, tmp_path_factory) -> Path:
    """Train a model on the toy sources."""
    out = tmp_path_factory.mktemp("trained")
    _train(toy, out)
    return out


@pytest.mark.slow
def test_training_is_deterministic(toy, trained, tmp_path):
    """The same seed and teacher vectors give the same bytes."""
    shutil.copytree(trained / "work" / "teacher", tmp_path / "work" / "teacher")
    assert _train(toy, tmp_path) == (trained / "model.safetensors").read_bytes()


@pytest.mark.slow
def test_training_resumes(toy, trained, tmp_path):
    """A run resumed from a checkpoint ends with the same bytes."""
    shutil.copytree(trained / "work", tmp_path / "work")
    checkpoint = next(tmp_path.rglob("checkpoint.pt"))
    assert _step(checkpoint) == 20
    assert _train(toy, tmp_path) == (trained / "model.safetensors").read_bytes()


def _step(checkpoint: Path) -> int:
    torch = pytest.importorskip("torch")
    return int(torch.load(checkpoint, weights_only=True)["step"])


@pytest.mark.slow
def test_sentence_transformers_loads_what_was_trained(trained):
    """sentence-transformers and our reader give the same vectors, also for no words."""
    sentence_transformers = pytest.importorskip("sentence_transformers")
    texts = ["En stor röd hund?", "the old horse", "hundkatten", "", "…"]
    theirs = sentence_transformers.SentenceTransformer(str(trained), device="cpu").encode(texts)
    ours = StaticEmbedder(trained).embed_passages(texts, lambda *_: None)
    np.testing.assert_allclose(theirs, ours, atol=1e-5)


def test_a_wrong_configuration_is_told(tmp_path):
    """An incomplete configuration gives a message."""
    (tmp_path / "config.toml").write_text("[sources]\n")
    with pytest.raises(UserError, match="cannot be used"):
        read_config(tmp_path / "config.toml")
