"""The re-embed: builds a new generation of the index from a folder of documents.

`build_index` is the entry point; the functions below it are its stages, in order.
"""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np

from corpus.errors import UserError
from corpus.listing import name_of
from corpus.structure.boilerplate import Recurring, find_recurring
from corpus.structure.passages import cut_passages
from corpus.structure.shared_titles import own_title, shared_titles
from corpus.types import Skipped
from corpus.workers.pool import ReadAll, read_all
from embeddings.engines.storage import Store, store_of
from embeddings.index.base import BASE, link_folder
from embeddings.index.catalog import UNKNOWN
from embeddings.index.fingerprint import fingerprint_of
from embeddings.index.manifest import CATALOG, FORMAT, Manifest, checksums
from embeddings.models.static import StaticEmbedder
from embeddings.reembed.catalog_writing import NewCatalog
from embeddings.reembed.changes import (
    Addition,
    Changes,
    find_addition,
    find_changes,
    passed_over_of,
)
from embeddings.reembed.checkpoint import Checkpoint
from embeddings.reembed.earlier import Earlier, open_earlier
from embeddings.reembed.writing import begin_part, write_vectors, write_word_indexes
from embeddings.search.passage_index import PassageIndex
from embeddings.types import BuildReport, Embedder, PassageEmbedder, Progress


def build_index(
    documents_dir: Path,
    store: Store | Path,
    embedder: Embedder,
    *,
    progress: Progress,
    keep: int = 1,
    approve: Callable[[str], None] | None = None,
    read_pictures: bool = False,
    anew: bool = False,
    read: ReadAll = read_all,
    embed_by: PassageEmbedder | None = None,
) -> BuildReport:
    """Update a store (or the store in a folder) from documents, and make the result current.

    Unchanged documents are not read again, and unchanged passages not embedded again. `keep` is the
    number of older generations to keep for rollback. `approve` is called with the name of the new
    generation before it becomes current, and raises UserError to reject it. `read_pictures` reads
    scanned pages, see `read_all`. `anew` writes everything instead of adding to a base. `read`
    reads files, by default in other processes. `embed_by` embeds passages in place of the embedder,
    for example elsewhere. UserError if the new generation is rejected, the folder has no readable
    document, another re-embed runs, or the disk is full; the previous generation then stays
    current.
    """
    started = time.monotonic()
    with (store := store_of(store)).locked():
        fingerprint = fingerprint_of(embedder)
        earlier = open_earlier(store, fingerprint)
        changes = find_changes(documents_dir, earlier, progress, read_pictures=read_pictures)
        if earlier and _is_up_to_date(store, earlier, changes, documents_dir, anew=anew):
            return _report(earlier.folder, earlier.manifest, 0, started, unchanged=True)
        folder = store.begin()
        try:
            with closing(Checkpoint(store.folder, fingerprint, embedder.dimension)) as checkpoint:
                manifest, embedded = _fill(
                    folder, documents_dir, earlier, changes,
                    None if anew else find_addition(earlier, changes), embedder,
                    embed_by or embedder, checkpoint, progress, read,
                )  # fmt: skip
            final = store.finish(folder)
        except (OSError, sqlite3.OperationalError) as error:
            raise UserError(_not_written(store, error)) from error
        finally:
            store.discard(folder)
        _try_out(store, final, embedder, approve)
        before = store.current_name()
        store.make_current(final.name)
        checkpoint.remove()
        store.prune(keep, before)
    return _report(final, manifest, embedded, started, unchanged=False)


def _is_up_to_date(
    store: Store, earlier: Earlier, changes: Changes, documents_dir: Path, *, anew: bool
) -> bool:
    """Whether the current generation holds the documents as they are, in the form asked for."""
    is_current = earlier.folder.name == store.current_name()
    adds = earlier.base != earlier.folder
    return is_current and changes.are_none(earlier, documents_dir) and not (anew and adds)


def _try_out(
    store: Store, final: Path, embedder: Embedder, approve: Callable[[str], None] | None
) -> None:
    """Open a new generation and have it approved; discard it where either fails."""
    try:
        PassageIndex.open(final, embedder).close()
        if approve:
            approve(final.name)
    except BaseException:
        store.discard(final)
        raise


def _fill(
    folder: Path,
    documents_dir: Path,
    earlier: Earlier | None,
    changes: Changes,
    addition: Addition | None,
    embedder: Embedder,
    embed_by: PassageEmbedder,
    checkpoint: Checkpoint,
    progress: Progress,
    read: ReadAll,
) -> tuple[Manifest, int]:
    """Write all files of a generation; return its manifest and the number of passages embedded."""
    if addition:
        link_folder(addition.base, folder / BASE)
    with closing(NewCatalog.create(folder / CATALOG)) as catalog:
        _take_over(catalog, earlier, addition, changes)
        skipped = (*changes.skipped, *_read_into(catalog, documents_dir, changes, progress, read))
        documents = catalog.count_documents()
        if not documents:
            raise _nothing_to_read(documents_dir, skipped)
        base = Manifest.read(folder / BASE) if addition else None
        recurring = _leave_out_recurring(catalog, base)
        shared = _replace_shared_titles(catalog, earlier)
        languages = catalog.number_passages(base.languages if base else {})
        passages, embedded = write_parts(
            folder, catalog, base, languages, earlier, embedder, embed_by, checkpoint, progress
        )
    manifest = Manifest(
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        fingerprint=fingerprint_of(embedder),
        model=embedder.name,
        documents_dir=name_of(documents_dir),
        documents=documents,
        passages=passages,
        languages=languages,
        recurring=list(recurring.lines),
        shared_titles=sorted(shared),
        skipped=[(one.path, one.reason) for one in skipped],
        files=checksums(folder, earlier.files_in_base() if earlier and addition else {}),
        passed_over=[(one.kind, one.count, one.remedy) for one in changes.passed_over],
    )
    manifest.write(folder)
    return manifest, embedded


