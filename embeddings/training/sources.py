"""The texts the model learns from: parallel pairs, glosses, and half of a Swedish corpus."""

import hashlib
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS: Final = re.compile(r"^[#>\-*+\s]+|[*_`\\|]+")
_GLOSS: Final = re.compile(r"^(.*?)\s*\((.*)\)\s*$")


@dataclass(frozen=True, slots=True)
class Pair:
    """A Swedish text and an English one that say the same."""

    swedish: str
    english: str
    source: str
    kind: str
    """"sent", "term" or "word"."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """A Swedish word, an English one, and what the English one means."""

    swedish: str
    english: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Article:
    """A document of the corpus, its Markdown reduced to paragraphs."""

    path: str
    title: str
    paragraphs: tuple[str, ...]


def read_pairs(file: Path) -> list[Pair]:
    """Read lines of Swedish, English, source and kind, separated by tabs."""
    with file.open(encoding="utf-8") as lines:
        return [Pair(*line.rstrip("\n").split("\t")) for line in lines]


def read_glosses(file: Path) -> list[Gloss]:
    """Read lines of a Swedish word and an English one with its meaning in brackets."""
    glosses = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            swedish, explained = line.rstrip("\n").split("\t")
            match = _GLOSS.match(explained)
            english, meaning = match.groups() if match else (explained, "")
            glosses.append(Gloss(swedish, english, meaning))
    return glosses


def is_held_out(path: str) -> bool:
    """Whether a document is kept for measuring: half of them, by the parity of a digest."""
    return hashlib.sha256(path.encode()).digest()[-1] % 2 == 1


def read_articles(archive: Path) -> Iterator[Article]:
    """Read the Markdown documents of a tar file, in the order of their paths."""
    with tarfile.open(archive) as tar:
        members = [member for member in tar.getmembers() if member.name.endswith(".md")]
        for member in sorted(members, key=lambda member: member.name):
            content = tar.extractfile(member)
            assert content is not None
            yield parse_article(member.name.removeprefix("./"), content.read().decode("utf-8"))


def parse_article(path: str, markdown: str) -> Article:
    """Reduce Markdown to a title and paragraphs without marks."""
    lines = [line for line in markdown.splitlines() if line.strip()]
    plain = [_MARKS.sub("", _LINK.sub(r"\1", line)).strip() for line in lines]
    title = plain[0] if lines and lines[0].startswith("#") else ""
    body = plain[1:] if title else plain
    return Article(path, title, tuple(line for line in body if line))
