"""Generates more documents by recombining sentences of existing ones."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path

from corpus.languages.detection import detect_language
from corpus.structure.sentences import sentence_spans

_PROSE = re.compile(r"[A-ZÅÄÖ0-9”\"–—].*")


def recombine(source: Path, target: Path, documents: int, seed: int = 1) -> None:
    """Fill a folder with `documents` files: those of the source, and recombined ones.

    A generated document has the structure of an existing one, with its first line and sentences
    from others of the same folder, year and language, so that words and names stay natural.
    Existing files are kept.
    """
    files = sorted(path for path in source.rglob("*.md") if path.is_file())
    for file in files:
        _write(target / file.relative_to(source), file.read_bytes())
    pools = _pools(source, files)
    chosen = random.Random(seed)
    numbers = count(len(files))
    for file in cycle(files):
        number = next(numbers)
        if number >= documents:
            return
        path = target / file.relative_to(source).parent / f"{number}.md"
        lines = _made(file, *pools[_kind(source, file)], chosen)
        _write(path, "\n".join(lines).encode())


def _write(path: Path, content: bytes) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _kind(source: Path, file: Path) -> tuple[str, ...]:
    """Return what two documents must share to exchange sentences."""
    return (*file.relative_to(source).parts[:2], detect_language(file.read_text("utf-8")))


def _pools(source: Path, files: list[Path]) -> dict[tuple[str, ...], tuple[list[str], list[str]]]:
    """Return the first lines and the sentences of the documents of each kind."""
    pools: defaultdict[tuple[str, ...], tuple[list[str], list[str]]]
    pools = defaultdict(lambda: ([], []))
    for file in files:
        titles, sentences = pools[_kind(source, file)]
        first, *lines = file.read_text("utf-8").splitlines() or [""]
        titles.append(first)
        for line in lines:
            sentences += _sentences(line)
    return pools


def _sentences(line: str) -> list[str]:
    if not _PROSE.match(line):
        return []
    return [line[start:end] for start, end in sentence_spans(line, 0, len(line), "sv")]


def _made(
    file: Path, titles: list[str], sentences: list[str], chosen: random.Random
) -> Iterator[str]:
    """Yield the lines of a document with the structure of another."""
    _, *lines = file.read_text("utf-8").splitlines() or [""]
    yield chosen.choice(titles)
    for line in lines:
        size = len(_sentences(line))
        yield " ".join(chosen.choices(sentences, k=size)) if size and sentences else line
