"""Readers using sentence-transformers: any cross-encoder, and the bundled one in torch."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import torch
from safetensors.torch import load_file
from sentence_transformers import CrossEncoder
from sentence_transformers.base.modules import InputModule
from tokenizers import Tokenizer
from torch import Tensor

from corpus.errors import UserError
from embeddings.models.hub import load_model, weights_fingerprint
from embeddings.models.reader import LONGEST, WEIGHTS, joined
from embeddings.models.reader_network import Network, Shape
from embeddings.models.turns import Turns
from embeddings.types import ToRead, UnitVerdict, Verdict


class CrossEncoderReader:
    """Scores each unit on its own with a cross-encoder; the answer is the whole unit."""

    def __init__(self, name: str, batch_size: int = 32) -> None:
        """Load a model by name or folder; UserError if it is not available."""
        self.name = name
        self._batch_size = batch_size
        self._turns = Turns()
        self._model: CrossEncoder = load_model(
            CrossEncoder, name, "READER_MODEL", activation_fn=torch.nn.Identity()
        )
        if self._model.num_labels != 1:
            raise UserError(
                f"READER_MODEL={name} gives more than one score, so it is not a reranker."
            )

    @property
    def fingerprint(self) -> str:
        """Digest of the weights."""
        return weights_fingerprint(self.name, self._model.state_dict())

    def read(self, question: str, passages: Sequence[ToRead]) -> list[Verdict]:
        """Return a verdict for each passage, in their order."""
        pairs = [
            (question, joined(passage.head, passage.text[start:end]))
            for passage in passages
            for start, end in passage.units
        ]
        if not pairs:
            return [Verdict(0.0, ()) for _ in passages]
        with self._turns:
            scored = self._model.predict(pairs, self._batch_size, show_progress_bar=False)
        scores = iter(scored.tolist())
        return [_verdict([(next(scores), unit) for unit in one.units]) for one in passages]


def _verdict(scored: Sequence[tuple[float, tuple[int, int]]]) -> Verdict:
    best = max((score for score, _ in scored), default=0.0)
    return Verdict(best, tuple(UnitVerdict(score, unit, 1.0) for score, unit in scored))


class ReaderModule(InputModule):
    """The bundled reader as the module of a `CrossEncoder`: scores question and passage."""

    def __init__(self, network: Network, tokenizer: Tokenizer) -> None:
        super().__init__()
        self.network = network
        self.tokenizer = tokenizer
        self.tokenizer.enable_truncation(LONGEST, strategy="only_second")
        self.tokenizer.enable_padding(pad_id=1, pad_token="<pad>")  # noqa: S106 - no password

    @classmethod
    def load(cls, model_name_or_path: str, *_: Any, **options: Any) -> Self:  # noqa: ARG003
        """Read a reader's folder, converting its weights back to floats."""
        folder = Path(model_name_or_path)
        shape = Shape(**json.loads((folder / "config.json").read_text(encoding="utf-8")))
        network = Network(shape)
        network.load_state_dict(_floats(folder))
        return cls(network, Tokenizer.from_file(str(folder / "tokenizer.json")))

    def preprocess(
        self,
        inputs: Sequence[Any],
        prompt: str | None = None,  # noqa: ARG002
        **options: Any,  # noqa: ARG002
    ) -> dict[str, Tensor]:
        """Return the pieces of pairs of question and passage."""
        encodings = self.tokenizer.encode_batch([tuple(pair) for pair in inputs])
        return {
            "input_ids": torch.tensor([one.ids for one in encodings]),
            "attention_mask": torch.tensor([one.attention_mask for one in encodings]),
        }

    def forward(self, features: dict[str, Tensor], **options: Any) -> dict[str, Tensor]:  # noqa: ARG002
        """Add the score of each pair."""
        scores, _ = self.network(features["input_ids"], features["attention_mask"])
        return features | {"scores": scores[:, None]}

    def save(self, output_path: str, *_: Any, **options: Any) -> None:
        """Not supported: copy the original folder instead."""
        raise NotImplementedError("Copy the folder that the reader was loaded from.")


def _floats(folder: Path) -> dict[str, Tensor]:
    """Return the weights of a reader's folder for the torch network."""
    stored: dict[str, Tensor] = {}
    for name in WEIGHTS:
        stored |= load_file(folder / name)
    state: dict[str, Tensor] = {}
    for name, tensor in stored.items():
        own = name.removesuffix(".weight")
        if name.endswith((".scale", ".evened")):
            continue
        if tensor.dtype != torch.int8:
            state[name] = tensor
        elif name == "words.weight":
            state[name] = tensor.float() * stored[f"{own}.scale"][:, None]
        else:
            values = tensor.float() * stored[f"{own}.scale"] * stored[f"{own}.evened"][:, None]
            state[name] = values.T.contiguous()
    return state
