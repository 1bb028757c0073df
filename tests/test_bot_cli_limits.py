"""What ends a command before it is done: too little memory, a disk that is full."""

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
    """Run a command that may take so much of something."""
    return subprocess.run(
        [*CITERA, *arguments], cwd=ROOT, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(limit, (most, most)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("megabytes", "command"),
    [(400, ["ask", "Who came?"]), (400, ["reembed"]), (100, ["status"])],
)
def test_too_little_memory_is_told_in_one_sentence(tmp_path, megabytes, command):
    """Where `ulimit -v` leaves no room, that is all that is said."""
    done = run_under(resource.RLIMIT_AS, megabytes << 20, "--store", str(tmp_path), *command)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"citera: The memory limit of {megabytes} MB (ulimit -v) is too low; allow 1,300 MB."
    ]


def test_too_few_open_files_are_no_damage(store):
    """Where `ulimit -n` is too small, nobody is told to make a whole index anew."""
    done = run_under(resource.RLIMIT_NOFILE, 12, "--store", str(store), "ask", "Who came?")
    assert done.returncode == 1
    assert "The index cannot be opened ([Errno 24]" in done.stderr
    assert "damaged" not in done.stderr


def test_an_end_without_a_word_is_told(monkeypatch):
    """What a library does where memory runs out, and the process that did it is another."""
    monkeypatch.setattr(memory_limit, "memory_limit", lambda: 1000)
    said: list[str] = []
    assert told_when_cut_off(lambda: os.kill(os.getpid(), signal.SIGKILL), said.append) == 1
    assert said == [memory_limit.too_little(1000)]


def test_without_a_limit_nothing_is_forked(monkeypatch):
    """The command runs in the process that was started."""
    monkeypatch.setattr(memory_limit, "memory_limit", lambda: None)
    assert told_when_cut_off(os.getpid, print) == os.getpid()


def test_an_answer_that_has_no_room_is_told(tmp_path):
    """Written to a file on a full disk, it ends with a sentence."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*CITERA, "--store", str(tmp_path / "none"), "check"], cwd=ROOT, stdout=full,
            stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "citera: The disk is full: [Errno 28]" in done.stderr
    assert len(done.stderr.splitlines()) == 1
