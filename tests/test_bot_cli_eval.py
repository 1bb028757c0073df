"""`citera eval`, as run by owners and scripts."""

import json
from dataclasses import replace

import pytest
from command_line import QUESTION, UNANSWERED, sentence
from test_bot_journal import ASKED

from bot.cli.evaluate import Wishes, evaluate_file, write_questions
from bot.service.journal import Journal
from bot.settings import Settings
from corpus.errors import UserError

LIBRARY = "pressmeddelanden/2025/05/new-library.md"


@pytest.fixture
def golden(tmp_path):
    """Return a question file with an answerable and an unanswerable question."""
    rows = ({"question": QUESTION, "docs": [LIBRARY]}, {"question": UNANSWERED, "docs": []})
    file = tmp_path / "golden.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    return file


def test_a_run_and_one_compared_with_it(citera, store, golden, tmp_path):
    """Figures are printed, a page is written, and the JSON of one run is compared with the next."""
    where = ("eval", str(golden), "--store", str(store))
    code, output, _ = citera(*where, "--json", "--html", "report.html")
    found = json.loads(output)
    assert (code, found["questions"]) == (0, 2)
    figures = found["figures"]["all"]
    assert figures["document in five"] == figures["refused rightly"] == figures["quotes valid"] == 1
    assert found["outcomes"][0]["docs"] == [LIBRARY]
    assert "Evaluation of golden.jsonl" in (tmp_path / "report.html").read_text(encoding="utf-8")
    (tmp_path / "before.json").write_text(output)
    code, output, _ = citera(*where, "--compare", "before.json")
    assert code == 0
    assert output.splitlines()[2].split()[:3] == ["all", "2", "100.0%"]


def test_requirements_decide_the_exit_code(store, golden, capsys):
    """Each missed requirement gives a sentence, and exit code 1; met ones are silent."""
    required = ("document in five=90%", "en: refused wrongly=0", "quote length=1")
    settings = Settings(store_dir=store)
    assert evaluate_file(golden, settings, Wishes(require=required[:2])) == 0
    silent = capsys.readouterr().err
    assert evaluate_file(golden, settings, Wishes(require=required)) == 1
    told = sentence(capsys.readouterr().err.removeprefix(silent))
    assert told.startswith('The "quote length" of all questions is ')
    assert told.endswith("and must be at most 1.")
    with pytest.raises(UserError, match="There is no figure 'document'"):
        evaluate_file(golden, settings, Wishes(require=("document=1",)))


def test_what_is_wrong_with_a_file_is_told(store, golden, capsys):
    """An invalid row is an error; a document that is not in the index is named."""
    golden.write_text(json.dumps({"question": QUESTION, "docs": ["no/such.md"]}))
    assert evaluate_file(golden, Settings(store_dir=store), Wishes()) == 0
    assert "not in the index: no/such.md" in capsys.readouterr().err
    golden.write_text("{}\n")
    with pytest.raises(UserError, match=r"^Line 1 of "):
        evaluate_file(golden, Settings(store_dir=store), Wishes())


def test_a_day_that_is_none_is_wrong_usage(citera):
    """The message says how to write a day."""
    code, _, messages = citera("eval", "golden.jsonl", "--today", "31/1")
    assert code == 2
    assert "'31/1' is not a day; write it as 2026-01-31" in messages


def test_a_question_file_from_what_was_asked(store, tmp_path, capsys):
    """Unanswered questions come first, each once; none counts until checked."""
    journal = Journal.open(tmp_path / "store" / "journal.sqlite")
    for question, found, rating in (
        ("Vem valdes till kassör?", True, None),
        ("Vad kostade båten?", True, -1),
        ("Var ligger Atlantis?", False, None),
        ("var ligger atlantis", False, None),
        (None, False, None),
    ):
        journal.record(replace(ASKED, question=question, found=found, rating=rating))
    journal.close()
    asked = tmp_path / "asked.jsonl"
    settings = Settings(store_dir=tmp_path / "store")
    assert write_questions(asked, settings) == 0
    output, messages = capsys.readouterr()
    assert output.startswith(f"Wrote 3 questions to {asked}, ")
    assert 'remove its "unchecked"' in sentence(messages)
    rows = [json.loads(line) for line in asked.read_text(encoding="utf-8").splitlines()]
    assert [(row["question"], row["why"]) for row in rows] == [
        ("var ligger atlantis", "nothing was found"),
        ("Vad kostade båten?", "the answer was disliked"),
        ("Vem valdes till kassör?", "answered"),
    ]
    documents = ["möten/maj.md", "b.txt"]
    assert (rows[0]["docs"], rows[0]["nearest"]) == ([], documents)
    assert (rows[2]["docs"], rows[2]["today"]) == (documents, "2026-01-26")
    with pytest.raises(UserError, match=r"^Nobody has checked the questions"):
        evaluate_file(asked, Settings(store_dir=store), Wishes())
    with pytest.raises(UserError, match="already exists"):
        write_questions(asked, settings)


def test_nothing_was_asked_yet(citera, tmp_path):
    """Without a journal there is nothing to write, and none is created."""
    code, _, messages = citera("eval", "--from-log", "asked.jsonl")
    assert code == 1
    assert sentence(messages).startswith("No question has been asked in Telegram yet")
    assert list(tmp_path.iterdir()) == []


def test_a_file_or_the_log_but_not_both(citera):
    """Neither, or both, is wrong usage."""
    assert citera("eval")[0] == 2
    assert citera("eval", "golden.jsonl", "--from-log", "asked.jsonl")[0] == 2
