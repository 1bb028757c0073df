"""Paragraphs whose lines are a list: names under "At the meeting were:" and similar."""

import re
from collections.abc import Sequence

from corpus.formats.parsed import TextBuilder
from corpus.formats.text.plain_lines import SHORT_LINE
from corpus.languages.known import either
from corpus.types import BlockKind

_RUNS_ON = re.compile(rf"(?:[,;]|\b(?:{either(lambda w: w.texts.joins)}))\s*$")
_SENTENCE_END = (".", "!", "?")
_MANY_COMMAS = 2
"""From this many commas on, a line has several items rather than one with its role."""


def add_paragraph(builder: TextBuilder, lines: Sequence[str], *, apart: bool = False) -> None:
    """Add lines as a paragraph, or as list items after a lead-in that ends with ":".

    With `apart`, each line is its own paragraph.
    """
    start = 0
    for position, line in enumerate(lines):
        if line.rstrip().endswith(":"):
            _add_part(builder, lines[start : position + 1], apart=apart)
            start = position + 1
    _add_part(builder, lines[start:], apart=apart)


def _add_part(builder: TextBuilder, lines: Sequence[str], *, apart: bool) -> None:
    """Add lines of which only the last can be a lead-in."""
    announced = builder.last_block.endswith(":")
    expected = announced or _is_roll(builder, lines)
    if expected and _is_list(lines):
        for line in lines:
            builder.add(BlockKind.LIST_ITEM, line)
    elif apart and not (expected and _has_commas(lines)):
        for line in lines:
            builder.add(BlockKind.PARAGRAPH, line)
    else:
        builder.add(BlockKind.PARAGRAPH, "\n".join(lines))


def _is_roll(builder: TextBuilder, lines: Sequence[str]) -> bool:
    """Whether lines right under a heading such as "Present" are names rather than sentences."""
    return builder.under_section_heading() and not any(
        ": " in line or line.rstrip().endswith(_SENTENCE_END) for line in lines
    )


def _has_commas(lines: Sequence[str]) -> bool:
    """Whether lines are one comma-separated list, broken at full lines."""
    inner = [line.rstrip(" ,;") for line in lines[:-1]]
    return sum(line.count(",") >= _MANY_COMMAS for line in inner) * 2 > len(inner)


def _is_list(lines: Sequence[str]) -> bool:
    """Whether lines without markers are items: short, and not one sentence over several lines."""
    if len(lines) < 2 or any(len(line) > SHORT_LINE for line in lines):
        return False
    inner = [line.rstrip() for line in lines[:-1]]
    if _has_commas(lines):
        return False
    if sum(line.endswith(_SENTENCE_END) for line in inner) * 2 > len(inner):
        return False
    return all(
        _RUNS_ON.search(line) or not following.lstrip()[:1].islower()
        for line, following in zip(inner, lines[1:], strict=True)
    )
