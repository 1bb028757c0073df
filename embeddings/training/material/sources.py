"""Reads training texts: parallel pairs, glosses, and half of a Swedish corpus."""

import hashlib
import re
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.words import split_words

TERMS: Final = Path(__file__).parent / "terms.txt"
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS: Final = re.compile(r"^[#>\-*+\s]+|[*_`\\|]+")
_GLOSS: Final = re.compile(r"^(.*?)\s*\((.*)\)\s*$")


@dataclass(frozen=True, slots=True)
class Pair:
    """A Swedish text and its English translation."""

    swedish: str
    english: str
    source: str
    kind: str
    """"sent", "term" or "word"."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """A Swedish word, an English one, and the meaning of the English one."""

    swedish: str
    english: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Article:
    """A document of the corpus, as paragraphs without Markdown."""

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
    """Whether a document is kept for evaluation: half of them, by the parity of a digest."""
    return hashlib.sha256(path.encode()).digest()[-1] % 2 == 1


def read_articles(archive: Path) -> list[Article]:
    """Read the Markdown documents of a tar file, in the order of their paths."""
    articles = []
    # Read in archive order: seeking back in a compressed archive starts it over.
    with tarfile.open(archive) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.name.endswith(".md") else None
            if content is not None:
                path = member.name.removeprefix("./")
                articles.append(parse_article(path, content.read().decode("utf-8")))
    return sorted(articles, key=lambda article: article.path)


def parse_article(path: str, markdown: str) -> Article:
    """Reduce Markdown to a title and plain paragraphs."""
    lines = [line for line in markdown.splitlines() if line.strip()]
    plain = [_MARKS.sub("", _LINK.sub(r"\1", line)).strip() for line in lines]
    title = plain[0] if lines and lines[0].startswith("#") else ""
    body = plain[1:] if title else plain
    return Article(path, title, tuple(line for line in body if line))


def read_terms() -> dict[str, dict[tuple[str, ...], float]]:
    """Read this project's own terms: Swedish words and their equally likely translations."""
    terms = {}
    for line in TERMS.read_text(encoding="utf-8").splitlines():
        swedish, found, english = line.partition("=")
        words = split_words(swedish)
        if found and len(words) == 1 and not line.startswith("#"):
            phrases = [tuple(split_words(phrase)) for phrase in english.split("/")]
            terms[words[0]] = {phrase: 1 / len(phrases) for phrase in phrases}
    return terms
