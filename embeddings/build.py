"""The re-embed: from a folder of documents to a new generation that answers.

`build_index` is the recipe; the functions below it are its stages, in order.
"""

import gc
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from corpus.errors import UserError
from corpus.listing import escaped
from corpus.structure.boilerplate import Recurring, find_recurring
from corpus.structure.passages import cut_passages
from corpus.types import Skipped
from corpus.workers.pool import read_all
from embeddings.changes import Changes, find_changes, passed_over_of
from embeddings.index.catalog import Catalog
from embeddings.index.fingerprint import fingerprint_of
from embeddings.index.manifest import CATALOG, FORMAT, Manifest, checksums
from embeddings.index.passage_text import embedded_text
from embeddings.index.storage import Store
from embeddings.index.writing import Earlier, key_of, write_vectors, write_word_indexes
from embeddings.models.static import StaticEmbedder
from embeddings.search.passage_index import PassageIndex
from embeddings.types import BuildReport, Embedder, Progress


def build_index(
    documents_dir: Path,
    store_dir: Path,
    embedder: Embedder,
    *,
    progress: Progress,
    keep: int = 1,
    approve: Callable[[str], None] | None = None,
    read_pictures: bool = False,
) -> BuildReport:
    """Bring the store up to date with a folder of documents and let the result answer.

    Unchanged documents are not read again and unchanged passages not embedded again. `keep` older
    generations stay for going back. `approve` is given the name of the new generation, while the
    one before still answers, and raises UserError to have it thrown away. UserError then, and where
    the folder holds no readable document, another re-embed runs or the disk is full; the generation
    before keeps answering. `read_pictures` has scanned pages read, see `read_all`.
    """
    started = time.monotonic()
    store = Store(store_dir)
    with store.locked(), _without_collecting():
        earlier = _open_earlier(store, fingerprint_of(embedder))
        changes = find_changes(documents_dir, earlier, progress, read_pictures=read_pictures)
        if earlier and changes.are_none(earlier, documents_dir):
            return _report(earlier.folder, earlier.manifest, 0, started, unchanged=True)
        folder = store.begin()
        try:
            manifest, embedded = _fill(folder, documents_dir, earlier, changes, embedder, progress)
            final = store.finish(folder)
        except (OSError, sqlite3.OperationalError) as error:
            message = f"The new index could not be written ({error}). The one before still answers."
            raise UserError(message) from error
        finally:
            store.discard(folder)
        try:
            PassageIndex.open(final, embedder).close()
            if approve:
                approve(final.name)
        except BaseException:
            store.discard(final)
            raise
        before = store.current_name()
        store.make_current(final.name)
        store.prune(keep, before)
    return _report(final, manifest, embedded, started, unchanged=False)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep Python from looking for cycles among millions of new objects that have none.

    It would take a third of the time of a re-embed.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _open_earlier(store: Store, fingerprint: str) -> Earlier | None:
    """Return the current generation where its parts can be used again."""
    try:
        folder = store.current()
        manifest = Manifest.read(folder)
        manifest.check(folder)
    except UserError:
        return None
    if manifest.fingerprint != fingerprint:
        return None
    with closing(Catalog.open(folder / CATALOG)) as catalog:
        return Earlier(folder, manifest, catalog.digests(), catalog.keys())


def _fill(
    folder: Path,
    documents_dir: Path,
    earlier: Earlier | None,
    changes: Changes,
    embedder: Embedder,
    progress: Progress,
) -> tuple[Manifest, int]:
    """Write all files of a generation; return its manifest and how many passages were embedded."""
    with closing(Catalog.create(folder / CATALOG)) as catalog:
        if earlier:
            catalog.take_over(earlier.folder / CATALOG, changes.kept)
        skipped = (*changes.skipped, *_read_into(catalog, documents_dir, changes, progress))
        documents = catalog.count_documents()
        if not documents:
            raise _nothing_to_read(documents_dir, skipped)
        recurring = _leave_out_recurring(catalog)
        catalog.number_passages()
        languages = catalog.languages()
        model = embedder if isinstance(embedder, StaticEmbedder) else StaticEmbedder()
        embedded = 0
        for language, (first, size) in languages.items():
            part = folder / language
            part.mkdir()
            passages = list(catalog.passages(first, size))
            keys = [key_of(source, passage) for source, passage in passages]
            catalog.set_keys(first, keys)
            places = earlier.places(language, keys) if earlier else [None] * size
            words = earlier.words(language) if earlier else None
            write_word_indexes(part, language, passages, places, words, model, progress)
            if embedder.languages is None or language in embedder.languages:
                texts = [embedded_text(source, passage) for source, passage in passages]
                embedded += write_vectors(
                    part, language, texts, places, earlier, embedder, progress
                )
    manifest = Manifest(
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        fingerprint=fingerprint_of(embedder),
        model=embedder.name,
        documents_dir=escaped(str(documents_dir.resolve())),
        documents=documents,
        passages=sum(count for _, count in languages.values()),
        languages=languages,
        recurring=list(recurring.lines),
        skipped=[(one.path, one.reason) for one in skipped],
        files=checksums(folder),
        passed_over=[(one.kind, one.count, one.remedy) for one in changes.passed_over],
    )
    manifest.write(folder)
    return manifest, embedded


def _read_into(
    catalog: Catalog, folder: Path, changes: Changes, progress: Progress
) -> Iterator[Skipped]:
    """Read changed files into the catalog; yield those that cannot be read."""
    before = len(changes.kept)
    total = before + len(changes.mended) + len(changes.to_read)
    reading = read_all(folder, changes.to_read, read_pictures=changes.read_pictures)
    # Closed at once where the work is called off, since it runs further processes.
    with closing(reading):
        for done, found in enumerate(chain(changes.mended, reading), before + 1):
            for outcome in found:
                if isinstance(outcome, Skipped):
                    yield outcome
                else:
                    catalog.add(*outcome, ignored=())
            progress("read", done, total)


def _nothing_to_read(folder: Path, skipped: Sequence[Skipped]) -> UserError:
    if skipped:
        first = skipped[0]
        return UserError(
            f"None of the {len(skipped)} documents in {folder} can be read; {first.path}: "
            f"{first.reason}"
        )
    return UserError(f"There are no documents in {folder}. Put texts, PDF or office files there.")


def _leave_out_recurring(catalog: Catalog) -> Recurring:
    """Cut documents again whose recurring lines are not those left out when they were cut."""
    recurring = find_recurring(document for document, _ in catalog.documents())
    if not recurring.keys and not catalog.leaves_out():
        return recurring
    to_cut_again = [
        (document, spans)
        for document, ignored in catalog.documents()
        if (spans := recurring.spans(document)) != ignored
    ]
    for document, spans in to_cut_again:
        catalog.cut_again(document.path, cut_passages(document, spans), spans)
    return recurring


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
