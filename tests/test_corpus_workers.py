"""Worker processes: limits, and isolation of files from each other."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from corpus.types import Document, Skipped
from corpus.workers import bounds
from corpus.workers.pool import read_all

# A format whose files say what happens to the process that reads them.
_HOSTILE = """
import os, signal, time
from corpus.formats import parsed, registry
from corpus.workers import bounds

def read_hostile(data):
    names = dict(globals())
    exec(data.decode(), names)
    return parsed.Parsed(names.get("return_", ""), ())

registry.FORMATS[".bad"] = registry.Format("hostile", "read_hostile")
bounds.SECONDS = 2
bounds.MEMORY = 2**27
"""


@pytest.fixture
def hostile(tmp_path, monkeypatch):
    """Give workers a format whose files are Python code that they run."""
    code = tmp_path / "code"
    code.mkdir()
    (code / "hostile.py").write_text(_HOSTILE, encoding="utf-8")
    start = (
        "import sys; sys.path[:] = sys.argv[2:]; import corpus.formats as formats; "
        f"formats.__path__.append({str(code)!r}); import corpus.formats.hostile; "
        "from corpus.workers.worker import work; work(int(sys.argv[1]))"
    )
    monkeypatch.setattr("corpus.workers.pool._START", start)
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


def outcomes(folder: Path) -> dict[str, Document | Skipped]:
    files = sorted(folder.iterdir())
    with closing(read_all(folder, files)) as read:
        return {
            file.name: outcome if isinstance(outcome, Skipped) else outcome[0]
            for file, (outcome,) in zip(files, read, strict=True)
        }


FALLS = {
    "sleeps": ("while True: pass", "longer than"),
    "eats": ("x = bytearray(1 << 40)", "memory"),
    "grows": ("x = []\nwhile True: x.append(bytearray(1 << 20))", "memory"),
    "crashes": ("os.kill(os.getpid(), signal.SIGSEGV)", "crashed"),
    "leaves": ("os._exit(0)", "crashed"),
    "recurses": ("f = lambda: f(); f()", "RecursionError"),
    "raises": ("raise SystemExit", "crashed"),
    "half a letter": (r"return_ = chr(0xD800)", "not text"),
    "fails": ("1 / 0", "ZeroDivisionError"),
}


def test_a_file_takes_nothing_else_with_it(hostile):
    """Whatever a file does to its process, the others are read, in order."""
    for name, (code, _) in FALLS.items():
        (hostile / f"{name}.bad").write_text(code)
    for number in range(60):
        (hostile / f"{number:02}.md").write_text(f"Mötet nummer {number} var bra.")
    found = outcomes(hostile)
    assert all("bra" in found[f"{number:02}.md"].text for number in range(60))
    for name, (_, reason) in FALLS.items():
        assert reason in found[f"{name}.bad"].reason


def test_reading_gives_way_to_answers(hostile):
    (hostile / "a.bad").write_text("return_ = f'Nice by {os.nice(0)}.'")
    assert outcomes(hostile)["a.bad"].text == f"Nice by {min(os.nice(0) + 10, 19)}."


def test_waiting_is_bounded_too(hostile):
    """A file on which the process waits is given up after a wall-clock limit."""
    (hostile / "a.bad").write_text("signal.setitimer(signal.ITIMER_REAL, 0.2); time.sleep(60)")
    started = time.monotonic()
    assert "had not finished" in outcomes(hostile)["a.bad"].reason
    assert time.monotonic() - started < 10


def test_workers_end_with_the_one_that_started_them(hostile, tmp_path):
    """Killing the main process leaves nothing running, even in the middle of a file."""
    note = tmp_path / "pid"
    (hostile / "a.bad").write_text(
        f"open({str(note)!r}, 'w').write(str(os.getpid())); signal.setitimer(signal.ITIMER_PROF, 0)"
        "\nwhile True: pass"
    )
    from corpus.workers import pool

    code = (
        "from pathlib import Path; from corpus.workers import pool; "
        f"pool._START = {pool._START!r}; folder = Path({str(hostile)!r}); "
        "list(pool.read_all(folder, [folder / 'a.bad']))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code])
    for _ in range(200):
        if note.exists() and note.read_text():
            break
        time.sleep(0.05)
    worker = int(note.read_text())
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    for _ in range(100):
        if not _runs(worker):
            return
        time.sleep(0.05)
    os.kill(worker, signal.SIGKILL)
    raise AssertionError("the worker runs on")


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    except OSError:
        return False
    return state[0] != "Z"


def test_the_bound_grows_with_the_file():
    """The reason has the limit of this file, whatever ended the process."""
    assert f" {bounds.SECONDS} s" in bounds.why_ended(-signal.SIGPROF, 1000)
    longest = bounds.SECONDS + 30 * bounds.SECONDS_A_MEGABYTE
    assert f" {longest} s" in bounds.why_ended(-signal.SIGPROF, 30 << 20)
    assert "disk or the machine" in bounds.why_ended(-signal.SIGALRM, 1000)
    assert "crashed" in bounds.why_ended(-signal.SIGSEGV, 1000)


def test_a_file_that_takes_long_is_named_once(hostile, caplog, monkeypatch):
    """While it is being read; other files are not reported."""
    monkeypatch.setattr("corpus.workers.pool._LONG", 0.5)
    (hostile / "a.bad").write_text("time.sleep(2); return_ = 'Hej du'")
    (hostile / "b.md").write_text("Hej du glade.")
    assert outcomes(hostile)["a.bad"].text == "Hej du"
    told = [record.getMessage() for record in caplog.records]
    assert len([one for one in told if "Still reading a.bad" in one]) == 1


def test_as_many_processes_as_pay_are_started(tmp_path, monkeypatch):
    """One for a few small files, one per core for many or large ones, none for none."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    small, large = tmp_path / "small.md", tmp_path / "large.pdf"
    small.write_text("En text.")
    large.write_bytes(b"x" * 3_000_000)
    from corpus.workers.pool import _workers_for

    counts = [_workers_for(files) for files in ([], [small] * 10, [small] * 50, [large, small])]
    assert counts == [0, 1, 2, 2]
