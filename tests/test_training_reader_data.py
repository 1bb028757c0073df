"""Training data of the reader."""

import gzip
import json
import random

import pytest

pytest.importorskip("torch")

from embeddings.training.reader.data.augmentation import augment
from embeddings.training.reader.data.examples import Example, Shown
from embeddings.training.reader.data.mining import find_answer, find_words, sort_out
from embeddings.training.reader.data.public import Source, held_out, public_examples, read_rows
from embeddings.training.reader.data.questions import Question, read_questions
from embeddings.training.reader.data.windows import sentence_spans, window, without_answer
from embeddings.training.reader.data.written import written_examples
from embeddings.training.reader.evaluate import area_between
from embeddings.types import ToRead

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
ASKED = Question(
    "q1",
    "Who was elected chair?",
    "minutes.md",
    evidence="**Chair:** Anna Moss was elected\nchair.",
    answer="Anna Moss",
    decoy="Ola Berg stays clerk.",
)


def passage(text: str) -> ToRead:
    """Return a passage of one unit."""
    return ToRead("Minutes", text, ((0, len(text)),))


def test_evidence_is_found_whatever_markup_and_breaks_stand_in_it():
    """Words are found verbatim, or with anything but words between them."""
    text = "Chair: Anna Moss was elected chair. Thanks were said."
    span = find_answer(text, ASKED)
    assert span is not None
    assert text[slice(*span)] == "Anna Moss"
    assert find_words("£11,350 | May", "P. Hext  £11,350  May") == (10, 21)
    assert find_words("Anna Berg", text) is None


def test_passages_are_sorted_by_what_they_hold():
    """Those with the evidence are right, and those with the decoy are decoys."""
    right = passage("Chair: Anna Moss was elected chair.")
    decoy = passage("Ola Berg stays clerk. Anna Moss was thanked.")
    elsewhere = passage("Anna Moss chairs the choir.")
    wrong = passage("Rain fell.")
    mined = sort_out(ASKED, [wrong, elsewhere, right], [right, decoy])
    assert [one for one, _ in mined.right] == [right]
    assert mined.decoys == (decoy,)
    # Another document with the answer may also be right, so it is not used.
    assert mined.wrong == (wrong,)
    (example,) = written_examples([mined], random.Random(1))
    assert example.right is not None
    assert example.right.answer is not None
    assert example.right.text[slice(*example.right.answer)] == "Anna Moss"
    assert example.wrong[0].text == decoy.text


def test_a_window_holds_the_answer_within_its_length():
    """Whole sentences around the answer, with adjusted offsets."""
    text = "First sentence here. " * 30 + "Anna Moss was elected. " + "Last sentence here. " * 30
    start = text.index("Anna")
    for seed in range(5):
        shown = window(text, (start, start + 9), random.Random(seed), 200)
        assert shown is not None
        assert shown.answer is not None
        assert shown.text[slice(*shown.answer)] == "Anna Moss"
        assert len(shown.text) <= 200
        assert shown.text[0].isupper()
        cut = without_answer(shown)
        assert cut is not None
        assert "Anna" not in cut.text
    assert window(text, (0, 300), random.Random(1), 200) is None
    assert "".join(text[a:b] for a, b in sentence_spans(text)) == text


def test_augmented_examples_keep_their_answers():
    """Only the question's spelling and the heads change, the same for the same seed."""
    shown = Shown("Protokoll. Maj 2024", "Anna Moss valdes.", (0, 9))
    example = Example("Vem valdes på mötet i maj?", shown, (), "test")
    made = [augment(example, random.Random(seed)) for seed in range(60)]
    assert made == [augment(example, random.Random(seed)) for seed in range(60)]
    assert len({one.question for one in made}) > 5
    assert {one.right.text for one in made if one.right} == {shown.text}
    assert {"", shown.head} < {one.right.head for one in made if one.right}


def test_articles_for_testing_are_not_trained_on(tmp_path):
    """Held-out articles, and rows that overlap a test set, are left out."""
    rows = [
        {"title": "Normans", "context": "a"},
        {"title": "Rain", "context": "b", "overlaps_xquad": True},
        {"title": "Rain", "context": "c"},
    ]
    with gzip.open(tmp_path / "set.jsonl.gz", "wt") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    assert held_out("Normans")
    assert [row["context"] for row in read_rows(tmp_path, "set")] == ["c"]


def test_answerable_questions_stand_beside_unanswerable_ones(tmp_path):
    """Answerable questions are taken from the paragraphs of unanswerable ones."""
    rows = [
        {"title": f"T{n}", "context": f"It rained in {n}.", "question": f"Where {n}?"}
        | {"impossible": False, "answers": [{"text": str(n), "start": 13}]}
        for n in range(30)
    ]
    rows += [row | {"impossible": True, "answers": []} for row in rows[7:9]]
    with gzip.open(tmp_path / "set.jsonl.gz", "wt") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    examples = public_examples(tmp_path, random.Random(1), 1.0, [Source("set", 2, 2)])
    assert sorted(one.question for one in examples) == [
        "Where 7?",
        "Where 7?",
        "Where 8?",
        "Where 8?",
    ]
    assert sum(one.right is None for one in examples) == 2


def test_written_questions_are_read_in_both_forms(tmp_path):
    """Evidence is given as text or as offsets."""
    (tmp_path / "a.md").write_text("# Möte\n\nAnna Moss valdes.\n", encoding="utf-8")
    lines = [
        {"id": "1", "question": "Vem?", "document": "a.md", "evidence": "Anna Moss valdes."},
        {"id": "2", "question": "Vem?", "docs": ["a.md"], "evidence": [[8, 17]], "answer": "Anna"},
        {"id": "3", "question": "Varför?", "document": "a.md", "evidence": None},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    first, second, third = read_questions(file, tmp_path)
    assert first.evidence == "Anna Moss valdes."
    assert second.evidence == "Anna Moss"
    assert not third.is_answerable


def test_the_area_is_a_half_for_scores_that_tell_nothing():
    """It is 1 if all of the first are higher."""
    import numpy as np

    assert area_between(np.array([2.0, 3.0]), np.array([0.0, 1.0])) == 1
    assert area_between(np.array([1.0]), np.array([1.0])) == 0.5
