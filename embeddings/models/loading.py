"""Loads the embedder and the reader named in the settings."""

import difflib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from corpus.errors import UserError
from embeddings.models.reader import BUNDLED_READER, GRAPH, WEIGHTS, BundledReader
from embeddings.models.static import StaticEmbedder
from embeddings.types import Embedder, PassageEmbedder, Reader

BUNDLED: Final = "bundled"
OFF: Final = "off"
_ON_A_HUB: Final = re.compile(r"[\w.-]{1,96}/[\w.-]{1,96}")
_EXAMPLE: Final = "intfloat/multilingual-e5-small"


def load_embedder(model: str | None = None) -> Embedder:
    """Return the bundled model, or a sentence-transformers model by name or folder.

    UserError if it can't be loaded; immediately if it is neither a folder nor a valid name on a
    hub.
    """
    if model in (None, "", BUNDLED):
        return StaticEmbedder()
    check_name(model, BUNDLED)
    # torch takes seconds to import, so import it only for transformers.
    with _missing_library_named(model):
        from embeddings.models.transformer import TransformerEmbedder  # noqa: PLC0415

    return TransformerEmbedder(model)


@contextmanager
def embedding_on(
    workers: str | int | None, embedder: Embedder, model: str | None
) -> Iterator[PassageEmbedder]:
    """Yield an object that embeds passages like the named model, on workers if any are set.

    `workers` is a number of local processes or the address of a Dask scheduler. UserError if Dask
    is not installed.
    """
    if workers is None:
        yield embedder
        return
    try:
        # Dask takes a second to import.
        from embeddings.models.spreading import Model, spread  # noqa: PLC0415
    except ImportError as error:
        raise UserError(
            "Embedding on several workers needs Dask, which is not installed. Run: "
            'pip install "citera[dask]"'
        ) from error
    there = Model(load_embedder, model, embedder.fingerprint)
    with spread(there, embedder.dimension, workers) as many:
        yield many


def load_reader(name: str | None = None, threads: int = 2) -> Reader | None:
    """Return the reader that a setting names; None for "off".

    This is the bundled one, a folder with one of the same format, or any sentence-transformers
    cross-encoder by name or folder. UserError if it can't be loaded.
    """
    if name == OFF or (name in (None, "", BUNDLED) and not BUNDLED_READER.exists()):
        return None
    if name in (None, "", BUNDLED):
        return BundledReader(threads=threads)
    check_name(name, BUNDLED, OFF)
    if (Path(name) / GRAPH).exists() and (Path(name) / WEIGHTS[0]).exists():
        return BundledReader(Path(name), threads)
    # torch takes seconds to import, so import it only for other models.
    with _missing_library_named(name):
        from embeddings.models.cross_encoder import CrossEncoderReader  # noqa: PLC0415

    return CrossEncoderReader(name)


def check_name(model: str, *words: str) -> None:
    """Raise UserError if a name is neither a possible model nor one of the keywords."""
    # Of a name that is too long, or of another user who does not exist, the system raises these.
    with suppress(OSError, RuntimeError, ValueError):
        if Path(model).expanduser().is_dir():
            return
    if near := difflib.get_close_matches(model.lower(), words, n=1):
        raise UserError(f"There is no model {model}. Did you mean: {near[0]}")
    if not _ON_A_HUB.fullmatch(model) or model.startswith("."):
        raise UserError(f"The model {model} is neither a folder nor a name such as {_EXAMPLE}.")


@contextmanager
def _missing_library_named(model: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        message = (
            f"The model {model} needs {error.name or 'sentence-transformers'}, which is not "
            "installed. Run: pip install sentence-transformers; or leave the setting empty for the "
            "bundled model, which does not need it."
        )
        raise UserError(message) from error
