"""The re-embed: from a folder of documents to a new generation that answers.

`build_index` is the recipe; the functions below it are its stages, in order.
"""

import hashlib
import multiprocessing
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from corpus.boilerplate import Recurring, find_recurring
from corpus.chunking import cut_passages
from corpus.errors import UnreadableDocument, UserError
from corpus.reading import file_digest, find_files, read_document
from corpus.types import Document, Passage, Skipped
from embeddings.catalog import Catalog
from embeddings.dense import DenseIndex, write_dense_index
from embeddings.forward import Entry, write_forward_index
from embeddings.index import PassageIndex, fingerprint_of
from embeddings.lexical import write_lexical_index
from embeddings.passage_text import embedded_text, heading_text
from embeddings.ranking import days_of
from embeddings.static import StaticEmbedder, split_words
from embeddings.storage import CATALOG, FORMAT, Manifest, Store, checksums
from embeddings.types import BuildReport, Embedder, Progress, Source, Vectors
from embeddings.vocabulary import Vocabulary
from embeddings.words import stem

_PARALLEL_FROM: Final = 500
"""Files from which starting further processes pays."""
_FILES_A_TASK: Final = 50


Passages: TypeAlias = Callable[[], Iterator[tuple[Source, Passage]]]
"""Gives the passages of one language, in order, as often as it is called."""
Numbers: TypeAlias = NDArray[np.int32]
Days: TypeAlias = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The generation that answers while a new one is made."""

    folder: Path
    manifest: Manifest
    digests: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Changes:
    """What the documents folder holds against what the earlier generation does."""

    kept: tuple[str, ...]
    """Paths of documents that stand in the earlier generation as they are now."""
    to_read: tuple[Path, ...]
    skipped: tuple[Skipped, ...]


def build_index(
    documents_dir: Path,
    store_dir: Path,
    embedder: Embedder,
    *,
    progress: Progress,
    keep: int = 1,
) -> BuildReport:
    """Bring the store up to date with a folder of documents and let the result answer.

    Unchanged documents are not read again and unchanged passages not embedded again. `keep` older
    generations stay for going back. UserError where the folder holds no readable document, another
    re-embed runs or the disk is full; the generation before keeps answering then.
    """
    started = time.monotonic()
    store = Store(store_dir)
    with store.locked():
        earlier = _open_earlier(store, fingerprint_of(embedder))
        changes = _find_changes(documents_dir, earlier, progress)
        if earlier and not changes.to_read and len(changes.kept) == len(earlier.digests):
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
        PassageIndex.open(final, embedder).close()
        store.make_current(final.name)
        store.prune(keep)
    return _report(final, manifest, embedded, started, unchanged=False)


def _open_earlier(store: Store, fingerprint: str) -> _Earlier | None:
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
        return _Earlier(folder, manifest, catalog.digests())


def _find_changes(folder: Path, earlier: _Earlier | None, progress: Progress) -> _Changes:
    files, skipped = find_files(folder)
    known = earlier.digests if earlier else {}
    refused = {path for path, _ in earlier.manifest.skipped} if earlier else set()
    kept, to_read = [], []
    for done, file in enumerate(files, 1):
        path = file.relative_to(folder).as_posix()
        if path in known and known[path] == _digest_or_none(file):
            kept.append(path)
        elif path in refused and (reason := _still_refused(folder, file)):
            skipped.append(Skipped(path, reason))
        else:
            to_read.append(file)
        progress("compare", done, len(files))
    return _Changes(tuple(kept), tuple(to_read), tuple(skipped))


def _digest_or_none(file: Path) -> str | None:
    try:
        return str(file_digest(file))
    except OSError:
        return None


def _still_refused(folder: Path, file: Path) -> str | None:
    outcome = _read_and_cut(folder, file)
    return outcome.reason if isinstance(outcome, Skipped) else None


def _fill(
    folder: Path,
    documents_dir: Path,
    earlier: _Earlier | None,
    changes: _Changes,
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
        for language, (first, count) in languages.items():
            part = folder / language
            part.mkdir()
            passages = partial(catalog.passages, first, count)
            _write_word_indexes(part, language, passages, model)
            if embedder.languages is None or language in embedder.languages:
                to_embed = [embedded_text(source, passage) for source, passage in passages()]
                vectors, new = _embed(to_embed, language, earlier, embedder, progress)
                catalog.set_keys(first, [_key(text) for text in to_embed])
                write_dense_index(part / "vectors.faiss", vectors)
                embedded += new
    manifest = Manifest(
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        fingerprint=fingerprint_of(embedder),
        model=embedder.name,
        documents_dir=str(documents_dir.resolve()),
        documents=documents,
        passages=sum(count for _, count in languages.values()),
        languages=languages,
        recurring=list(recurring.lines),
        skipped=[(one.path, one.reason) for one in skipped],
        files=checksums(folder),
    )
    manifest.write(folder)
    return manifest, embedded


def _read_into(
    catalog: Catalog, folder: Path, changes: _Changes, progress: Progress
) -> Iterator[Skipped]:
    """Read changed files into the catalog; yield those that cannot be read."""
    total = len(changes.kept) + len(changes.to_read)
    for done, outcome in enumerate(_read_all(folder, changes.to_read), len(changes.kept) + 1):
        if isinstance(outcome, Skipped):
            yield outcome
        else:
            catalog.add(*outcome, ignored=())
        progress("read", done, total)


def _read_all(
    folder: Path, files: Sequence[Path]
) -> Iterator[tuple[Document, tuple[Passage, ...]] | Skipped]:
    read = partial(_read_and_cut, folder)
    if len(files) < _PARALLEL_FROM:
        yield from map(read, files)
        return
    # A fresh interpreter a worker: forking a process whose libraries run threads can hang it.
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(read, files, chunksize=_FILES_A_TASK)


def _read_and_cut(folder: Path, file: Path) -> tuple[Document, tuple[Passage, ...]] | Skipped:
    try:
        document = read_document(folder, file)
    except UnreadableDocument as error:
        return Skipped(file.relative_to(folder).as_posix(), str(error))
    return document, cut_passages(document)


def _nothing_to_read(folder: Path, skipped: Sequence[Skipped]) -> UserError:
    if skipped:
        first = skipped[0]
        return UserError(
            f"None of the {len(skipped)} documents in {folder} can be read; {first.path}: "
            f"{first.reason}"
        )
    return UserError(f"There are no documents in {folder}. Put .txt, .md or .html files there.")


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


def _write_word_indexes(
    part: Path, language: str, passages: Passages, model: StaticEmbedder
) -> None:
    """Write the vocabulary, the word index and the forward index of one language."""
    form_numbers: defaultdict[str, int] = defaultdict(count().__next__)
    number_of = form_numbers.__getitem__
    standing_in: Counter[int] = Counter()
    written: list[tuple[list[Numbers], Days | None]] = []
    for source, passage in passages():
        # What stands over a passage comes last, as in the forward index.
        texts = [*_unit_texts(passage), heading_text(source, passage)]
        numbers = [np.array(list(map(number_of, split_words(text))), np.int32) for text in texts]
        standing_in.update(set(np.concatenate(numbers).tolist()))
        written.append((numbers, days_of(source.published)))
    forms = {form: standing_in[number] for form, number in form_numbers.items()}
    vocabulary = Vocabulary.count(forms, len(written), language, model)
    vocabulary.save(part)
    row_of = vocabulary.row_of
    rows = np.array([row_of[stem(form, language)] for form in forms], np.int32)
    entries = [
        Entry([rows[numbers] for numbers in texts[:-1]], rows[texts[-1]], days)
        for texts, days in written
    ]
    write_forward_index(part, entries)
    stems_of = vocabulary.stems.__getitem__
    write_lexical_index(
        part / "lexical",
        (
            (map(stems_of, entry.title.tolist()),
             map(stems_of, np.concatenate(entry.units).tolist()))
            for entry in entries
        ),
    )  # fmt: skip


def _unit_texts(passage: Passage) -> list[str]:
    return [passage.text[start - passage.start : end - passage.start]
            for start, end in passage.units]  # fmt: skip


def _embed(
    texts: Sequence[str],
    language: str,
    earlier: _Earlier | None,
    embedder: Embedder,
    progress: Progress,
) -> tuple[Vectors, int]:
    """Return a vector for each text, and how many of them had to be computed."""
    vectors = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    known = _earlier_vectors(earlier, language)
    new = [row for row, text in enumerate(texts) if _key(text) not in known]
    old = [row for row, text in enumerate(texts) if _key(text) in known]
    if old and earlier:
        index = DenseIndex(earlier.folder / language / "vectors.faiss")
        vectors[old] = index.vectors(np.array([known[_key(texts[row])] for row in old]))
    if new:
        vectors[new] = embedder.embed_passages([texts[row] for row in new], progress)
    return vectors, len(new)


def _earlier_vectors(earlier: _Earlier | None, language: str) -> dict[bytes, int]:
    """Return where in the earlier vectors of a language the vector of each text stands."""
    first, count = earlier.manifest.languages.get(language, (0, 0)) if earlier else (0, 0)
    if not earlier or not count:
        return {}
    with closing(Catalog.open(earlier.folder / CATALOG)) as catalog:
        return {
            key: number - first
            for key, number in catalog.keys().items()
            if key and first <= number < first + count
        }


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


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
        seconds=time.monotonic() - started,
        unchanged=unchanged,
    )
