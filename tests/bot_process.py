"""Runs `citera telegram` in a separate process, with a log to read meanwhile."""

import signal
import subprocess
import threading
from pathlib import Path
from typing import Self

from bot_api import TOKEN, FakeTelegram
from command_line import CITERA, surroundings


class BotProcess:
    """The bot, running in a folder; a context manager that kills it at the end."""

    def __init__(self, fake: FakeTelegram, folder: Path, **settings: str) -> None:
        given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": fake.url, **settings}
        self._environment = surroundings(**given)
        self._fake, self._folder = fake, folder
        self._lines: list[str] = []

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [*CITERA, "telegram"],
            env=self._environment,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def log(self) -> str:
        """What the bot has logged so far."""
        return "".join(self._lines)

    def ask_to_stop(self, number: int = signal.SIGTERM) -> None:
        """Send the signal to stop, without waiting."""
        self._process.send_signal(number)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Stop the bot; return its exit code."""
        self.ask_to_stop(number)
        return self.ended()

    def ended(self) -> int:
        """Wait for the bot to exit by itself; return its exit code."""
        code = self._process.wait(30)
        self._reader.join(30)
        return code

    def kill(self) -> None:
        """Kill the bot, as in a power failure."""
        self._process.kill()
        self.ended()

    def wait_for_log(self, words: str) -> None:
        """Wait until the log contains some words."""
        self._fake.wait_for(lambda: words in self.log)

    def _read(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as log:
            for line in log:
                self._lines.append(line)
