"""Rich text."""

import pytest

from corpus.formats.office.rtf import read_rtf
from corpus.types import BlockKind


def test_rich_text():
    """Other code pages are decoded, and marks removed."""
    source = rb"{\rtf1\ansi\ansicpg1252 {\b M\'f6te}\par Styrelsen s\'e5lde b\'e5ten.\par}"
    assert read_rtf(source).text.split() == ["Möte", "Styrelsen", "sålde", "båten."]


def test_rich_text_that_is_not_seen_is_no_text():
    """Struck, hidden or deleted text, in a group or until turned off."""
    source = (
        rb"{\rtf1\ansi Te {\strike 40 }55 kr.{\v  g\'f6md}\par \striked1 Bort\striked0 Kvar"
        rb"{\deleted  ut}. \v dold\plain Synlig.\par}"
    )
    assert read_rtf(source).text.split() == ["Te", "55", "kr.", "Kvar.", "Synlig."]


@pytest.mark.parametrize(
    ("style", "paragraph"),
    [
        (r"{\s2\sbasedon0\fs28\b Heading 2;}", r"\pard\plain \s2\ql{\loch Tak}\par"),
        (r"{\s12\fs28\outlinelevel1 Eget;}", r"\pard\s12\b Tak\b0\par"),
        (r"{\s2 heading 2;}", r"\pard\s2\outlinelevel1 Tak\par"),
        ("", r"\pard\outlinelevel1 Tak\par"),
    ],
)
def test_headings_of_rich_text(style, paragraph):
    """A heading is marked by its style's name or level, or its own level."""
    sheet = rf"{{\stylesheet{{\s0 Normal;}}{style}}}"
    source = rf"{{\rtf1\ansi{sheet}\pard\s0 Hej.\par {paragraph} \pard\s0 Bytt.\par}}"
    parsed = read_rtf(source.encode())
    assert [
        (parsed.text[one.start : one.end], one.level)
        for one in parsed.blocks
        if one.kind is BlockKind.HEADING
    ] == [("Tak", 2)]


@pytest.mark.parametrize("end", ["", r"\par"])
def test_tables_of_rich_text_are_rows(end):
    """Cells that are paragraphs of their own are cells too."""
    row = rf"\trowd\pard\intbl {{0}}{end}\cell\pard\intbl {{1}}{end}\cell\row "
    table = row.format("Namn", "Avgift") + row.format("Barn", "200")
    parsed = read_rtf(rf"{{\rtf1\ansi {table}\pard Hej.\par}}".encode())
    rows = [one for one in parsed.blocks if one.kind is BlockKind.TABLE_ROW]
    assert [parsed.text[one.start : one.end] for one in rows] == ["Namn | Avgift", "Barn | 200"]
    assert rows[1].columns == ("Namn", "Avgift")
