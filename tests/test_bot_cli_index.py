"""The index on the command line: built, updated and checked."""

import json

import pytest
from command_line import sentence

from bot.settings import SAMPLES


def test_no_index_yet(citera):
    """Without an index, a question says which command makes one."""
    for command in (("ask", "Who came?"), ("chat",), ("status",)):
        code, output, messages = citera(*command)
        assert (code, output) == (1, "")
        assert sentence(messages) == "There is no index yet. Make one with: citera reembed"


def test_no_documents(citera, tmp_path):
    """A missing or empty folder is named, and no index is left behind."""
    (tmp_path / "empty").mkdir()
    for folder, expected in (("nowhere", "nowhere"), ("empty", "There are no documents in empty")):
        code, output, messages = citera("reembed", "--documents", folder)
        assert (code, output) == (1, "")
        assert expected in sentence(messages)
    assert "There is no index yet" in citera("status")[2]


def test_status(citera, store):
    """Status counts documents, verifies every file, and exits with 0 if all are intact."""
    code, output, messages = citera("status", "--json", "--store", str(store))
    assert (code, messages) == (0, "")
    status = json.loads(output)
    assert status["documents"] == len([path for path in SAMPLES.rglob("*.*") if path.is_file()])
    assert sum(status["languages"].values()) == status["passages"] > status["documents"]
    assert (status["model"], status["problem"]) == ("bundled", None)
    assert status["documents_dir"] == str(SAMPLES.resolve())
    code, output, _ = citera("status", "--store", str(store))
    assert code == 0
    assert f"{status['documents']} from {SAMPLES.resolve()}" in output
    assert "intact" in output
    assert f"{status['recurring'][0]['line']} (in " in output


def test_documents_come_and_change(citera, tmp_path):
    """A re-embed lists unreadable files, notices changes, and keeps the old index."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "note.md").write_text("# Möte\n\nAnna Ek valdes till ordförande den 3 mars.\n")
    (documents / "empty.txt").write_text("")
    where = {"DOCUMENTS_DIR": str(documents)}
    code, output, messages = citera("reembed", **where)
    assert (code, messages) == (0, "")
    assert "1 document, 1 passage" in output
    assert "\nFiles that could not be read (1):\n  empty.txt: " in output
    assert citera("reembed", **where)[1].startswith("Nothing has changed: 1 document, 1 passage.")
    (documents / "new.md").write_text("# Kassör\n\nBo Berg valdes till kassör den 4 april.\n")
    assert "2 documents, 2 passages, 1 of them newly embedded" in citera("reembed", **where)[1]
    status = json.loads(citera("status", "--json", **where)[1])
    assert [one["path"] for one in status["skipped"]] == ["empty.txt"]
    assert len(status["other_generations"]) == 1
    code, output, messages = citera("ask", "Vem valdes till kassör?", **where)
    assert (code, messages) == (0, "")
    assert "”Bo Berg valdes till kassör den 4 april.”" in output
    moved = citera("ask", "Vem valdes till kassör?", DOCUMENTS_DIR=str(tmp_path / "other"))[2]
    assert sentence(moved).startswith(f"Answering from {documents}. To answer from {tmp_path}")
    _damage(tmp_path / "store")
    code, output, messages = citera("status", **where)
    assert code == 1
    assert "damaged" in output
    assert sentence(messages).endswith("has been altered. Run: citera reembed")


def _damage(store):
    generation = store / "generations" / (store / "CURRENT").read_text().strip()
    file = next(generation.rglob("*.faiss"))
    file.write_bytes(file.read_bytes()[:-1] + b"\x01")


@pytest.mark.slow
def test_another_model_is_refused(citera, store):
    """A model that can't be loaded gives a message with its name."""
    code, _, messages = citera("reembed", "--store", str(store), EMBEDDING_MODEL="./no-such-model")
    assert code == 1
    assert "no-such-model" in messages
    assert "Traceback" not in messages
