"""A Milvus server for tests, from the package milvus-lite."""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HOW = "To run the tests of Milvus: pip install -c constraints.txt -e '.[dev]'"


class MilvusServer:
    """A server in its own process and folder, reachable only from this machine."""

    def __init__(self) -> None:
        pytest.importorskip("pymilvus", reason=HOW)
        pytest.importorskip("milvus_lite", reason=HOW)
        self.folder = Path(tempfile.mkdtemp(prefix="citera-milvus-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._process = None
        self._made = 0

    def start(self) -> None:
        """Start it, and wait until it listens."""
        # By default it listens on all interfaces.
        program = [sys.executable, "-m", "milvus_lite", "server", "--host", "127.0.0.1"]
        self._process = subprocess.Popen(
            [*program, "--port", str(self.port), "--data-dir", self.folder / "data"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while self._process.poll() is None:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("milvus-lite does not start")

    def kill(self) -> None:
        """Kill it, as in a power failure."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it for good."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """Return the address of a new, empty database."""
        from pymilvus import MilvusClient

        self._made += 1
        client = MilvusClient(f"http://127.0.0.1:{self.port}")
        client.create_database(f"test{self._made}")
        client.close()
        yield self.url(f"test{self._made}")

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"milvus://127.0.0.1:{self.port}/{database}"
