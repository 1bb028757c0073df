"""Measures the samples in every format: how much is read, found and located correctly.

PYTHONPATH=. python -m benchmarks.formats [--files FOLDER] [--only WRITER]

The Markdown samples are converted by `benchmarks.format_writers`, read, and asked the same
questions. For each writer it prints the share of words lost, the share of the questions answered
correctly from Markdown that are still answered correctly, valid quotes, and the units whose page,
slide or row is right according to another program.
"""

import argparse
import json
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import openpyxl
import pptx

from benchmarks.cases import read_here
from benchmarks.format_writers import CONVERTED, DIRECT, write_all
from bot.answer.answerer import Answerer
from bot.question.reading import clean_question
from corpus.formats.text.front_matter import split_front_matter
from corpus.reading import read_document, read_file
from corpus.structure.passages import cut_passages
from corpus.structure.sections import place_at
from corpus.types import Document
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.models.loading import load_embedder, load_reader
from embeddings.types import Embedder, Reader

SAMPLES: Final = Path("corpus/samples")
QUESTIONS: Final = Path("tests/golden/samples.jsonl")
_ENDINGS: Final = {".md", *(f".{one}" for _, one in CONVERTED.values())} | {
    ending for ending, _ in DIRECT.values()
}
_ENDING: Final = re.compile(rf"(?:{'|'.join(map(re.escape, _ENDINGS))})(?:/.*)?$")
_SEEN_BEFORE: Final = ("libreoffice odp", "libreoffice ods", "libreoffice csv")
_WORDS: Final = re.compile(r"\w+")
_PLACE: Final = re.compile(r"(?:p\.|slide|row) (\d+)")


@dataclass(frozen=True, slots=True)
class Figures:
    """Results for the files of one writer."""

    lost: float
    right: frozenset[str]
    """Ids of the questions answered right."""
    quotes: int
    valid: int
    places: int
    placed: int


