"""Readers: verdicts on units."""

import numpy as np
import pytest

from corpus.errors import UserError
from embeddings.models.answer_spans import judge
from embeddings.models.loading import load_reader
from embeddings.models.reader import BUNDLED_READER, joined
from embeddings.types import ToRead

TEXT = "Anna Moss is chair. Ola Berg is clerk."
UNITS = ((0, 19), (20, 38))
PIECES = ((0, 4), (5, 9), (10, 18), (20, 23), (24, 28), (29, 37))


def ends_at(first: int, last: int) -> np.ndarray:
    """Return ends with one near certain start and end."""
    ends = np.zeros((len(PIECES), 2), dtype=np.float32)
    ends[first, 0] = ends[last, 1] = 12
    return ends


def test_the_likeliest_words_are_the_answer_of_their_unit():
    """The unit with the answer scores about as its passage, the other less."""
    verdict = judge(2.0, ends_at(3, 4), PIECES, UNITS)
    chair, clerk = verdict.units
    assert TEXT[slice(*clerk.answer)] == "Ola Berg"
    assert clerk.score == pytest.approx(2.0, abs=0.01)
    assert clerk.strength > 0.99
    assert chair.score < -3
    assert chair.strength < 0.01


def test_an_answer_lies_inside_its_unit():
    """No answer spans two units, however likely both ends."""
    for unit, verdict in zip(UNITS, judge(0.0, ends_at(1, 4), PIECES, UNITS).units, strict=True):
        assert unit[0] <= verdict.answer[0] < verdict.answer[1] <= unit[1]


def test_a_unit_beyond_what_is_read_is_no_answer():
    """Truncated units score low, with the whole unit as answer."""
    read = judge(1.0, ends_at(0, 1)[:3], PIECES[:3], UNITS)
    assert read.units[1].strength == 0
    assert read.units[1].answer == UNITS[1]
    assert read.units[1].score < read.units[0].score - 5


def test_a_head_stands_before_its_text():
    """Without a head, a passage is its text."""
    assert joined("Minutes · 2024", "Anna chairs.") == "Minutes · 2024 | Anna chairs."
    assert joined("", "Anna chairs.") == "Anna chairs."


def test_off_is_no_reader():
    """The setting "off" gives None."""
    assert load_reader("off") is None


def test_a_folder_without_a_model_is_told(tmp_path):
    """The message has the setting's name and value."""
    with pytest.raises(UserError, match=f"READER_MODEL={tmp_path}"):
        load_reader(str(tmp_path))


def test_a_broken_model_is_told(tmp_path):
    """A folder with invalid files is named."""
    for name in ("model.onnx", "words.safetensors", "tokenizer.json"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(UserError, match=str(tmp_path)):
        load_reader(str(tmp_path))


def test_the_bundled_reader_answers_across_languages():
    """The passage that answers scores higher, and the right words are marked."""
    reader = load_reader()
    assert reader is not None
    answering = "Anna Moss valdes till ordförande. Ola Berg är sekreterare."
    other = "Mötet öppnades klockan 18. Kaffe serverades."
    units = ((0, 33), (34, len(answering)))
    first, second = reader.read(
        "Who was elected chair?",
        [
            ToRead("Protokoll. maj 2024", answering, units),
            ToRead("Protokoll. maj 2024", other, ((0, len(other)),)),
        ],
    )
    assert first.answers > second.answers
    assert first.units[0].score > first.units[1].score
    assert "Anna Moss" in answering[slice(*first.units[0].answer)]


def test_verdicts_do_not_depend_on_what_else_is_read():
    """The same alone, among others, and from the cache."""
    passage = ToRead("Minutes", TEXT, UNITS)
    others = [ToRead("", f"Rain fell for {n} days. " * 9, ((0, 20),)) for n in range(5)]
    alone = load_reader().read("Who is clerk?", [passage])
    reader = load_reader()
    assert reader.read("Who is clerk?", [*others, passage])[-1:] == alone
    assert reader.read("Who is clerk?", [passage]) == alone


def test_the_bundled_reader_is_small():
    """At most 40 MB, in files below 30."""
    sizes = [file.stat().st_size for file in BUNDLED_READER.iterdir()]
    assert sum(sizes) <= 40e6
    assert max(sizes) < 30e6


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_bundled_reader_is_a_cross_encoder():
    """sentence-transformers reads the same files, with equal scores except for rounding."""
    from sentence_transformers import CrossEncoder

    questions = ("Who is clerk?", "Vad kostar en plats i hamnen?", "When does the library open?")
    texts = [
        TEXT,
        "Rain fell for nine days.",
        "Vinterplats kostar 2 000 kronor.",
        "On Fridays the library opens at ten, on other days at noon.",
        "Till sekreterare valdes Ebba Lind, som tackade för förtroendet.",
    ]
    pairs = [(question, joined("Minutes", text)) for question in questions for text in texts]
    expected = CrossEncoder(str(BUNDLED_READER), trust_remote_code=True).predict(pairs)
    reader, passages = load_reader(), [ToRead("Minutes", one, ()) for one in texts]
    given = [one.answers for question in questions for one in reader.read(question, passages)]
    assert given == pytest.approx(expected.tolist(), abs=0.6)
    assert np.mean(given - expected) == pytest.approx(0, abs=0.06)
