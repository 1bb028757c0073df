"""The case runner: what counts as failed, and that it starts no further processes."""

import base64
import json
from pathlib import Path

import pytest

from benchmarks.cases import failures_of, load_checks, read_here, unpack
from corpus.workers.pool import read_all
from embeddings.models.loading import load_embedder

CHECKS = """
CHECKS = {
    "first_has": lambda words, answer: [
        word for word in words if word not in answer["citations"][0]["quote"]
    ]
}
"""


@pytest.fixture
def case(tmp_path):
    """Return a function that writes a case of one document and one question."""

    def write(**expected):
        folder = tmp_path / "case"
        (folder / "docs").mkdir(parents=True)
        (folder / "docs" / "minutes.md").write_text("# Minutes\n\nThe roof costs 400 kronor.\n")
        asked = {"question": "What does the roof cost?", "expect": expected}
        (folder / "case.json").write_text(json.dumps({"kind": "numbers", "questions": [asked]}))
        (tmp_path / "check.py").write_text(CHECKS)
        return folder

    return write


@pytest.mark.parametrize(
    ("expected", "amiss"),
    [
        ({"found": True, "first_has": ["400"]}, []),
        ({"found": True, "first_has": ["500"]}, ["first_has"]),
        ({"found": False}, ["found"]),
    ],
)
def test_what_a_case_expects_and_does_not_get_fails(case, tmp_path, expected, amiss):
    folder = case(**expected)
    checks = load_checks(tmp_path / "check.py")
    (tmp_path / "scratch").mkdir()
    failed = failures_of(folder, checks, tmp_path / "scratch", load_embedder(), None)
    assert [check for _, check, _ in failed] == amiss


def test_reading_here_gives_what_reading_in_other_processes_gives(case):
    folder = case() / "docs"
    files = [folder / "minutes.md"]
    assert list(read_here(folder, files)) == list(read_all(folder, files))


def test_cases_kept_in_a_file_become_folders(tmp_path):
    """Text is stored as it is, other bytes as base64; the project's own cases are complete."""
    files = {"docs/a.md": "Åsa", "docs/b.txt": {"base64": base64.b64encode(b"\xe5").decode()}}
    packed = tmp_path / "cases.jsonl"
    packed.write_text(json.dumps({"name": "one", "files": files}))
    folder = unpack(packed, tmp_path / "out") / "one" / "docs"
    assert (folder / "a.md").read_text(encoding="utf-8") == "Åsa"
    assert (folder / "b.txt").read_bytes() == b"\xe5"
    for kept in (Path(__file__).parents[1] / "benchmarks" / "questions" / "cases").glob("*.jsonl"):
        out = unpack(kept, tmp_path / kept.stem)
        assert all(
            (case / "case.json").exists() and (case / "docs").is_dir() for case in out.iterdir()
        )
