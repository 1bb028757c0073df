"""The reader as an ONNX graph, with its weights in safetensors files beside it."""

import json
import struct
from collections.abc import Sequence
from math import prod
from pathlib import Path
from typing import Any, Final

from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, save_model

from embeddings.models.reader_network import EPSILON, Shape

OPSET: Final = 18
OWN: Final = "com.microsoft"
"""ONNX Runtime's own domain of fused operators."""
_KINDS: Final = {"I8": TensorProto.INT8, "F32": TensorProto.FLOAT}


class _Graph:
    """Nodes and weights collected so far."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.weights: list[TensorProto] = []

    def add(self, kind: str, inputs: Sequence[str], out: str, own: bool = False, **how: Any) -> str:
        """Add an operator with one result; return the result's name."""
        domain = OWN if own else ""
        self.nodes.append(helper.make_node(kind, list(inputs), [out], domain=domain, **how))
        return out

    def constant(self, name: str, values: Sequence[int]) -> str:
        """Add a list of integers; return its name."""
        self.weights.append(helper.make_tensor(name, TensorProto.INT64, [len(values)], values))
        return name

    def halves(self, name: str, dims: Sequence[int]) -> str:
        """Add a tensor of 128s, unless it is there already; returns its name."""
        if not self.has(name):
            values = [128] * prod(dims)
            self.weights.append(helper.make_tensor(name, TensorProto.UINT8, dims, values))
        return name

    def has(self, name: str) -> bool:
        """Whether there is a weight of that name."""
        return any(weight.name == name for weight in self.weights)

    def refer(self, file: Path) -> None:
        """Add all weights of a safetensors file by their offsets."""
        with file.open("rb") as content:
            (length,) = struct.unpack("<Q", content.read(8))
            header = json.loads(content.read(length))
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            start, end = entry["data_offsets"]
            tensor = TensorProto(name=name, data_type=_KINDS[entry["dtype"]], dims=entry["shape"])
            tensor.data_location = TensorProto.EXTERNAL
            place = {"location": file.name, "offset": 8 + length + start, "length": end - start}
            for key, value in place.items():
                tensor.external_data.add(key=key, value=str(value))
            self.weights.append(tensor)


def write_graph(folder: Path, shape: Shape) -> None:
    """Write `model.onnx` beside the weights: pieces and mask in, scores and ends out."""
    graph = _Graph()
    for file in sorted(folder.glob("*.safetensors")):
        graph.refer(file)
    states = _embedding(graph)
    graph.add("Cast", ["real"], "mask", to=TensorProto.INT32)
    for number in range(shape.layers):
        states = _block(graph, states, f"blocks.{number}", shape)
    _heads(graph, states)
    save_model(_model(graph), folder / "model.onnx")


def _embedding(graph: _Graph) -> str:
    """Add the embedding of pieces; return the result's name."""
    graph.add("Gather", ["words.weight", "ids"], "words.whole")
    graph.add("Cast", ["words.whole"], "words.float", to=TensorProto.FLOAT)
    graph.add("Gather", ["words.scale", "ids"], "words.scales")
    graph.add("Unsqueeze", ["words.scales", graph.constant("last", [-1])], "words.column")
    graph.add("Mul", ["words.float", "words.column"], "words.vectors")
    graph.add("Shape", ["ids"], "length", start=1, end=2)
    graph.constant("zero", [0])
    graph.add("Slice", ["places", "zero", "length", "zero"], "places.used")
    graph.add("Add", ["words.vectors", "places.used"], "placed")
    norm = ["placed", "norm.weight", "norm.bias"]
    return graph.add("LayerNormalization", norm, "states", epsilon=EPSILON)


def _block(graph: _Graph, states: str, name: str, shape: Shape) -> str:
    mixed = _linear(graph, states, f"{name}.mixed")
    parts = [f"{name}.{part}" for part in ("queries", "keys", "values")]
    graph.nodes.append(helper.make_node("Split", [mixed, _thirds(graph, shape)], parts, axis=-1))
    seen = graph.add(
        "MultiHeadAttention",
        [*parts, "", "mask"],
        f"{name}.seen",
        own=True,
        num_heads=shape.heads,
    )
    joined = _linear(graph, seen, f"{name}.joined")
    states = _added(graph, states, joined, f"{name}.first_norm")
    up = _linear(graph, states, f"{name}.up")
    inner = graph.add("Gelu", [up], f"{name}.inner", own=True)
    return _added(graph, states, _linear(graph, inner, f"{name}.down"), f"{name}.second_norm")


def _thirds(graph: _Graph, shape: Shape) -> str:
    if not graph.has("thirds"):
        graph.constant("thirds", [shape.width] * 3)
    return "thirds"


def _linear(graph: _Graph, states: str, name: str) -> str:
    evened = graph.add("Mul", [states, f"{name}.evened"], f"{name}.in")
    weight, zeros = _unsigned(graph, f"{name}.weight")
    inputs = [evened, weight, f"{name}.scale", zeros, f"{name}.bias"]
    return graph.add("DynamicQuantizeMatMul", inputs, f"{name}.out", own=True)


def _unsigned(graph: _Graph, weight: str) -> tuple[str, str]:
    """Add a weight raised by 128, which the runtime does once as it loads, and its zero points.

    With signed weights, processors without VNNI cut large sums off at 16 bits, so the same reader
    gave other scores on them. With unsigned weights they do not, for a tenth of the speed.
    """
    byte = graph.add("Cast", [weight], f"{weight}.byte", to=TensorProto.UINT8)
    raised = graph.add("BitwiseXor", [byte, graph.halves("half", [])], f"{weight}.raised")
    columns = next(one.dims[1] for one in graph.weights if one.name == weight)
    return raised, graph.halves(f"halves.{columns}", [columns])


def _added(graph: _Graph, states: str, more: str, norm: str) -> str:
    inputs = [states, more, f"{norm}.weight", f"{norm}.bias"]
    kind = "SkipLayerNormalization"
    return graph.add(kind, inputs, f"{norm}.out", own=True, epsilon=EPSILON)


def _heads(graph: _Graph, states: str) -> None:
    """Add the score of each text, from the mean of its pieces, and the answer's ends."""
    graph.add("Cast", ["real"], "weight", to=TensorProto.FLOAT)
    graph.add("Unsqueeze", ["weight", "last"], "weights")
    graph.add("Mul", [states, "weights"], "counted")
    graph.constant("one", [1])
    graph.add("ReduceSum", ["counted", "one"], "sum", keepdims=0)
    graph.add("ReduceSum", ["weights", "one"], "count", keepdims=0)
    graph.add("Div", ["sum", "count"], "mean")
    graph.add("Gemm", ["mean", "answers.weight", "answers.bias"], "column", transB=1)
    graph.add("Squeeze", ["column", "one"], "scores")
    graph.add("Transpose", ["ends.weight"], "ends.turned", perm=[1, 0])
    graph.add("MatMul", [states, "ends.turned"], "ends.product")
    graph.add("Add", ["ends.product", "ends.bias"], "ends")


def _model(graph: _Graph) -> ModelProto:
    def value(name: str, kind: int, *dims: str | int) -> ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, list(dims))

    body = helper.make_graph(
        graph.nodes,
        "reader",
        [value(name, TensorProto.INT64, "texts", "pieces") for name in ("ids", "real")],
        [
            value("scores", TensorProto.FLOAT, "texts"),
            value("ends", TensorProto.FLOAT, "texts", "pieces", 2),
        ],
        graph.weights,
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(OWN, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=8, producer_name="citera")
