"""Names and fields of the collections in Milvus: a list of generations, and data for each.

    citera_generations              the generations, each with its base and the digests of its files
    citera_current                  an alias of the `rows` of the one that answers
    citera_2026..._rows             documents, texts and small files of a generation, by keys
    citera_2026..._sv               its passages of a language: words, vectors, and where they stand

Collections are partitioned by the folder of the documents, whose name is the partition key.
"""

import re
from typing import Any, Final

from pymilvus import DataType

FORMAT: Final = 1
"""Increase it when older collections can no longer be read."""
GENERATIONS: Final = "citera_generations"
CURRENT: Final = "citera_current"
_OF_A_GENERATION: Final = re.compile(r"citera_(\d{8}T\w+)_[a-z]+")
LONGEST: Final = 65_535
_LONGEST_KEY: Final = 8192
_MOST_PARTS: Final = 16

_KEY: Final = {
    "field_name": "key", "datatype": DataType.VARCHAR, "max_length": _LONGEST_KEY,
    "is_primary": True,
}  # fmt: skip
_FOLDER: Final = {
    "field_name": "folder", "datatype": DataType.VARCHAR, "max_length": _LONGEST_KEY,
    "is_partition_key": True,
}  # fmt: skip
_NONE: Final = {"field_name": "none", "datatype": DataType.FLOAT_VECTOR, "dim": 2}
"""Milvus requires a vector in each row, even if there is none."""


def _text(name: str, length: int = LONGEST) -> dict[str, Any]:
    return {"field_name": name, "datatype": DataType.VARCHAR, "max_length": length}


ROWS: Final = (
    _KEY, _FOLDER, {"field_name": "parts", "datatype": DataType.INT64}, _text("told"), _NONE,
)  # fmt: skip
LISTED: Final = (
    _KEY, {"field_name": "kept", "datatype": DataType.BOOL}, _text("told"), _NONE,
)  # fmt: skip
NOT_SEARCHED: Final = {"none": {"index_type": "FLAT", "metric_type": "IP"}}


def passage_fields(dimension: int | None) -> list[dict[str, Any]]:
    """Return the fields of passages, with vectors of that length if they have any."""
    fields = [
        {"field_name": "number", "datatype": DataType.INT64, "is_primary": True},
        _FOLDER,
        _text("path", _LONGEST_KEY),
        _text("place"),
        _text("words"),
        {"field_name": "stems", "datatype": DataType.SPARSE_FLOAT_VECTOR},
    ]
    if dimension:
        fields.append({"field_name": "vector", "datatype": DataType.FLOAT_VECTOR, "dim": dimension})
    return fields


def passage_indexes(*, with_vectors: bool) -> dict[str, dict[str, Any]]:
    """Return the indexes of passages."""
    stems = {"stems": {"index_type": "SPARSE_INVERTED_INDEX", "metric_type": "IP"}}
    near = {
        "vector": {
            "index_type": "HNSW",
            "metric_type": "IP",
            "params": {"M": 16, "efConstruction": 200},
        }
    }
    return stems | near if with_vectors else stems


def parts_for(folders: int) -> int:
    """Return the number of partitions for that many folders."""
    return max(1, min(folders, _MOST_PARTS))


def collection_of(generation: str, what: str) -> str:
    """Return the collection of a generation's rows, or of its passages in a language."""
    return f"citera_{generation.replace('-', '_')}_{what}"


def generation_of(collection: str) -> str | None:
    """Return the name of the generation that a collection belongs to; None for none."""
    found = _OF_A_GENERATION.fullmatch(collection)
    return found[1].replace("_", "-") if found else None
