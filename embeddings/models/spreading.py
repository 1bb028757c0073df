"""Embeds passages on several workers: local processes or a Dask cluster.

Batches are the same as on one machine, so vectors are the same. If a worker dies, its batch goes to
another; results are fetched at once and never recomputed.
"""

import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Final

import numpy as np
from distributed import Client, Future, KilledWorker, LocalCluster, wait

from corpus.errors import UserError
from embeddings.models.batches import BATCH, TOGETHER, batches_by_length
from embeddings.types import Embedder, PassageEmbedder, Progress, Vectors

_PATIENCE: Final = 60
"""Seconds without any worker before an error."""
_CONNECT: Final = 20
_COUNTED_FOR: Final = 5
"""Seconds after which workers are counted again, since some may have joined."""
_AHEAD: Final = 16
"""Batches submitted per worker at a time."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model for workers to load."""

    load: Callable[[str | None], Embedder]
    name: str | None
    fingerprint: str


@contextmanager
def spread(model: Model, dimension: int, on: str | int) -> Iterator[PassageEmbedder]:
    """Yield an object that embeds passages on local workers or those of a Dask scheduler.

    Workers are started, or connected to, when the first passage is embedded.
    """
    with ExitStack() as opened:
        yield _Spread(model, dimension, on, opened)


class _Spread:
    """Embeds passages on workers."""

    def __init__(self, model: Model, dimension: int, on: str | int, opened: ExitStack) -> None:
        self._model = model
        self._on = on
        self._opened = opened
        self._client: Client | None = None
        self.dimension = dimension
        self._threads = 1
        self._counted = -math.inf

    @property
    def together(self) -> int:
        """Enough that each worker has several batches."""
        return max(TOGETHER, _AHEAD * BATCH * self._workers())

    def embed_passages(self, texts: Sequence[str], progress: Progress) -> Vectors:
        """Embed passages; shape (len(texts), dimension), unit length."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        client = self._connected()
        batches = iter(batches_by_length(texts))
        given: dict[Future[Any], list[int]] = {}
        done = 0
        try:
            while True:
                # One batch per worker, so that a lost worker costs only one batch.
                for numbers in islice(batches, max(0, self._workers() - len(given))):
                    some = [texts[number] for number in numbers]
                    given[client.submit(embed_here, self._model, some, pure=False)] = numbers
                if not given:
                    return vectors
                for one in self._next_done(client, given):
                    numbers = given.pop(one)
                    vectors[numbers] = one.result()
                    done += len(numbers)
                    progress("embed", done, len(texts))
        except UserError:
            raise
        except (OSError, CancelledError, KilledWorker, RuntimeError) as error:
            told = f"The workers of {self._place} failed ({_first_line(error)})."
            raise UserError(told) from error
        finally:
            if given:
                client.cancel(list(given))

    @property
    def _place(self) -> str:
        return "this machine" if isinstance(self._on, int) else self._on

    def _workers(self) -> int:
        """Return how many batches can be embedded at a time, at least one."""
        if isinstance(self._on, int):
            return self._on
        if time.monotonic() - self._counted > _COUNTED_FOR:
            self._threads = max(1, sum(self._connected().nthreads().values()))
            self._counted = time.monotonic()
        return self._threads

    def _next_done(
        self, client: Client, waiting: dict[Future[Any], list[int]]
    ) -> list[Future[Any]]:
        """Return the finished futures once there are any; UserError if there are no workers."""
        while True:
            try:
                return list(wait(list(waiting), _PATIENCE, "FIRST_COMPLETED").done)
            except TimeoutError as error:
                if not client.nthreads():
                    raise UserError(
                        f"No worker at {self._place} for a minute; the vectors so far are "
                        "kept for the next re-embed."
                    ) from error

    def _connected(self) -> Client:
        if self._client is None:
            logging.getLogger("distributed").setLevel(logging.CRITICAL)
            self._client = self._opened.enter_context(self._connect())
        return self._client

    @contextmanager
    def _connect(self) -> Iterator[Client]:
        if isinstance(self._on, int):
            with (
                LocalCluster(
                    n_workers=self._on, threads_per_worker=1, memory_limit=0, host="127.0.0.1",
                    dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL,
                ) as cluster,
                Client(cluster) as client,
            ):  # fmt: skip
                yield client
            return
        try:
            client = Client(self._on, timeout=_CONNECT)
        except (OSError, ValueError) as error:
            raise UserError(
                f"EMBED_ON names {self._on}, where no Dask scheduler responds "
                f"({_first_line(error)})."
            ) from error
        with client:
            yield client


def embed_here(model: Model, texts: Sequence[str]) -> Vectors:
    """Return the vectors of passages, computed in this process."""
    embedder, fingerprint = _loaded(model.load, model.name)
    if fingerprint != model.fingerprint:
        raise UserError(
            f"A worker has another model under the name {model.name or 'bundled'}, or another "
            "version of citera. Install the same on each."
        )
    return embedder.embed_passages(texts, lambda *_: None)


@lru_cache(1)
def _loaded(load: Callable[[str | None], Embedder], name: str | None) -> tuple[Embedder, str]:
    embedder = load(name)
    return embedder, embedder.fingerprint


def _first_line(error: BaseException) -> str:
    told: Any = str(error).strip().partition("\n")[0] or type(error).__name__
    return str(told).rstrip(".")
