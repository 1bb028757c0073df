"""Finds lines that recur in many documents: notices, footers, texts about the site."""

import re
from array import array
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nlargest, nsmallest
from itertools import islice, takewhile, zip_longest
from typing import Self
from zlib import crc32

from corpus.languages.base import compiled
from corpus.languages.international import NAME_PARTICLES
from corpus.languages.known import all_of, either
from corpus.types import Block, BlockKind, Document, Span

_EDGE_LINES = 12
"""The frame of a document is looked for in this many lines at the top and bottom."""
# How many documents must have a line in their frame before it is a notice: 4 of 35, 12 of 500, and
# 2 % of a large collection, where a sentence may close a hundred texts and be meant.
_EDGE_POWER = 0.4
_EDGE_SHARE = 0.02
_REPEATED = 3
"""How often a longer line must occur in one document to be boilerplate by itself."""
_REPEATED_WORDS = 4
FEWEST_ANYWHERE = 5
"""How many documents, and at least half of all, must have a line in their body before it is a
notice."""

# Informative lines need more documents than menus or addresses.
_TELLING_FEWEST = 50
_TELLING_SHARE = 0.05
COPIED_SHARE = 0.8
"""From this share of common lines on, a document is a copy of another and not counted."""
_TELLTALES = 3
"""Copies are found by this many of the longest lines of a document."""
_MOST_COMPARED = 2000
"""How many lines of a long document are compared: those with the lowest checksums."""

_FIGURE = re.compile(r"\d")
_SOMEONE = re.compile(
    rf"(?<=[^\W_] )[A-ZÅÄÖ][a-zåäöé]+(?: (?:(?:{NAME_PARTICLES}) )?[A-ZÅÄÖ][a-zåäöé]+)+"
)
_HAPPENED = re.compile(rf"\b(?:{either(lambda w: w.pages.happened)})\b")
# A line about the page or site itself, or to its reader.
_OF_THE_PAGE = compiled(either(lambda w: w.pages.of_the_page))
# "Archived on 31 January 2025": a date in a notice about the page is not informative.
_OF_A_SITE = compiled(either(lambda w: w.pages.of_a_site))
_LABEL = re.compile(r"[A-ZÅÄÖ][^:.\n]{0,40}: *\S")
_WORD = re.compile(r"[^\W\d_][\w-]*")
_JOINING = frozenset((*all_of(lambda w: w.pages.within_names), *NAME_PARTICLES.split("|")))
_END_MARKS = " .,;:!?…"


@dataclass(frozen=True, slots=True)
class Recurring:
    """Recurring lines, left out of the search; equal if the lines are."""

    keys: frozenset[str]
    """The folded lines: lower case, without punctuation at the end."""
    lines: tuple[tuple[str, int], ...] = field(default=(), compare=False)
    """Each line as written, and the number of documents that contain it; most frequent first."""

    @classmethod
    def known(cls, lines: Iterable[tuple[str, int]]) -> Self:
        """Return lines that were found to recur before."""
        told = tuple(lines)
        return cls(frozenset(_key(line) for line, _ in told), told)

    def __or__(self, other: "Recurring") -> "Recurring":
        """Return the lines of both."""
        more = tuple(line for line in other.lines if _key(line[0]) not in self.keys)
        return Recurring(self.keys | other.keys, self.lines + more)

    def spans(self, document: Document) -> tuple[Span, ...]:
        """Return the spans of the lines in a document's text, sorted and disjoint."""
        if not self.keys:
            return ()
        return tuple(
            span
            for block in _open_to_doubt(document)
            for span, line in _lines(document, block)
            if _key(line) in self.keys
        )


