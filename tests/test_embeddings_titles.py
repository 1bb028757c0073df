"""Titles that most documents share are replaced: they tell none of them from the others."""

from contextlib import closing
from pathlib import Path

from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.index.catalog import Catalog
from embeddings.index.manifest import CATALOG
from embeddings.models.static import StaticEmbedder

SUBJECTS = ("Bibliotek", "Simhall", "Återvinning", "Förskola", "Parkering")
PAGE = """<html lang="sv"><head><title>Norrby kommun</title></head><body>
<h2>{0}</h2><p>Här finns allt om {1}. Öppet varje vardag.</p></body></html>"""


def titles(documents: Path, store: Path, model: StaticEmbedder) -> dict[str, str]:
    """Re-embed; return the title of each document."""
    build_index(documents, store, model, progress=lambda *_: None)
    current = Store(store).current()
    assert current
    with closing(Catalog.open(current / CATALOG)) as catalog:
        return {path: catalog.document(path).title for path in catalog.files()}


def write_pages(folder: Path, subjects: tuple[str, ...]) -> None:
    folder.mkdir(exist_ok=True)
    for subject in subjects:
        page = PAGE.format(subject, subject.lower())
        (folder / f"{subject}.html").write_text(page, encoding="utf-8")


def test_pages_with_the_title_of_their_site_get_that_of_their_first_heading(
    tmp_path: Path, model: StaticEmbedder
) -> None:
    write_pages(tmp_path / "docs", SUBJECTS)
    found = titles(tmp_path / "docs", tmp_path / "store", model)
    assert found == {f"{subject}.html": subject for subject in SUBJECTS}


def test_a_page_added_later_does_too(tmp_path: Path, model: StaticEmbedder) -> None:
    write_pages(tmp_path / "docs", SUBJECTS)
    titles(tmp_path / "docs", tmp_path / "store", model)
    write_pages(tmp_path / "docs", ("Båtplatser",))
    found = titles(tmp_path / "docs", tmp_path / "store", model)
    assert found["Båtplatser.html"] == "Båtplatser"
    assert found["Simhall.html"] == "Simhall"


def test_a_shared_heading_is_told_apart_by_the_date_or_else_by_the_name_of_the_file(
    tmp_path: Path, model: StaticEmbedder
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for name in ("styrelsen", "valberedningen", "festkommittén", "båtgruppen"):
        (folder / f"{name}.md").write_text(f"# Protokoll\n\nMötet i {name}.\n", encoding="utf-8")
    (folder / "2025-03-04.md").write_text("# Protokoll\n\nMars.\n", encoding="utf-8")
    found = titles(folder, tmp_path / "store", model)
    assert found["styrelsen.md"] == "Protokoll (styrelsen)"
    assert found["2025-03-04.md"] == "Protokoll"


def test_a_title_of_few_or_of_less_than_half_stays(tmp_path: Path, model: StaticEmbedder) -> None:
    folder = tmp_path / "docs"
    write_pages(folder, SUBJECTS[:4])
    assert set(titles(folder, tmp_path / "few", model).values()) == {"Norrby kommun"}
    write_pages(folder, SUBJECTS)
    for number in range(6):
        text = f"# Rubrik {number}\n\nText nummer {number}.\n"
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    assert titles(folder, tmp_path / "half", model)["Simhall.html"] == "Norrby kommun"
