"""The lines of a Markdown file sorted into blocks, marks inside the lines left as they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.types import BlockKind

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?$")
_UNDERLINE = re.compile(r"(=+|-{2,})$")
_RULE = re.compile(r"(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_ITEM = re.compile(r"([*+•·▪◦-]|\d{1,3}[.)])\s+(?=\S)")
_FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
_TABLE_RULE = re.compile(r"[\s:|-]*-[\s:|-]*$")
_DEFINITION = re.compile(r"\[[^\]]+\]:\s*\S+(?:\s+\"[^\"]*\")?$")
_MARKS = frozenset("#=-*_+|`~•·▪◦[0123456789")


@dataclass(slots=True)
class RawBlock:
    """A block as it stands in the file."""

    kind: BlockKind
    lines: list[str]
    level: int = 0
    marker: str = ""
    """What a list item began with: "-", "*", "1." and so on."""
    verbatim: bool = False
    """Code: its marks are part of it."""


@dataclass(slots=True)
class _Splitter:
    """Reads line by line; a block is whole when something else begins."""

    blocks: list[RawBlock] = field(default_factory=list)
    closed: bool = True
    """The last block takes no more lines."""
    fence: str = ""
    """The mark that ends the code block being read."""

    def read(self, line: str) -> None:
        stripped = line.strip()
        if stripped.startswith(">"):
            stripped = stripped.lstrip("> ")
        if self.fence:
            self._read_code(stripped)
        elif not stripped:
            self.closed = True
        elif stripped[0] not in _MARKS or not self._read_marked(stripped):
            self._read_text(stripped, indented=line.startswith(("  ", "\t")))

    def _read_marked(self, line: str) -> bool:
        """Take a line that may begin with a mark; whether it did."""
        if heading := _HEADING.match(line):
            self._add(RawBlock(BlockKind.HEADING, [heading[2] or ""], len(heading[1])), closed=True)
        elif self._is_text_open() and _UNDERLINE.match(line):
            self.blocks[-1].kind = BlockKind.HEADING
            self.blocks[-1].level = 1 if line[0] == "=" else 2
            self.closed = True
        elif _RULE.match(line) or _DEFINITION.match(line):
            self.closed = True
        elif fence := _FENCE.match(line):
            self.fence = fence[0]
            self._add(RawBlock(BlockKind.PARAGRAPH, [], verbatim=True), closed=True)
        elif line[0] == "|":
            if not _TABLE_RULE.match(line):
                self._add(RawBlock(BlockKind.TABLE_ROW, [line]), closed=True)
        elif item := _ITEM.match(line):
            self._add(RawBlock(BlockKind.LIST_ITEM, [line[item.end() :]], marker=item[1]))
        else:
            return False
        return True

    def _read_text(self, line: str, *, indented: bool) -> None:
        """Take a line of text: the next of its block, or the first of a new paragraph."""
        last = self.blocks[-1] if self.blocks else None
        inside_item = indented and last is not None and last.kind is BlockKind.LIST_ITEM
        if last is not None and (inside_item or not self.closed):
            last.lines.append(line)
            self.closed = False
        else:
            self._add(RawBlock(BlockKind.PARAGRAPH, [line]))

    def _read_code(self, line: str) -> None:
        if line.startswith(self.fence) and not line.strip(self.fence[0]):
            self.fence = ""
        else:
            self.blocks[-1].lines.append(line)

    def _add(self, block: RawBlock, *, closed: bool = False) -> None:
        self.blocks.append(block)
        self.closed = closed

    def _is_text_open(self) -> bool:
        return not self.closed and self.blocks[-1].kind is BlockKind.PARAGRAPH


def split_blocks(lines: Iterable[str]) -> list[RawBlock]:
    """Return the blocks of a Markdown file, in order."""
    splitter = _Splitter()
    for line in lines:
        splitter.read(line)
    return splitter.blocks