@dataclass(slots=True)
class _Count:
    """Counts collected from a stream of documents.

    Lines are identified by hashes, since the lines themselves take as much memory as the
    collection.
    """

    beside: int = 0
    """Number of documents in the collection that are not examined."""
    documents: int = 0
    standing: Counter[int] = field(default_factory=Counter)
    """The number of documents that contain each line, by hash."""
    written: dict[int, str] = field(default_factory=dict)
    """The text of lines that occurred more than once."""
    repeated: set[int] = field(default_factory=set)
    """Lines that occur several times in the frame of one document."""
    known: "dict[int, array[int]]" = field(default_factory=dict)
    """Hashed lines of a document, by each of its longest ones, to find copies."""
    edges: "list[array[int]]" = field(default_factory=list)
    """The lines of each document from the top down, and from the bottom up."""

    def add(self, document: Document) -> None:
        doubtful: set[int] = set()  # Where the candidate paragraphs start.
        within: Counter[int] = Counter()
        long: set[int] = set()
        for block in _open_to_doubt(document):
            doubtful.add(block.start)
            for _, line in _lines(document, block):
                text = _key(line)
                key = hash(text)
                within[key] += 1
                if _is_long(text):
                    long.add(key)
                if key in self.standing or within[key] > 1:
                    self.written.setdefault(key, line)
        if self._is_copy(document):
            return
        self.documents += 1
        self.standing.update(within.keys())
        for step in (1, -1):  # from the top down, from the bottom up
            edge = list(islice(_edge(document, doubtful, step), _EDGE_LINES))
            # The same sentence may close each section of a text and be meant. It is noise if only
            # other such lines come between its occurrences.
            often = Counter(takewhile(lambda key: within[key] >= _REPEATED, edge))
            self.repeated.update(key for key in often if often[key] > 1 and key in long)
            self.edges.append(array("q", edge))

    def _is_copy(self, document: Document) -> bool:
        """Whether nearly all of a document occurs in another one: then its lines are no frame."""
        text = document.text
        lengths: dict[int, int] = {}
        for block in document.blocks:
            line = _key(text[block.start : block.end]).encode()
            lengths[crc32(line)] = len(line)
        longest = nlargest(_TELLTALES, lengths, key=lengths.__getitem__)
        keys = frozenset(nsmallest(_MOST_COMPARED, lengths))
        for key in longest:
            others = frozenset(self.known.get(key, ()))
            if len(keys & others) >= COPIED_SHARE * len(keys | others):
                return True
        packed = array("q", keys)
        for key in longest:
            self.known.setdefault(key, packed)
        return False

    def recurring(self) -> Recurring:
        """Return the recurring lines according to the counts."""
        documents = self.documents + self.beside
        at_edge = max(2, round(documents**_EDGE_POWER), round(documents * _EDGE_SHARE))
        anywhere = max(FEWEST_ANYWHERE, documents / 2)
        in_frames = self._doubtful(self.repeated) | self._standing_in(at_edge)
        keys = self._standing_in(anywhere)
        for edge in self.edges:
            keys.update(takewhile(in_frames.__contains__, edge))
        keys = {key for key in keys if self._is_furniture(key)} | self._doubtful(self.repeated)
        lines = [(self.written[key], self.standing[key]) for key in keys]
        lines.sort(key=lambda x: (-x[1], x[0]))
        return Recurring.known(lines)

    def _is_furniture(self, key: int) -> bool:
        """Whether a recurring line has no content of its own, like menus, notices and addresses."""
        line = self.written[key]
        if _SOMEONE.search(line):
            return False
        tells = (_FIGURE.search(line) and not _OF_A_SITE.search(line)) or (
            line.endswith(".") and _HAPPENED.search(line) and not _OF_THE_PAGE.search(line)
        )
        documents = self.documents + self.beside
        enough = max(_TELLING_FEWEST, documents * _TELLING_SHARE)
        return not tells or self.standing[key] >= enough

    def _standing_in(self, fewest: float) -> set[int]:
        return self._doubtful(key for key, count in self.standing.items() if count >= fewest)

    def _doubtful(self, keys: Iterable[int]) -> set[int]:
        return {key for key in keys if not _says_who_or_where(self.written[key])}


def find_recurring(documents: Iterable[Document], beside: int = 0) -> Recurring:
    """Return the lines that recur: in many frames, in most documents, or often in one.

    Headings, lists, tables, names, and labels with values ("Place: Town hall") are never included,
    since the minutes of an association repeat them and mean them each time. The documents may be
    additions to a collection of `beside` others, which are not counted.
    """
    count = _Count(beside)
    for document in documents:
        count.add(document)
    return count.recurring()


def _open_to_doubt(document: Document) -> Iterator[Block]:
    """Yield the candidate paragraphs: all but lead-ins of lists and what follows them."""
    announced = False
    after = islice(document.blocks, 1, None)
    for block, following in zip_longest(document.blocks, after):
        leads_in = document.text[block.end - 1] == ":"
        listed = following is not None and following.kind is BlockKind.LIST_ITEM
        if block.kind is BlockKind.PARAGRAPH and not (announced or leads_in or listed):
            yield block
        announced = leads_in


def _lines(document: Document, block: Block) -> list[tuple[Span, str]]:
    """Return a paragraph's lines, joining those that continue in lower case."""
    text = document.text
    lines: list[tuple[Span, str]] = []
    start = block.start
    while start < block.end:
        end = text.find("\n", start, block.end)
        while end != -1 and text[end + 1].islower():
            end = text.find("\n", end + 1, block.end)
        end = block.end if end == -1 else end
        lines.append(((start, end), text[start:end]))
        start = end + 1
    return lines


def _edge(document: Document, doubtful: Container[int], step: int) -> Iterator[int]:
    """Yield the hashed lines of paragraphs, up to one that cannot be part of a frame."""
    blocks = iter(document.blocks) if step > 0 else reversed(document.blocks)
    for block in blocks:
        if block.start in doubtful:
            yield from (hash(_key(line)) for _, line in _lines(document, block)[::step])
        elif document.text[block.start : block.end] != document.title:
            return


def _key(line: str) -> str:
    """Return the folded form of a line; its spaces were folded when it was read."""
    return line.casefold().rstrip(_END_MARKS)


def _is_long(key: str) -> bool:
    return key.count(" ") >= _REPEATED_WORDS - 1


def _says_who_or_where(line: str) -> bool:
    """Whether a line is a label with its value, or little but names."""
    if _LABEL.match(line):
        return True
    words = [word for word in _WORD.findall(line) if word not in _JOINING]
    named = sum(word[0].isupper() for word in words)
    return len(words) > 1 and named >= len(words) * 0.6 and not any(map(str.isdigit, line))
