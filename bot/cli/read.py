"""`citera read`: shows a file as Citera sees it.

The first thing to look at when an answer is missing.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.cli.terminal import note, say
from bot.settings import Settings
from bot.texts.printable import on_one_line
from corpus.errors import UserError
from corpus.files import read_bytes
from corpus.formats.registry import format_of
from corpus.reading import read_file
from corpus.structure.passages import cut_passages
from corpus.structure.rows import row_as_pairs
from corpus.types import Document, ItemList, Section, Skipped
from embeddings.engines.opening import open_store

_INDENT: Final = "  "
_MOST_PACKED: Final = 20
"""How many documents packed in one file are shown."""


def show_file(file: Path, settings: Settings) -> int:
    """Print a file's sections, times, units, lists and what was left out; return the exit code."""
    if not file.is_file():
        raise UserError(f"There is no file {file}.")
    folder = settings.documents_dir.resolve()
    inside = folder in file.resolve().parents
    outcomes = read_file(folder if inside else file.resolve().parent, file.resolve())
    failed = False
    for number, outcome in enumerate(outcomes):
        if number == _MOST_PACKED:
            note(f"Only the first {_MOST_PACKED} documents packed in it are shown.")
            break
        if isinstance(outcome, Skipped):
            note(f"{outcome.path}: {outcome.reason}")
            failed = True
            continue
        for line in [*_head(outcome), *_body(outcome), *_left_out(outcome, file, settings)]:
            say(line)
    return int(failed)


def _head(document: Document) -> Iterator[str]:
    """Yield the path and title, and a line about the whole document."""
    yield f"{document.path}: {on_one_line(document.title)}"
    about = (
        f"language {document.language}",
        f"published {document.published or 'unknown'}",
        f"{len(document.sections)} sections",
        f"{len(document.lists)} lists",
        f"{len(cut_passages(document))} passages",
        document.url or "",
    )
    yield ", ".join(filter(None, about))


def _body(document: Document) -> Iterator[str]:
    """Yield each heading with its time, followed by its units and lists, in document order."""
    parts = [(section.start, 0, _section(section)) for section in document.sections]
    for one in document.lists:
        parts.extend((one.start, 2, line) for line in _list(document, one))
    for passage in cut_passages(document):
        for start, end in passage.units:
            unit = on_one_line(document.text[start:end].replace("\n", " / "))
            parts.append((start, 1, f"{_INDENT}- {unit}"))
    yield from (line for _, _, line in sorted(parts, key=lambda part: part[:2]))


def _section(section: Section) -> str:
    when = "/".join(dict.fromkeys(section.time)) if section.time else ""
    path = " > ".join(section.path) or "(the whole document)"
    return f"\n{on_one_line(path)}{f'  [{when}]' if when else ''}"


def _list(document: Document, one: ItemList) -> Iterator[str]:
    kind = "table" if one.columns else "list"
    yield f"{_INDENT}{kind} {on_one_line(one.label)!r} of {len(one.items)}:"
    for item in one.items:
        yield f"{_INDENT * 2}* {on_one_line(row_as_pairs(document, item, one.columns))}"


def _left_out(document: Document, file: Path, settings: Settings) -> Iterator[str]:
    """Yield what the reader of the format left out, and lines that recur in many documents."""
    known = format_of(file.name)
    parts = known.read(read_bytes(file, known.largest)).left_out if known else ()
    lines = [f"{_INDENT}{part.reason}: {on_one_line(part.text)}" for part in parts]
    lines += [
        f"{_INDENT}recurs in {count} documents: {on_one_line(line)}"
        for line, count in _recurring(settings)
        if line in document.text
    ]
    if lines:
        yield "\nLeft out:"
        yield from lines


def _recurring(settings: Settings) -> list[tuple[str, int]]:
    """Return the recurring lines of the index with their counts; empty if there is no index."""
    try:
        store = open_store(settings.store_dir, settings.store_url)
        return store.open_current(lambda generation: generation.manifest().recurring)
    except UserError:
        return []
