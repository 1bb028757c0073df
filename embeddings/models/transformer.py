"""Any sentence-transformers model, by name or path, with its own prompts.

Nothing else in the project imports torch, which alone takes seconds.
"""

import hashlib
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
from huggingface_hub import constants
from sentence_transformers import SentenceTransformer

from corpus.errors import UserError
from embeddings.models.static import normalised
from embeddings.types import Progress, Vectors

_CALL: Final = 64
"""Texts embedded between two reports of progress, for which a question has to wait."""
_HUB_ANSWERS_WITHIN: Final = 5.0
"""Seconds; the hub's own client would try for more than a minute."""
# What the library, the hub client and the readers of weights raise in one case or another.
_FAILURES: Final = (OSError, ValueError, RuntimeError, KeyError, TypeError, ImportError)


class TransformerEmbedder:
    """Embeds text with a sentence-transformers model; vectors are scaled to unit length.

    Any number of threads may use it, in turn: a tokenizer serves one at a time.
    """

    languages: frozenset[str] | None = None

    def __init__(self, name: str, batch_size: int = 32, device: str | None = None) -> None:
        """Load the model of that name or in that folder; UserError where it can't be had."""
        self.name = name
        self._batch_size = batch_size
        self._model = _load(name, device)
        self._next, self._busy = threading.Lock(), threading.Lock()

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def fingerprint(self) -> str:
        """Digest of the weights and of the prompts put before questions and passages."""
        digest = hashlib.blake2b(digest_size=8)
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.detach().cpu().float().contiguous().numpy().tobytes())
        digest.update(repr(sorted(self._model.prompts.items())).encode())
        return f"{Path(self.name).name}-{digest.hexdigest()}"

    def embed_passages(self, texts: Sequence[str], progress: Progress) -> Vectors:
        """Embed texts that will be found; shape (len(texts), dimension), rows of unit length."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        # Texts of a length go together, so that little is padding.
        order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
        for start in range(0, len(texts), _CALL):
            numbers = order[start : start + _CALL]
            batch = [texts[number] for number in numbers]
            with self._turn():
                vectors[numbers] = self._model.encode_document(
                    batch, batch_size=self._batch_size, show_progress_bar=False
                )
            progress("embed", start + len(batch), len(texts))
        return normalised(vectors)

    def embed_question(self, text: str) -> Vectors:
        """Embed a question; shape (dimension,)."""
        with self._turn():
            vector = self._model.encode_query(text, show_progress_bar=False)
        return normalised(np.asarray(vector, dtype=np.float32))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Keep other threads out, and let one that waits go first next time.

        With one lock alone a re-embed would take it again before a question got it.
        """
        with self._next:
            self._busy.acquire()
        try:
            yield
        finally:
            self._busy.release()


def _load(name: str, device: str | None) -> SentenceTransformer:
    """Load a model from its folder or what was downloaded before, else from the hub."""
    folder = Path(name).expanduser()
    known = str(folder) if folder.is_dir() else name
    try:
        return SentenceTransformer(known, device=device, local_files_only=True)
    except _FAILURES as error:
        if folder.is_dir() or constants.HF_HUB_OFFLINE:
            raise UserError(_cannot_load(name, str(error))) from error
    _require_hub(name)
    try:
        return SentenceTransformer(name, device=device)
    except _FAILURES as error:
        raise UserError(_cannot_load(name, str(error))) from error


def _require_hub(name: str) -> None:
    """Raise UserError where the hub of models does not answer."""
    address = f"{constants.ENDPOINT}/api/models/{name}"
    try:
        urllib.request.urlopen(address, timeout=_HUB_ANSWERS_WITHIN).close()  # noqa: S310  # http(s)
    except urllib.error.HTTPError as error:
        if error.code in {401, 404}:
            reason = f"{constants.ENDPOINT} has no such model, or not for everybody"
            raise UserError(_cannot_load(name, reason)) from error
    except (OSError, ValueError) as error:
        reason = f"it has not been downloaded yet, and {constants.ENDPOINT} cannot be reached"
        raise UserError(_cannot_load(name, reason)) from error


def _cannot_load(name: str, told: str) -> str:
    reason = told.strip().split("\n")[0][:200].rstrip(".")
    return (
        f"The model EMBEDDING_MODEL={name} cannot be loaded: {reason}. Give the folder of a "
        "downloaded model, or leave EMBEDDING_MODEL empty: the bundled model needs no network."
    )
