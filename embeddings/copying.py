"""Copies an index from one store to another, of any engine."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from corpus.errors import UserError
from corpus.types import Passage
from embeddings.build import write_parts
from embeddings.engines.files import FileGeneration
from embeddings.engines.protocol import Generation
from embeddings.engines.storage import Store
from embeddings.index.manifest import CATALOG, Manifest, checksums
from embeddings.reembed.catalog_writing import NewCatalog
from embeddings.reembed.checkpoint import Checkpoint
from embeddings.reembed.keys import key_of
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Embedder, Progress, Source

_TOGETHER: Final = 200
"""How many documents are read at a time."""
_ALL: Final = 2**31
"""More passages than any document has."""


def copy_index(source: Store, target: Store, embedder: Embedder, progress: Progress) -> Manifest:
    """Copy the current generation of a store to another one, and make it current there.

    The previous generation there is kept for rollback. UserError if the source has no generation,
    it was built with another model, or the target cannot be written.
    """
    generation = source.open_current(lambda one: one)
    with target.locked():
        if generation.name not in target.kept() and not _is_made_in(target, generation.name):
            folder = target.begin()
            try:
                if isinstance(generation, FileGeneration):
                    shutil.copytree(generation.folder, folder, dirs_exist_ok=True)
                else:
                    _write_files(generation, folder, target, embedder, progress)
                final = target.finish(folder)
            except OSError as error:
                raise UserError(f"The copy could not be written ({error}).") from error
            finally:
                target.discard(folder)
            PassageIndex.open(final, embedder).close()
            name = final.name
        else:
            name = generation.name
        before = target.current_name()
        target.make_current(name)
        target.prune(1, before)
    return generation.manifest()


def _is_made_in(target: Store, name: str) -> bool:
    """Return whether a generation was built in the store's folder, whichever engine serves it."""
    try:
        target.path_of(name)
    except UserError:
        return False
    return True


def _write_files(
    generation: Generation, folder: Path, target: Store, embedder: Embedder, progress: Progress
) -> None:
    """Write the files of a generation, with its vectors, from what its engine returns."""
    told = generation.manifest()
    with (
        closing(PassageIndex.open(generation, embedder)) as index,
        closing(Checkpoint(target.folder, told.fingerprint, embedder.dimension)) as vectors,
        closing(NewCatalog.create(folder / CATALOG)) as catalog,
    ):
        paths = index.catalog.paths()
        for first in range(0, len(paths), _TOGETHER):
            some = paths[first : first + _TOGETHER]
            passages = index.catalog.passages_around(dict.fromkeys(some, ()), _ALL, 0)
            for path in some:
                catalog.add(
                    index.catalog.document(path),
                    [one for _, _, one in passages.get(path, ())],
                    index.catalog.left_out(path),
                )
            for keys, found in _vectors_of(index, passages):
                vectors.add(keys, found)
            progress("copy", first + len(some), len(paths))
        languages = catalog.number_passages()
        write_parts(folder, catalog, None, languages, None, embedder, embedder, vectors, progress)
    vectors.remove()
    replace(told, languages=languages, files=checksums(folder)).write(folder)


def _vectors_of(
    index: PassageIndex, passages: dict[str, list[tuple[int, Source, Passage]]]
) -> Iterator[tuple[list[bytes], np.ndarray]]:
    """Yield the keys and vectors of passages, grouped by language."""
    every = [one for found in passages.values() for one in found]
    for part in index.partitions:
        here = [one for one in every if one[0] in part]
        if part.dense and here:
            numbers = np.array([number for number, _, _ in here], dtype=np.int64) - part.first
            yield [key_of(source, one) for _, source, one in here], part.dense.vectors(numbers)
