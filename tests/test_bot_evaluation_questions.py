"""The question file: what its rows may have, and what is wrong in them."""

import json
from datetime import date

import pytest

from bot.evaluation.questions import Golden, checked, load_golden
from corpus.errors import UserError


def written(folder, *rows):
    path = folder / "golden.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows))
    return path


# The question file


def test_a_question_with_all_that_may_be_known(tmp_path):
    """Every field of a row is kept as written."""
    row = {
        "id": 7, "lang": "en", "question": "Who came?", "docs": ["b.md", "a.md"], "kind": "list",
        "evidence": ["Anna came."], "answer": "Anna", "today": "2026-01-31", "names": ["Anna"],
    }  # fmt: skip
    assert load_golden(written(tmp_path, row)) == [
        Golden("7", "Who came?", "en", "list", frozenset({"a.md", "b.md"}), ("Anna came.",), "Anna",
               date(2026, 1, 31), unchecked=False, names=("Anna",))
    ]  # fmt: skip


def test_what_is_left_out_is_read_from_the_question(tmp_path):
    """Language and kind come from the question, the id from the line; empty lines are skipped."""
    path = written(
        tmp_path,
        {"question": "Vem valdes till kassör?", "docs": ["a.md"]},
        "",
        '{"question": "When does it\u2028open?", "docs": []}',
    )
    first, second = load_golden(path)
    assert (first.id, first.language, first.kind) == ("line 1", "sv", "who")
    assert (second.id, second.language, second.kind) == ("line 3", "en", "unanswerable")
    assert (second.question, second.answerable) == ("When does it open?", False)
    assert first.names is second.names is None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{}", '"question" is missing'),
        ("[]", "it is not a JSON object"),
        ("{", "it is not JSON"),
        ('{"question": "Vem?"}', '"docs" is missing'),
        ('{"question": "Vem?", "docs": "a.md"}', '"docs" must be a list of texts'),
        ('{"question": 5, "docs": []}', '"question" must be a text'),
        ('{"question": "Vem?", "docs": [], "today": "i går"}', "Invalid isoformat"),
        ('{"question": "Vem?", "docs": [], "names": "Bo"}', '"names" must be a list of texts'),
        ('{"question": "?!", "docs": []}', "Ask a question in words"),
    ],
)
def test_a_wrong_row_is_named_with_what_is_wrong(tmp_path, row, reason):
    """The message has the line and the error."""
    path = written(tmp_path, {"question": "Vem?", "docs": []}, row)
    with pytest.raises(UserError, match=rf"Line 2 of .*golden\.jsonl.*{reason}"):
        load_golden(path)


def test_unchecked_questions_count_for_nothing(tmp_path):
    """Unchecked rows are skipped; a file with only those is an error."""
    guess = {"question": "Vem?", "docs": ["a.md"], "unchecked": True}
    path = written(tmp_path, guess, {"question": "När?", "docs": ["a.md"]})
    assert [one.question for one in checked(load_golden(path), path)] == ["När?"]
    path = written(tmp_path, guess)
    with pytest.raises(UserError, match="Nobody has checked the questions"):
        checked(load_golden(path), path)