def main() -> None:
    """Write, read and ask; print a line for each writer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=Path, help="where the files are written, or are already")
    parser.add_argument("--only", help="only writers whose name holds this")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.files or Path(scratch) / "files"
        questions = list(_questions())
        sources = sorted({one["docs"][0].removesuffix(".md") for one in questions})
        for name in sources:
            target = folder / "markdown" / f"{name}.md"
            target.parent.mkdir(parents=True, exist_ok=True)
            # Other formats have no front matter.
            source = (SAMPLES / f"{name}.md").read_text(encoding="utf-8")
            target.write_text(split_front_matter(source)[1], encoding="utf-8")
        write_all([(name, folder / "markdown" / f"{name}.md") for name in sources], folder)
        measured = partial(
            measure, questions=questions, embedder=load_embedder(None), reader=load_reader(None)
        )
        plain = measured(folder, "markdown")
        print(f"{len(sources)} texts, {len(questions)} questions, {len(plain.right)} right")
        print(f"{'writer':<18} words lost   right  valid quotes  places right")
        for writer in (*DIRECT, *CONVERTED):
            if (options.only or "") in writer:
                _print(writer, measured(folder, writer), plain)


def _questions() -> Iterator[dict[str, Any]]:
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        documents = entry.get("docs", [])
        if documents and documents[0].endswith(".md"):
            yield entry


def _print(writer: str, found: Figures, plain: Figures) -> None:
    right = len(plain.right & found.right) / len(plain.right)
    places = f"{found.placed / found.places:.3f} of {found.places}" if found.places else "-"
    lost = ", ".join(sorted(plain.right - found.right))
    print(
        f"{writer:<18} {found.lost:10.2%}  {right:6.3f}  {found.valid:5} of {found.quotes:<5}"
        f" {places:>15}  {lost}",
        flush=True,
    )


def measure(
    folder: Path,
    writer: str,
    *,
    questions: list[dict[str, Any]],
    embedder: Embedder,
    reader: Reader | None,
) -> Figures:
    """Return the results for the files of one writer."""
    root = folder / writer
    files = sorted(file for file in root.rglob("*") if file.suffix in _ENDINGS)
    documents = {one.path: one for file in files for one in _read(root, file)}
    places = [
        right
        for file in files
        for right in _places(file, documents.get(str(file.relative_to(root))), folder / writer)
    ]
    right, quotes, valid = set[str](), 0, 0
    with tempfile.TemporaryDirectory() as store:
        build_index(root, Path(store), embedder, progress=lambda *_: None, keep=0, read=read_here)
        with closing(Answerer(Store(Path(store)), embedder, reader=reader)) as answerer:
            for entry in questions:
                answer = answerer.answer(clean_question(entry["question"]))
                for one in answer.citations:
                    text = documents[one.document].text
                    quotes += 1
                    valid += text[one.quote_start : one.quote_end] == one.quote
                if any(_answers(one.document, one.quote, entry) for one in answer.citations):
                    right.add(entry["id"])
    lost = _lost(folder / "markdown", documents)
    return Figures(lost, frozenset(right), quotes, valid, len(places), sum(places))


def _read(root: Path, file: Path) -> Iterator[Document]:
    """Yield the documents in a file."""
    return (one for one in read_file(root, file) if isinstance(one, Document))


def _source(path: str) -> str:
    """Return the source that a document was written from."""
    return _ENDING.sub("", path)


def _answers(path: str, quote: str, entry: dict[str, Any]) -> bool:
    """Whether a quote is from a document that answers, and contains one of the answers."""
    names = {_source(document) for document in entry["docs"]}
    said = _plain(quote)
    return _source(path) in names and any(
        _plain(words) in said or said in _plain(words) for words in entry["evidence"]
    )


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(text.casefold()))


def _lost(source: Path, documents: dict[str, Document]) -> float:
    """Return the share of the Markdown's words missing in the other format's texts."""
    lost = asked = 0
    have: dict[str, Counter[str]] = defaultdict(Counter)
    for path, document in documents.items():
        have[_source(path)].update(_WORDS.findall(f"{document.title} {document.text}".casefold()))
    for name, found in have.items():
        written = read_document(source, source / f"{name}.md")
        words = Counter(_WORDS.findall(written.text.casefold()))
        lost, asked = lost + (words - found).total(), asked + words.total()
    return lost / asked


def _places(file: Path, document: Document | None, root: Path) -> Iterator[bool]:
    """Yield for each unit whether the page, slide or row in its citation contains it."""
    holds = _holders().get(file.suffix)
    if holds is None or document is None:
        return
    if root.name in _SEEN_BEFORE:
        # Files converted by LibreOffice have the slides and rows of their originals.
        before = CONVERTED[root.name][0]
        file = (root.parent / before / file.relative_to(root)).with_suffix(DIRECT[before][0])
    pages = [_squeezed(text) for text in holds(file)]
    for passage in cut_passages(document):
        for start, end in passage.units:
            said = _PLACE.search(place_at(document, start))
            # Programs read a table by rows or by columns: in both, cells stay whole.
            first = _squeezed(re.split(r" \| |\n", document.text[start:end])[0])[:24]
            number = int(said[1]) if said else 0
            yield 0 < number <= len(pages) and first in pages[number - 1]


def _squeezed(text: str) -> str:
    """Return only letters and digits, since programs join and split lines differently."""
    return "".join(_WORDS.findall(text.casefold()))


def _holders() -> dict[str, Callable[[Path], list[str]]]:
    office = {".odp": _slides, ".ods": _rows, ".csv": _rows}
    return {".pdf": _pages, ".pptx": _slides, ".xlsx": _rows} | office


def _pages(file: Path) -> list[str]:
    """Return the text of each page, as poppler reads it."""
    text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout
    return text.decode().split("\f")


def _slides(file: Path) -> list[str]:
    """Return the text of each slide, as python-pptx reads it."""
    texts = []
    for slide in pptx.Presentation(str(file)).slides:
        parts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        parts += [
            cell.text
            for shape in slide.shapes
            if shape.has_table
            for row in shape.table.rows
            for cell in row.cells
        ]
        texts.append(" ".join(parts))
    return texts


def _rows(file: Path) -> list[str]:
    """Return the text of each row, as openpyxl reads it."""
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    return [" ".join(str(cell.value or "") for cell in row) for row in sheet.iter_rows()]


if __name__ == "__main__":
    main()
