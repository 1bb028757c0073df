"""Estimates what a re-embed would do, without doing it."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.types import Skipped
from corpus.workers.pool import read_all
from embeddings.engines.storage import Store, store_of
from embeddings.index.fingerprint import fingerprint_of
from embeddings.index.passage_text import embedded_text
from embeddings.reembed.changes import find_addition, find_changes
from embeddings.reembed.earlier import open_earlier
from embeddings.types import Embedder, Progress, Source

_TRIED: Final = 24
"""Files that are read and embedded for the estimate."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a re-embed would do."""

    new: int
    changed: int
    gone: int
    kept: int
    anew: bool
    """Whether everything is rewritten rather than added to."""
    seconds: float
    """Estimated duration of reading and embedding the files."""


def plan_index(
    documents_dir: Path, store: Store | Path, embedder: Embedder, *, progress: Progress
) -> Plan:
    """Return what `build_index` would do; UserError if the folder cannot be opened."""
    earlier = open_earlier(store_of(store), fingerprint_of(embedder))
    changes = find_changes(documents_dir, earlier, progress)
    return Plan(
        new=len(changes.to_read) + len(changes.mended) - changes.changed,
        changed=changes.changed,
        gone=changes.gone,
        kept=len(changes.kept),
        anew=find_addition(earlier, changes) is None,
        seconds=_time_of(documents_dir, changes.to_read, embedder),
    )


def _time_of(folder: Path, files: Sequence[Path], embedder: Embedder) -> float:
    """Estimate the seconds that files take, by reading and embedding some of them.

    The time until the first file is read (starting processes) counts once.
    """
    tried = files[:: max(1, len(files) // _TRIED)][:_TRIED]
    texts = []
    started = begun = time.monotonic()
    with closing(read_all(folder, tried)) as outcomes:
        for number, found in enumerate(outcomes):
            begun = begun if number else time.monotonic()
            for outcome in (one for one in found if not isinstance(one, Skipped)):
                one, passages = outcome
                source = Source(one.path, one.title, one.published, one.language, one.url)
                texts += [embedded_text(source, passage) for passage in passages]
    if texts:
        embedder.embed_passages(texts, lambda *_: None)
    others = (len(files) - 1) / max(len(tried) - 1, 1)
    return begun - started + (time.monotonic() - begun) * max(others, 1)
