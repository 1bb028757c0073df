"""Three documents of a club, and their index, for tests of the re-embed."""

from contextlib import closing
from pathlib import Path

from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.models.static import StaticEmbedder
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Query

MINUTES = """# Protokoll januari

## Närvarande

På mötet deltog följande personer:

- Karin Ek
- Bo Lind

## Beslut

Styrelsen beslutade att laga taket. Kostnaden är 40 000 kronor.
"""


def write_documents(folder: Path) -> Path:
    """Write the documents into a new folder, and return it."""
    folder.mkdir()
    (folder / "januari.md").write_text(MINUTES, encoding="utf-8")
    (folder / "mars.md").write_text("# Mars\n\nI mars köpte vi en ny båt.\n", encoding="utf-8")
    (folder / "news.md").write_text(
        "# A new library\n\nThe library opens on 3 May with a party for everyone in the town.\n",
        encoding="utf-8",
    )
    return folder


def rebuild(documents: Path, store: Store, model: StaticEmbedder, **options: int):
    return build_index(documents, store.folder, model, progress=lambda *_: None, **options)


def ask(store: Store, model: StaticEmbedder, question: str, language: str = "sv") -> list[str]:
    with closing(PassageIndex.open(store.current(), model)) as index:
        return [hit.source.path for hit in index.search(Query(question, language), 5)]
