"""The bundled reader: judges whether passages answer a question, using ONNX Runtime."""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from corpus.errors import UserError
from corpus.types import Span
from embeddings.models.answer_spans import judge
from embeddings.models.turns import Turns
from embeddings.types import ToRead, Verdict

BUNDLED_READER: Final = Path(__file__).parent / "bundled_reader"
GRAPH: Final = "model.onnx"
WEIGHTS: Final = ("words.safetensors", "layers.safetensors")
LONGEST: Final = 288
"""Maximum pieces of question and passage; longer passages are truncated."""
LONGEST_QUESTION: Final = 300
LONGEST_HEAD: Final = 200
"""Maximum characters of the head, so that there is room for the text."""
BETWEEN: Final = " | "
"""Separates a passage's head from its text."""
REMEMBERED: Final = 4096


def joined(head: str, text: str) -> str:
    """Return a passage's head and text as one text."""
    return head + BETWEEN + text if head else text


class BundledReader:
    """Reads each passage on its own, several in parallel.

    Texts are not padded, so the score of a passage depends only on the question and itself, and can
    be cached. Thread-safe; calls take turns.
    """

    def __init__(self, folder: Path = BUNDLED_READER, threads: int = 2) -> None:
        """Load the model in `folder`; UserError if there is no valid one."""
        self.name = "bundled" if folder == BUNDLED_READER else str(folder)
        self._folder = folder
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = _open(folder / GRAPH)
        # The tokenizer and the runtime raise plain exceptions.
        except Exception as error:
            raise UserError(f"The reader in {folder} cannot be loaded: {error}") from error
        self._tokenizer.enable_truncation(LONGEST, strategy="only_second")
        self._workers = ThreadPoolExecutor(threads, thread_name_prefix="reader")
        self._remembered: OrderedDict[tuple[str, ToRead], Verdict] = OrderedDict()
        self._turns = Turns()

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the weights and the tokenizer."""
        digest = hashlib.sha256()
        for name in ("tokenizer.json", GRAPH, *WEIGHTS):
            digest.update((self._folder / name).read_bytes())
        return f"reader-{digest.hexdigest()[:16]}"

    def read(self, question: str, passages: Sequence[ToRead]) -> list[Verdict]:
        """Return a verdict for each passage, in their order."""
        with self._turns:
            return self._read(question[:LONGEST_QUESTION], passages)

    def _read(self, question: str, passages: Sequence[ToRead]) -> list[Verdict]:
        new = {passage for passage in passages if (question, passage) not in self._remembered}
        # Longest first, so that no thread is left alone with a long one at the end.
        ordered = sorted(new, key=lambda passage: (-len(passage.text), passage.text))
        verdicts = self._workers.map(lambda passage: self._judge(question, passage), ordered)
        for passage, verdict in zip(ordered, verdicts, strict=True):
            self._remembered[question, passage] = verdict
        found = [self._remembered[question, passage] for passage in passages]
        while len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        return found

    def _judge(self, question: str, passage: ToRead) -> Verdict:
        head = passage.head[:LONGEST_HEAD]
        before = len(joined(head, ""))
        encoding = self._tokenizer.encode(question, joined(head, passage.text))
        ids = np.array([encoding.ids], dtype=np.int64)
        scores, ends = self._session.run(None, {"ids": ids, "real": np.ones_like(ids)})
        numbers, pieces = _pieces(encoding, before, passage.text)
        likely: NDArray[np.float32] = ends[0, numbers]
        return judge(float(scores[0]), likely, pieces, passage.units)


def _pieces(encoding: Encoding, before: int, text: str) -> tuple[list[int], list[Span]]:
    """Return which pieces belong to the text, and their offsets in it without spaces."""
    numbers, pieces = [], []
    for number, part in enumerate(encoding.sequence_ids):
        start, end = (place - before for place in encoding.offsets[number])
        if part == 1 and (word := text[max(start, 0) : max(end, 0)].lstrip()):
            numbers.append(number)
            pieces.append((end - len(word), end))
    return numbers, pieces


def _open(graph: Path) -> Any:
    """Return the runtime's session; each call runs in the calling thread only."""
    # Import the runtime only if a reader is used.
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
