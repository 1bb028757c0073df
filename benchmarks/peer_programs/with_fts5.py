"""SQLite's full-text search alone: any word of the question, ranked by BM25."""

import json
import re
import sqlite3
import sys
from pathlib import Path

_NEAREST = 50


def index(documents: Path, store: Path) -> None:
    """Put every document into a table."""
    store.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(store / "documents.sqlite")
    connection.execute("CREATE VIRTUAL TABLE documents USING fts5(path UNINDEXED, text)")
    connection.executemany(
        "INSERT INTO documents VALUES (?, ?)",
        (
            (file.relative_to(documents).as_posix(), file.read_text(encoding="utf-8"))
            for file in sorted(documents.rglob("*.md"))
        ),
    )
    connection.commit()
    connection.close()


def ask(store: Path) -> None:
    """Answer each line of standard input with the documents that match it best."""
    connection = sqlite3.connect(store / "documents.sqlite")
    for question in sys.stdin:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        rows = connection.execute(
            "SELECT path FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT ?",
            (words, _NEAREST),
        )
        print(json.dumps([path for (path,) in rows]), flush=True)


if __name__ == "__main__":
    what, documents, store, _ = sys.argv[1:]
    if what == "index":
        index(Path(documents), Path(store))
    else:
        ask(Path(store))
