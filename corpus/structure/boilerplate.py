"""Lines that recur over the documents of a folder: notices, footers, texts about the site."""

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
"""Lines at the top and at the bottom of a document among which its frame is looked for."""
# Documents in whose frames a line stands before it is a notice: 4 of 35, 12 of 500, and a
# fiftieth of a large collection, where a sentence may well close a hundred texts and be meant.
_EDGE_POWER = 0.4
_EDGE_SHARE = 0.02
_REPEATED = 3
"""Times a line of some length stands in one document before its frame alone tells on it."""
_REPEATED_WORDS = 4
_FEWEST_ANYWHERE = 5
"""Documents that hold a line of their middle, half of all at least, before it is a notice."""

# A line that tells something takes more documents than a menu or an address does.
_TELLING_FEWEST = 50
_TELLING_SHARE = 0.05
_COPIED_SHARE = 0.8
"""Share of lines in common from which one document is a copy of another, and not counted."""
_TELLTALES = 3
"""Longest lines of a document by which its copies are looked for."""
_MOST_COMPARED = 2000
"""Lines of a long document that are compared: those whose checksums are the lowest."""

_FIGURE = re.compile(r"\d")
_SOMEONE = re.compile(
    rf"(?<=[^\W_] )[A-ZÅÄÖ][a-zåäöé]+(?: (?:(?:{NAME_PARTICLES}) )?[A-ZÅÄÖ][a-zåäöé]+)+"
)
_HAPPENED = re.compile(rf"\b(?:{either(lambda w: w.pages.happened)})\b")
# A line about the page or site itself, or to its reader.
_OF_THE_PAGE = compiled(either(lambda w: w.pages.of_the_page))
# "Archived on 31 January 2025": of a notice about the page a date tells nothing of the matter.
_OF_A_SITE = compiled(either(lambda w: w.pages.of_a_site))
_LABEL = re.compile(r"[A-ZÅÄÖ][^:.\n]{0,40}: *\S")
_WORD = re.compile(r"[^\W\d_][\w-]*")
_JOINING = frozenset((*all_of(lambda w: w.pages.within_names), *NAME_PARTICLES.split("|")))
_END_MARKS = " .,;:!?…"


