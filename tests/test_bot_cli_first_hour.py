"""What a new user sees: settings that are set, missing or mistyped."""

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time

import pytest
from command_line import CITERA, ROOT, sentence, surroundings


def test_a_documents_folder_that_is_not_there_is_an_error(citera, store, tmp_path):
    """With every command, --documents must name an existing folder."""
    for command in (["ask", "Who?"], ["status"], ["reembed"]):
        code, output, messages = citera(*command, "--documents", "/nope", STORE_DIR=str(store))
        assert (code, output) == (1, "")
        assert sentence(messages).startswith("There is no folder /nope.")


def test_what_is_set_found_and_missing_is_told_on_one_screen(citera, store, tmp_path):
    """Each part has its line; with the samples indexed nothing is missing."""
    (tmp_path / ".env").write_text(f"STORE_DIR={store}\n")
    code, output, messages = citera("check", ACCESS="open", DOCUMENT_DIR="/srv")
    lines = output.splitlines()
    assert (code, messages) == (0, "")
    assert len(lines) <= 24
    assert any(line.startswith("ok  documents ") and "the samples" in line for line in lines)
    assert any(line.startswith("ok  index ") and str(store) in line for line in lines)
    assert any(line.startswith("ok  model ") and line.endswith("bundled") for line in lines)
    assert "STORE_DIR (.env), ACCESS (environment)" in output
    assert "--  settings   DOCUMENT_DIR is not a setting. Did you mean: DOCUMENTS_DIR" in lines
    assert any(line.startswith("--  telegram ") for line in lines)


def test_all_that_is_missing_is_told_at_once(citera, tmp_path):
    """Wrong settings don't hide the rest, and a .env file with another name is found."""
    (tmp_path / "env.txt").write_text("STORE_DIR=x\n")
    code, output, messages = citera(
        "check", ACCESS="shut", QUESTIONS_PER_MINUTE="many", EMBEDDING_MODEL="bundeled",
        DOCUMENTS_DIR="/nope", GOLDEN_QUESTIONS="golden.jsonl",
    )  # fmt: skip
    missing = [line for line in output.splitlines() if line.startswith("!!  ")]
    assert (code, messages) == (1, "")
    assert [line.split()[1] for line in missing] == [
        "settings", "settings", "documents", "index", "golden", "model",
    ]  # fmt: skip
    assert "should env.txt be it?" in output
    assert "Did you mean: bundled" in output
    assert "There is no index yet. Make one with: citera reembed" in output


def test_ctrl_c_clears_the_line_of_a_chat_and_help_fits_the_terminal(store, tmp_path):
    """The line is discarded and the chat continues; the help fits the width."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(ours, (24, 44))
    with subprocess.Popen(
        [*CITERA, "chat"], env=surroundings(STORE_DIR=str(store), TERM="dumb"), cwd=tmp_path,
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  # no thread yet
    ) as process:  # fmt: skip
        os.close(theirs)
        screen = _until(ours, "> ")
        os.write(ours, b"Who atten\x03")
        screen += _until(ours, "> ", again=b"\x03")
        os.write(ours, b"/help\n")
        helped = _until(ours, "exits.\r\n\r\n> ")
        os.write(ours, b"\x04")
        assert process.wait(60) == 0
    os.close(ours)
    assert "Traceback" not in screen + helped
    lines = helped.replace("\r", "").split("\n")[1:]
    assert max(map(len, lines)) <= 44
    assert any(line.startswith("    ") for line in lines)


def _until(terminal: int, words: str, again: bytes = b"") -> str:
    """Return a terminal's output up to some words; a key may have to be pressed `again`.

    Input typed while a program starts may be lost.
    """
    shown, end = "", time.monotonic() + 120
    while not shown.endswith(words):
        assert time.monotonic() < end, shown
        if select.select([terminal], [], [], 10)[0]:
            shown += os.read(terminal, 1024).decode()
        elif again:
            os.write(terminal, again)
    return shown


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="needs POSIX signals")
def test_the_tests_pass_where_ctrl_c_is_ignored():
    """As in a background process: what a test starts still receives Ctrl-C."""
    program = (
        "import os, signal, subprocess, sys; sys.path.insert(0, 'tests');"
        "assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN;"
        "import conftest;"
        "print(subprocess.run([sys.executable, '-c',"
        "'import os, signal; os.kill(os.getpid(), signal.SIGINT)'], stderr=-3).returncode)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=surroundings(), capture_output=True,
        text=True, check=False, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )  # fmt: skip
    assert done.stdout.split() == [str(-signal.SIGINT)], done.stderr
