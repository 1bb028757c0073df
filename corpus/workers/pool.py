"""A pool of worker processes that read files, and replacements for those that die."""

import logging
import math
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Final, Protocol

from corpus.errors import UserError
from corpus.listing import path_within
from corpus.types import Skipped
from corpus.workers.bounds import why_ended
from corpus.workers.outcome import Outcome, unpacked

_FILES_A_WORKER: Final = 20
"""Use one more process for each of this many files."""
_BYTES_A_WORKER: Final = 2**20
"""Or for this many bytes."""
_FILES_AHEAD: Final = 256
"""How many files may be read out of order before an earlier one is done."""
_LONG: Final = 5
"""Seconds after which a slow file is reported."""
_AT_HAND: Final = 2
"""How many files a worker gets in advance, so that it need not wait."""
_log = logging.getLogger(__name__)
# Without the site module of an installed Python; the path is passed instead.
_START: Final = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from corpus.workers.worker import work; work(int(sys.argv[1]))"
)


class ReadAll(Protocol):
    """Type of `read_all`."""

    def __call__(  # noqa: D102 - told above
        self, folder: Path, files: Sequence[Path], *, read_pictures: bool = False
    ) -> Generator[list[Outcome], None, None]: ...


def read_all(
    folder: Path, files: Sequence[Path], *, read_pictures: bool = False
) -> Generator[list[Outcome], None, None]:
    """Yield the results of each file, in order: its documents cut into passages.

    With `read_pictures`, Tesseract reads scanned PDF files if it is installed. Close the iterator
    if it is not exhausted, to end the processes.

    :raises UserError: if no process can be started.
    """
    with closing(_Pool(folder, files, read_pictures)) as pool:
        yield from pool.outcomes()


class _Worker:
    """A process, and the numbers of the files that it has been given."""

    def __init__(self, folder: Path, read_pictures: bool) -> None:
        self.connection, other = Pipe()
        self.told: deque[int] = deque()
        self.outcomes: list[Outcome] = []
        """The results of the first of them so far."""
        self.since = time.monotonic()
        """When that was started; infinite once it has been reported as slow."""
        self.settled = False
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the very Python that runs this
                [sys.executable, "-S", "-c", _START, str(other.fileno()), *sys.path],
                pass_fds=[other.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                process_group=0,  # out of reach of the terminal's Ctrl-C
            )
        except OSError as error:
            raise UserError(f"No process to read documents can be started: {error}.") from error
        finally:
            other.close()
        self.connection.send((folder, read_pictures))

    def receive(self) -> int | None:
        """Receive a message; return the number of a finished file. EOFError if the process died."""
        try:
            outcome = unpacked(self.connection.recv_bytes())
        except OSError as error:
            raise EOFError from error
        if outcome is not None:
            self.outcomes.append(outcome)
            return None
        self.since = time.monotonic()
        if self.settled:
            return self.told.popleft()
        self.settled = True
        return None

    def end(self) -> int:
        """End the process if needed, and return its exit code."""
        self.connection.close()
        self._process.kill()
        return self._process.wait()


class _Pool:
    def __init__(self, folder: Path, files: Sequence[Path], read_pictures: bool) -> None:
        self._folder = folder
        self._read_pictures = read_pictures
        self._files = files
        self._waiting = deque(range(len(files)))
        self._done: dict[int, list[Outcome]] = {}
        self._next = 0
        self._workers: dict[Connection, _Worker] = {}
        for _ in range(_workers_for(files)):
            self._start()

    def outcomes(self) -> Generator[list[Outcome], None, None]:
        """Yield the results of each file, in order."""
        while self._next < len(self._files):
            self._hand_out()
            self._take_in(wait(self._workers, _LONG))
            self._name_slow()
            while self._next in self._done:
                yield self._done.pop(self._next)
                self._next += 1

    def close(self) -> None:
        """End all processes."""
        while self._workers:
            self._workers.popitem()[1].end()

    def _start(self) -> None:
        worker = _Worker(self._folder, self._read_pictures)
        self._workers[worker.connection] = worker

    def _hand_out(self) -> None:
        for worker in list(self._workers.values()):
            while len(worker.told) < _AT_HAND and self._is_one_to_read():
                number = self._waiting.popleft()
                if not worker.told:
                    worker.since = time.monotonic()
                worker.told.append(number)
                try:
                    worker.connection.send(self._files[number])
                except OSError:
                    break  # It has ended; the next receive notices.

    def _is_one_to_read(self) -> bool:
        return bool(self._waiting) and self._waiting[0] < self._next + _FILES_AHEAD

    def _take_in(self, ready: Iterable[object]) -> None:
        for connection in ready:
            assert isinstance(connection, Connection)
            worker = self._workers[connection]
            try:
                number = worker.receive()
            except EOFError:
                self._replace(worker)
                continue
            if number is not None:
                self._done[number], worker.outcomes = worker.outcomes, []

    def _name_slow(self) -> None:
        """Report a slow file once, so that nobody thinks the program hangs."""
        for worker in self._workers.values():
            took = time.monotonic() - worker.since
            if worker.settled and worker.told and took >= _LONG:
                worker.since = math.inf
                path = path_within(self._folder, self._files[worker.told[0]])
                _log.warning("Still reading %s, which takes longer than %d s", path, took)

    def _replace(self, worker: _Worker) -> None:
        """Give up the file that killed a worker, and start another one for the rest."""
        del self._workers[worker.connection]
        code = worker.end()
        if not worker.settled:
            raise UserError(f"The process to read documents ended at its start (code {code}).")
        if worker.told:
            number = worker.told.popleft()
            file = self._files[number]
            path = path_within(self._folder, file)
            self._done[number] = [*worker.outcomes, Skipped(path, why_ended(code, _size(file)))]
            if read := len(worker.outcomes):
                reason = f"Of the files in the archive, the first {read} were read."
                self._done[number].append(Skipped(path, reason))
        self._waiting.extendleft(reversed(worker.told))
        self._start()


def _workers_for(files: Sequence[Path]) -> int:
    """Return how many processes to start: as many as pay off, at most one per core."""
    processors = os.cpu_count() or 1
    wanted = -(-len(files) // _FILES_A_WORKER)
    if wanted < processors:
        size = sum(_size(file) for file in files)
        wanted = max(wanted, min(len(files), size // _BYTES_A_WORKER))
    return min(processors, wanted)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0  # Reading it will report the error.