@dataclass(frozen=True, slots=True)
class Recurring:
    """Lines that recur, to be left out of what is searched; equal when the lines are."""

    keys: frozenset[str]
    """The lines folded: lower case, no punctuation at the end."""
    lines: tuple[tuple[str, int], ...] = field(default=(), compare=False)
    """Each line as it is written, and the number of documents it stands in; most first."""

    @classmethod
    def known(cls, lines: Iterable[tuple[str, int]]) -> Self:
        """Take lines that were found to recur before."""
        told = tuple(lines)
        return cls(frozenset(_key(line) for line, _ in told), told)

    def __or__(self, other: "Recurring") -> "Recurring":
        """Return the lines of both."""
        more = tuple(line for line in other.lines if _key(line[0]) not in self.keys)
        return Recurring(self.keys | other.keys, self.lines + more)

    def spans(self, document: Document) -> tuple[Span, ...]:
        """Return where the lines stand in the document's text, in order and disjoint."""
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
    """What is counted while the documents pass by.

    Lines are known by their hashes: all of them, as they stand, were as large as the collection.
    """

    beside: int = 0
    """Documents of the collection that are not looked at."""
    documents: int = 0
    standing: Counter[int] = field(default_factory=Counter)
    """In how many documents each line stands; lines are told apart by their hashes."""
    written: dict[int, str] = field(default_factory=dict)
    """How a line that was met more than once is written."""
    repeated: set[int] = field(default_factory=set)
    """Lines that stand several times in the frame of one document."""
    known: "dict[int, array[int]]" = field(default_factory=dict)
    """Lines of a document, hashed, for each of its longest, by which copies are known."""
    edges: "list[array[int]]" = field(default_factory=list)
    """The lines from the top of each document down, and from the bottom up."""

    def add(self, document: Document) -> None:
        doubtful: set[int] = set()  # where the paragraphs in doubt start
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
            # The same sentence may well close each section of a text and be meant. It is noise
            # where it returns with nothing but other such lines between.
            often = Counter(takewhile(lambda key: within[key] >= _REPEATED, edge))
            self.repeated.update(key for key in often if often[key] > 1 and key in long)
            self.edges.append(array("q", edge))

    def _is_copy(self, document: Document) -> bool:
        """Whether nearly all that the document says stands in another: it is no frame then."""
        text = document.text
        lengths: dict[int, int] = {}
        for block in document.blocks:
            line = _key(text[block.start : block.end]).encode()
            lengths[crc32(line)] = len(line)
        longest = nlargest(_TELLTALES, lengths, key=lengths.__getitem__)
        keys = frozenset(nsmallest(_MOST_COMPARED, lengths))
        for key in longest:
            others = frozenset(self.known.get(key, ()))
            if len(keys & others) >= _COPIED_SHARE * len(keys | others):
                return True
        packed = array("q", keys)
        for key in longest:
            self.known.setdefault(key, packed)
        return False

    def recurring(self) -> Recurring:
        """Judge the lines by what was counted."""
        documents = self.documents + self.beside
        at_edge = max(2, round(documents**_EDGE_POWER), round(documents * _EDGE_SHARE))
        anywhere = max(_FEWEST_ANYWHERE, documents / 2)
        in_frames = self._doubtful(self.repeated) | self._standing_in(at_edge)
        keys = self._standing_in(anywhere)
        for edge in self.edges:
            keys.update(takewhile(in_frames.__contains__, edge))
        keys = {key for key in keys if self._is_furniture(key)} | self._doubtful(self.repeated)
        lines = [(self.written[key], self.standing[key]) for key in keys]
        lines.sort(key=lambda x: (-x[1], x[0]))
        return Recurring.known(lines)

    def _is_furniture(self, key: int) -> bool:
        """Whether a line that recurs says nothing of its own, as menus, notices, addresses do."""
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
    """Return the lines that recur: in the frames of many documents, in most, or often in one.

    Headings, lists, tables, names, and labels with their values ("Place: Town hall") are never
    among them, since the minutes of an association repeat those and mean them each time. The
    documents may be those that came to a collection `beside`, of which none is counted.
    """
    count = _Count(beside)
    for document in documents:
        count.add(document)
    return count.recurring()


def _open_to_doubt(document: Document) -> Iterator[Block]:
    """Yield the paragraphs, but those that lead into a list or follow a lead-in."""
    announced = False
    after = islice(document.blocks, 1, None)
    for block, following in zip_longest(document.blocks, after):
        leads_in = document.text[block.end - 1] == ":"
        listed = following is not None and following.kind is BlockKind.LIST_ITEM
        if block.kind is BlockKind.PARAGRAPH and not (announced or leads_in or listed):
            yield block
        announced = leads_in


def _lines(document: Document, block: Block) -> list[tuple[Span, str]]:
    """Return a paragraph's lines; those that go on with a small letter belong to one line."""
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
    """Yield the lines of the paragraphs, hashed, until something that is no frame stands."""
    blocks = iter(document.blocks) if step > 0 else reversed(document.blocks)
    for block in blocks:
        if block.start in doubtful:
            yield from (hash(_key(line)) for _, line in _lines(document, block)[::step])
        elif document.text[block.start : block.end] != document.title:
            return


def _key(line: str) -> str:
    """Return the line as it is compared; its spaces were folded when it was read."""
    return line.casefold().rstrip(_END_MARKS)


def _is_long(key: str) -> bool:
    return key.count(" ") >= _REPEATED_WORDS - 1


def _says_who_or_where(line: str) -> bool:
    """Whether the line is a label with its value, or hardly anything but names."""
    if _LABEL.match(line):
        return True
    words = [word for word in _WORD.findall(line) if word not in _JOINING]
    named = sum(word[0].isupper() for word in words)
    return len(words) > 1 and named >= len(words) * 0.6 and not any(map(str.isdigit, line))
