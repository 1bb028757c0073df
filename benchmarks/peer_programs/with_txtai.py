"""txtai, with the instructions that its documentation gives for such a model."""

import json
import sys
from pathlib import Path

from txtai import Embeddings

_NEAREST = 50
_CHARACTERS = 1000


def paragraphs(text: str) -> list[str]:
    """Return a text split between paragraphs into chunks of about a thousand characters."""
    parts, part = [], ""
    for paragraph in text.split("\n\n"):
        if part and len(part) + len(paragraph) > _CHARACTERS:
            parts.append(part)
            part = ""
        part += paragraph + "\n\n"
    return [*parts, part] if part.strip() else parts


def index(documents: Path, store: Path, model: str) -> None:
    """Embed all paragraphs of a folder."""
    instructions = {"query": "query: ", "data": "passage: "}
    embeddings = Embeddings(path=model, content=True, instructions=instructions)
    embeddings.index(
        {"path": file.relative_to(documents).as_posix(), "text": part}
        for file in sorted(documents.rglob("*.md"))
        for part in paragraphs(file.read_text(encoding="utf-8"))
    )
    embeddings.save(str(store))


def ask(store: Path) -> None:
    """Answer each line of standard input with the documents nearest to it."""
    embeddings = Embeddings()
    embeddings.load(str(store))
    for question in sys.stdin:
        found = embeddings.search(
            "SELECT path, score FROM txtai WHERE similar(:asked)",
            limit=_NEAREST,
            parameters={"asked": question.strip()},
        )
        print(json.dumps(list(dict.fromkeys(one["path"] for one in found))), flush=True)


if __name__ == "__main__":
    what, documents, store, model = sys.argv[1:]
    if what == "index":
        index(Path(documents), Path(store), model)
    else:
        ask(Path(store))
