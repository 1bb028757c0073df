"""Splits the lines of a Markdown file into blocks, with inline marks kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.types import BlockKind

_HASHES = re.compile(r"(#{1,6})(?:[ \t]+|$|(?<=##)(?=[^#\W])|(?=[A-ZÅÄÖ][^#]*$))")
"""The start of a heading; the space may be missing unless it could be a tag such as "#budget"."""
_UNDERLINE = re.compile(r"(=+|-{2,})$")
_RULE_MARKS = frozenset("*-_ \t")
_ITEM = re.compile(r"([*+•·▪◦-]|\d{1,3}[.)])\s+(?=\S)")
_FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
_TABLE_MARKS = frozenset("|:- \t")
_DEFINITION = re.compile(r"\[(?!\^)[^\]]+\]:\s*\S+(?:\s+\"[^\"]*\")?$")
_CALLOUT = re.compile(r"\[![\w-]{1,30}\][+-]?\s*")
_HTML = re.compile(
    r"<(table|ul|ol|dl|details|div|section|article|center|p|h[1-6])\b", re.IGNORECASE
)
_CLOSED_HTML = frozenset(("table", "ul", "ol", "dl"))
"""Elements that are read up to their end tag; others up to an empty line."""
_BOLD_LABEL = re.compile(r"(\*\*|__)(?=\S)[^*_\n]{1,80}(?:\1:?$|:\1|\1:)")
_CODE_INDENT = ("    ", "\t")
_MARKS = frozenset("#=-*_+|`~•·▪◦[:<0123456789")


@dataclass(slots=True)
class RawBlock:
    """A block as written in the file."""

    kind: BlockKind
    lines: list[str]
    level: int = 0
    marker: str = ""
    """The marker of a list item: "-", "*", "1." and so on."""
    verbatim: bool = False
    """Code, where marks are content."""
    is_head: bool = False
    """Whether it is the table row with the column heads."""
    is_html: bool = False
    after_gap: bool = False
    """Whether an empty line precedes it."""


@dataclass(slots=True)
class _Splitter:
    """Processes lines; a block is complete when another one starts."""

    blocks: list[RawBlock] = field(default_factory=list)
    closed: bool = True
    """Whether the last block takes no more lines."""
    fence: str = ""
    """The fence of the current code block."""
    indents: list[int] = field(default_factory=list)
    """Indentation of the items around the last one, and its own."""
    in_table: bool = False
    gap: bool = False
    """Whether the line before was empty."""
    html_end: str = ""
    """The end tag of the current HTML; "" if an empty line ends it."""
    in_html: bool = False

    def read(self, line: str) -> None:
        stripped = line.strip()
        if stripped.startswith(">"):
            stripped = stripped.lstrip("> ")
        if self.fence:
            self._read_code(stripped)
        elif self.in_html:
            self._read_html(stripped)
        elif callout := _CALLOUT.match(stripped):
            self._add(RawBlock(BlockKind.PARAGRAPH, [stripped[callout.end() :]]), closed=True)
        elif not stripped:
            self.closed, self.in_table, self.gap = True, False, True
        else:
            self._read_line(stripped, line)

    def _read_line(self, line: str, whole: str) -> None:
        """Process a line with text, stripped and as it is."""
        if self._is_code(whole):
            self._read_indented(line)
        elif self.in_table and "|" in line:
            self._add(RawBlock(BlockKind.TABLE_ROW, [line]), closed=True)
        elif line[0] not in _MARKS or not (
            self._read_mark(line) or self._read_item(line, whole) or self._read_tag(line)
        ):
            self._read_text(line, indented=whole.startswith(("  ", "\t")))

    def _read_mark(self, line: str) -> bool:
        """Process a line that may start with a mark; return whether it did."""
        if hashes := _HASHES.match(line):
            text = _without_closing(line[hashes.end() :])
            self._add(RawBlock(BlockKind.HEADING, [text], len(hashes[1])), closed=True)
        elif self._is_text_open() and _is_table_rule(line) and "|" in self.blocks[-1].lines[-1]:
            self._begin_table()
        elif self._is_text_open() and _UNDERLINE.match(line):
            self.blocks[-1].kind = BlockKind.HEADING
            self.blocks[-1].level = 1 if line[0] == "=" else 2
            self.closed = True
        elif _is_rule(line) or _DEFINITION.match(line):
            self.closed = True
        elif fence := _FENCE.match(line):
            self.fence = fence[0]
            self._add(RawBlock(BlockKind.PARAGRAPH, [], verbatim=True), closed=True)
        elif line[0] == "|":
            self._read_row(line)
        else:
            return False
        return True

    def _read_item(self, line: str, whole: str) -> bool:
        """Process a line that may be a list item or a definition; return whether it was."""
        if item := _ITEM.match(line):
            indent = len(whole.expandtabs(4)) - len(whole.expandtabs(4).lstrip())
            depth, rest = self._depth(indent), line[item.end() :]
            self._add(RawBlock(BlockKind.LIST_ITEM, [rest], level=depth, marker=item[1]))
        elif line.startswith(": ") and self.blocks and self.blocks[-1].kind in _TERM_KINDS:
            self._read_definition(line[2:].strip())
        else:
            return False
        return True

    def _read_tag(self, line: str) -> bool:
        """Process a line that may start HTML; return whether it did."""
        if html := _HTML.match(line):
            tag = html[1].lower()
            self.html_end = f"</{tag}" if tag in _CLOSED_HTML else ""
            self.in_html = True
            self._add(RawBlock(BlockKind.PARAGRAPH, [], is_html=True), closed=True)
            self._read_html(line)
        return html is not None

    def _read_text(self, line: str, *, indented: bool) -> None:
        """Process a line of text: continue its block, or start a paragraph."""
        last = self.blocks[-1] if self.blocks else None
        after_item = last is not None and last.kind is BlockKind.LIST_ITEM
        inside_item = indented and after_item
        # By CommonMark, a line continues the item before it, but a label is not meant so.
        labels = after_item and not indented and _BOLD_LABEL.match(line)
        if last is not None and not labels and (inside_item or not self.closed):
            last.lines.append(line)
            self.closed = False
        else:
            self._add(RawBlock(BlockKind.PARAGRAPH, [line]))

    def _read_code(self, line: str) -> None:
        if line.startswith(self.fence) and not line.strip(self.fence[0]):
            self.fence = ""
        else:
            self.blocks[-1].lines.append(line)

    def _is_code(self, line: str) -> bool:
        """Whether an indented line is code; a list may be indented by mistake."""
        if not line.startswith(_CODE_INDENT) or self.indents or _ITEM.match(line.lstrip()):
            return False
        return self.closed

    def _read_indented(self, line: str) -> None:
        if self.blocks and self.blocks[-1].verbatim and self.blocks[-1].level == -1:
            self.blocks[-1].lines.append(line)
        else:
            self._add(RawBlock(BlockKind.PARAGRAPH, [line], level=-1, verbatim=True), closed=True)

    def _read_html(self, line: str) -> None:
        self.blocks[-1].lines.append(line)
        self.in_html = bool(line or self.html_end)
        if self.html_end and self.html_end in line.lower():
            self.in_html = False

    def _read_row(self, line: str) -> None:
        if not _is_table_rule(line):
            self._add(RawBlock(BlockKind.TABLE_ROW, [line]), closed=True)
        elif self.blocks and self.blocks[-1].kind is BlockKind.TABLE_ROW:
            before = self.blocks[-2] if len(self.blocks) > 1 else None
            first = before is None or before.kind is not BlockKind.TABLE_ROW
            self.blocks[-1].is_head = first or self.blocks[-1].after_gap

    def _begin_table(self) -> None:
        """Turn the last line of the open paragraph into the head of a table."""
        head = self.blocks[-1].lines.pop()
        if not self.blocks[-1].lines:
            self.blocks.pop()
        self._add(RawBlock(BlockKind.TABLE_ROW, [head], is_head=True), closed=True)
        self.in_table = True

    def _read_definition(self, text: str) -> None:
        """Join a definition with its term on the line before."""
        last = self.blocks[-1]
        if last.marker == ":":
            last.lines.append(text)
            return
        term = last.lines.pop()
        if not last.lines:
            self.blocks.pop()
        self._add(RawBlock(BlockKind.LIST_ITEM, [f"{term}: {text}"], level=1, marker=":"))

    def _depth(self, indent: int) -> int:
        """Return the nesting depth of an item from its indentation, 1 being the outermost."""
        while self.indents and self.indents[-1] >= indent:
            self.indents.pop()
        self.indents.append(indent)
        return len(self.indents)

    def _add(self, block: RawBlock, *, closed: bool = False) -> None:
        block.after_gap, self.gap = self.gap, False
        self.blocks.append(block)
        self.closed = closed
        if block.kind is not BlockKind.LIST_ITEM:
            self.indents.clear()

    def _is_text_open(self) -> bool:
        return not self.closed and self.blocks[-1].kind is BlockKind.PARAGRAPH


_TERM_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def _without_closing(text: str) -> str:
    """Return a heading's text without closing hashes."""
    bare = text.rstrip("#")
    return text if bare == text or (bare and not bare[-1].isspace()) else bare.rstrip()


def _is_rule(line: str) -> bool:
    marks = set(line) - {" ", "\t"}
    return len(marks) == 1 and marks <= _RULE_MARKS and line.count(line[0]) >= 3


def _is_table_rule(line: str) -> bool:
    return "-" in line and _TABLE_MARKS.issuperset(line)


def split_blocks(lines: Iterable[str]) -> list[RawBlock]:
    """Return the blocks of a Markdown file, in order."""
    splitter = _Splitter()
    for line in lines:
        splitter.read(line)
    return splitter.blocks