def _take_over(
    catalog: NewCatalog, earlier: Earlier | None, addition: Addition | None, changes: Changes
) -> None:
    """Copy the unchanged documents, except those in the base."""
    if addition and earlier:
        catalog.remove_of_base(addition.gone)
        catalog.take_over(earlier.folder / CATALOG, addition.kept)
    elif earlier:
        catalog.take_over(earlier.folder / CATALOG, changes.kept)
        if earlier.base != earlier.folder:
            catalog.take_over(earlier.base / CATALOG, earlier.still_in_base(changes.kept))


def write_parts(
    folder: Path,
    catalog: NewCatalog,
    base: Manifest | None,
    languages: dict[str, tuple[int, int]],
    earlier: Earlier | None,
    embedder: Embedder,
    embed_by: PassageEmbedder,
    checkpoint: Checkpoint,
    progress: Progress,
) -> tuple[int, int]:
    """Write the indexes of each language; return the number of passages, and of those embedded."""
    model = embedder if isinstance(embedder, StaticEmbedder) else StaticEmbedder()
    alive = embedded = 0
    for language, (first, size) in languages.items():
        before = base.languages[language][1] if base and language in base.languages else 0
        removed = catalog.removed_of_base(language) if before else []

        passages = partial(catalog.passages, first + before, size - before)

        part = begin_part(
            folder / language, language, passages(), earlier, before,
            np.array(removed, dtype=np.int64) - first,
        )  # fmt: skip
        words = earlier.words(language) if earlier else None
        write_word_indexes(part, passages(), words, model, progress)
        if embedder.languages is None or language in embedder.languages:
            embedded += write_vectors(part, passages(), earlier, embed_by, checkpoint, progress)
        alive += part.alive
    return alive, embedded


def _read_into(
    catalog: NewCatalog, folder: Path, changes: Changes, progress: Progress, read: ReadAll
) -> Iterator[Skipped]:
    """Read changed files into the catalog; yield those that cannot be read."""
    before = len(changes.kept)
    total = before + len(changes.mended) + len(changes.to_read)
    reading = read(folder, changes.to_read, read_pictures=changes.read_pictures)
    stamps = [*(UNKNOWN for _ in changes.mended), *(changes.stamps[one] for one in changes.to_read)]
    # Closed at once if the work is cancelled, since it runs other processes.
    with closing(reading):
        outcomes = zip(stamps, chain(changes.mended, reading), strict=True)
        for done, (stamp, found) in enumerate(outcomes, before + 1):
            for outcome in found:
                if isinstance(outcome, Skipped):
                    yield outcome
                else:
                    catalog.add(*outcome, ignored=(), stamp=stamp)
            progress("read", done, total)


def _not_written(store: Store, error: Exception) -> str:
    """Return the message for a disk that is full or fails."""
    left = shutil.disk_usage(store.folder).free / 1e6
    still = " The previous index stays in use." if store.current_name() else ""
    return f"The new index could not be written ({error}), with {left:,.1f} MB left.{still}"


def _nothing_to_read(folder: Path, skipped: Sequence[Skipped]) -> UserError:
    if skipped:
        first = skipped[0]
        return UserError(
            f"None of the {len(skipped)} documents in {folder} can be read; {first.path}: "
            f"{first.reason}"
        )
    return UserError(f"There are no documents in {folder}. Put text, PDF or office files there.")


def _leave_out_recurring(catalog: NewCatalog, base: Manifest | None) -> Recurring:
    """Cut documents again if their recurring lines have changed since they were cut.

    The recurring lines of the base are known, so only documents added to it are examined.
    """
    recurring = find_recurring(
        (document for document, _ in catalog.documents()), base.documents if base else 0
    )
    if base:
        recurring = Recurring.known(base.recurring) | recurring
    if not recurring.keys and not catalog.leaves_out():
        return recurring
    to_cut_again = [
        (document.path, spans)
        for document, ignored in catalog.documents()
        if (spans := recurring.spans(document)) != ignored
    ]
    for path, spans in to_cut_again:
        catalog.cut_again(path, cut_passages(catalog.document(path), spans), spans)
    return recurring


def _replace_shared_titles(catalog: NewCatalog, earlier: Earlier | None) -> frozenset[str]:
    """Give documents whose title is shared one of their own; return the shared titles.

    Those of the earlier generation stay shared: its documents have their own titles by now.
    """
    shared = shared_titles(catalog.titles(), catalog.count_documents())
    shared |= frozenset(earlier.manifest.shared_titles if earlier else ())
    for path in catalog.entitled(shared):
        catalog.entitle(path, own_title(catalog.document(path)))
    return shared


def _report(
    folder: Path, manifest: Manifest, embedded: int, started: float, *, unchanged: bool
) -> BuildReport:
    return BuildReport(
        generation=folder.name,
        documents=manifest.documents,
        passages=manifest.passages,
        embedded=embedded,
        reused=manifest.passages - embedded,
        skipped=tuple(Skipped(path, reason) for path, reason in manifest.skipped),
        recurring=tuple((line, count) for line, count in manifest.recurring),
        passed_over=passed_over_of(manifest),
        seconds=time.monotonic() - started,
        unchanged=unchanged,
    )
