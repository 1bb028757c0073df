"""What ends a command early: too little memory, a full disk."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot import memory_limit
from bot.memory_limit import told_when_cut_off

CITERA = [sys.executable, "-m", "bot.cli.main"]
ROOT = Path(__file__).parent.parent


def run_under(limit: int, most: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command with a resource limit."""
    return subprocess.run(
        [*CITERA, *arguments], cwd=ROOT, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(limit, (most, most)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("megabytes", "command"),
    [(400, ["ask", "Who came?"]), (400, ["reembed"]), (100, ["status"])],
)
def test_too_little_memory_is_told_in_one_sentence(tmp_path, megabytes, command):
    """With a low `ulimit -v` the command prints only that."""
    done = run_under(resource.RLIMIT_AS, megabytes << 20, "--store", str(tmp_path), *command)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"citera: The memory limit of {megabytes} MB (ulimit -v) is too low; allow 1,300 MB."
    ]


def test_too_few_open_files_are_no_damage(store):
    """With a low `ulimit -n` nobody is told to rebuild the index."""
    done = run_under(resource.RLIMIT_NOFILE, 12, "--store", str(store), "ask", "Who came?")
    assert done.returncode == 1
    assert "The index cannot be opened ([Errno 24]" in done.stderr
    assert "damaged" not in done.stderr


def test_an_end_without_a_word_is_told(monkeypatch):
    """If a library aborts the process, its parent reports it."""
    monkeypatch.setattr(memory_limit, "memory_limit", lambda: 1000)
    said: list[str] = []
    assert told_when_cut_off(lambda: os.kill(os.getpid(), signal.SIGKILL), said.append) == 1
    assert said == [memory_limit.too_little(1000)]


def test_without_a_limit_nothing_is_forked(monkeypatch):
    """The command runs in the original process."""
    monkeypatch.setattr(memory_limit, "memory_limit", lambda: None)
    assert told_when_cut_off(os.getpid, print) == os.getpid()


def test_an_answer_that_has_no_room_is_told(tmp_path):
    """Writing to a full disk gives one sentence."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*CITERA, "--store", str(tmp_path / "none"), "check"], cwd=ROOT, stdout=full,
            stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "citera: The disk is full: [Errno 28]" in done.stderr
    assert len(done.stderr.splitlines()) == 1
