"""`citera eval` as owners and scripts run it."""

import json
from dataclasses import replace

import pytest
from command_line import QUESTION, UNANSWERED, sentence
from test_bot_journal import ASKED

from bot.journal import Journal

LIBRARY = "pressmeddelanden/2025/05/new-library.md"


@pytest.fixture
def golden(tmp_path):
    """Return a question file of one answerable question and one that nothing answers."""
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


def test_requirements_decide_the_exit_code(citera, store, golden):
    """A figure that falls short is one sentence each and exit code 1; met ones are silent."""
    where = ("eval", str(golden), "--store", str(store))
    required = ("document in five=90%", "en: refused wrongly=0", "quote length=1")
    options = [word for one in required for word in ("--require", one)]
    code, _, messages = citera(*where, *options)
    told = messages.splitlines()
    assert (code, len(told)) == (1, 2)
    assert "sample documents" in told[0]
    assert told[1].startswith('citera: The "quote length" of all questions is ')
    assert told[1].endswith("and must be at most 1.")
    code, output, messages = citera(*where, "--require", "document=1")
    assert (code, output) == (1, "")
    assert sentence(messages).startswith("There is no figure 'document'.")


def test_what_is_wrong_with_a_file_is_told(citera, store, golden):
    """A row that is none ends it; a document that is not in the index is named."""
    missing = {"question": QUESTION, "docs": ["no/such.md"]}
    golden.write_text(json.dumps(missing))
    code, _, messages = citera("eval", str(golden), "--store", str(store))
    assert code == 0
    assert "not in the index: no/such.md" in messages
    golden.write_text("{}\n")
    code, _, messages = citera("eval", str(golden), "--store", str(store))
    assert code == 1
    assert sentence(messages).startswith("Line 1 of ")


def test_the_day_it_is_asked_on(citera, store, golden):
    """A day in the row goes before that of the option; one that is none is wrong usage."""
    asked = {"question": "Vad beslutades förra året?", "docs": [], "lang": "sv"}
    golden.write_text(json.dumps(asked) + "\n" + json.dumps({**asked, "today": "2020-05-05"}))
    where = ("eval", str(golden), "--store", str(store))
    assert citera(*where, "--today", "2025-01-31")[0] == 0
    code, _, messages = citera(*where, "--today", "31/1")
    assert code == 2
    assert "'31/1' is no day; write it as 2026-01-31" in messages


def test_a_question_file_from_what_was_asked(citera, store, tmp_path):
    """What needs a look comes first, each once; it counts when someone has checked it."""
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
    code, output, messages = citera("eval", "--from-log", "asked.jsonl")
    assert (code, output[:30]) == (0, "3 questions are in asked.jsonl")
    assert "take out its" in messages
    rows = [json.loads(line) for line in (tmp_path / "asked.jsonl").read_text().splitlines()]
    assert [(row["question"], row["why"]) for row in rows] == [
        ("var ligger atlantis", "nothing was found"),
        ("Vad kostade båten?", "the answer was disliked"),
        ("Vem valdes till kassör?", "answered"),
    ]
    documents = ["möten/maj.md", "b.txt"]
    assert (rows[0]["docs"], rows[0]["nearest"]) == ([], documents)
    assert (rows[2]["docs"], rows[2]["today"]) == (documents, "2026-01-26")
    code, _, messages = citera("eval", "asked.jsonl", "--store", str(store))
    assert code == 1
    assert sentence(messages).startswith("Nobody has checked the questions")
    code, _, messages = citera("eval", "--from-log", "asked.jsonl")
    assert code == 1
    assert sentence(messages).startswith("asked.jsonl is there already")


def test_nothing_was_asked_yet(citera):
    """Without a journal there is nothing to write, and none is begun."""
    code, _, messages = citera("eval", "--from-log", "asked.jsonl")
    assert code == 1
    assert sentence(messages).startswith("No question has been asked in Telegram yet")


def test_a_file_or_the_log_but_not_both(citera):
    """Neither, or both, is wrong usage."""
    assert citera("eval")[0] == 2
    assert citera("eval", "golden.jsonl", "--from-log", "asked.jsonl")[0] == 2
