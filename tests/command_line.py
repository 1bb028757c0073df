"""Runs the command line in a separate process."""

import os
import subprocess
import sys
from pathlib import Path

from bot.settings import VARIABLES

ROOT = Path(__file__).parents[1]
CITERA = (sys.executable, "-W", "error::ResourceWarning", "-m", "bot.cli.main")
QUESTION = "What did the conversion of the railway station into a library cost?"
UNANSWERED = "Vem uppfann dynamiten?"


def surroundings(**settings):
    """Return a process environment with only these settings."""
    kept = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **settings}


def run_citera(folder, *arguments, stdin=None, **settings):
    """Run a command in a folder; return its exit code, output and messages."""
    done = subprocess.run(
        [*CITERA, *arguments],
        env=surroundings(**settings),
        cwd=folder,
        input=stdin,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def sentence(messages):
    """Return the single line of a user error."""
    assert messages.startswith("citera: ")
    assert messages.count("\n") == 1
    assert "Traceback" not in messages
    return messages.removeprefix("citera: ").rstrip()
