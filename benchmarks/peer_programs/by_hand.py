"""sentence-transformers and FAISS directly: paragraphs in a flat index."""

import json
import sys
from pathlib import Path

import faiss
from sentence_transformers import SentenceTransformer

_CHARACTERS = 1000
_NEAREST = 50


def paragraphs(text: str) -> list[str]:
    """Return a text split between paragraphs into chunks of about a thousand characters."""
    parts, part = [], ""
    for paragraph in text.split("\n\n"):
        if part and len(part) + len(paragraph) > _CHARACTERS:
            parts.append(part)
            part = ""
        part += paragraph + "\n\n"
    return [*parts, part] if part.strip() else parts


def index(documents: Path, store: Path, model: SentenceTransformer) -> None:
    """Embed all paragraphs of a folder."""
    store.mkdir(parents=True, exist_ok=True)
    texts, paths = [], []
    for file in sorted(documents.rglob("*.md")):
        for part in paragraphs(file.read_text(encoding="utf-8")):
            texts.append(part)
            paths.append(file.relative_to(documents).as_posix())
    vectors = model.encode_document(texts, normalize_embeddings=True)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    faiss.write_index(flat, str(store / "vectors.faiss"))
    (store / "paths.json").write_text(json.dumps(paths))


def ask(store: Path, model: SentenceTransformer) -> None:
    """Answer each line of standard input with the documents nearest to it."""
    flat = faiss.read_index(str(store / "vectors.faiss"))
    paths = json.loads((store / "paths.json").read_text())
    for question in sys.stdin:
        vector = model.encode_query([question.strip()], normalize_embeddings=True)
        _, found = flat.search(vector, min(_NEAREST, flat.ntotal))
        print(json.dumps(list(dict.fromkeys(paths[one] for one in found[0]))), flush=True)


if __name__ == "__main__":
    what, documents, store, model = sys.argv[1:]
    if what == "index":
        index(Path(documents), Path(store), SentenceTransformer(model))
    else:
        ask(Path(store), SentenceTransformer(model))
