"""Tables in plain text, in any drawing, are rows with column heads."""

import pytest

from corpus.formats.text.plain import read_plain
from corpus.types import BlockKind

RULED = """\
  Företag                      Pris inklusive moms Garanti
  -------------------------- --------------------- ---------
  Kvarnåkers Plåt & Tak AB              486 000 kr 10 år
  Bergs Byggtjänst                      559 500 kr 5 år
"""
SET_OUT = """\
Företag                    Pris inklusive moms   Garanti
Kvarnåkers Plåt & Tak AB            486 000 kr   10 år
Bergs Byggtjänst                    559 500 kr   5 år
"""
BARS = """\
| Företag | Pris inklusive moms | Garanti |
|---------|--------------------:|---------|
| Kvarnåkers Plåt & Tak AB | 486 000 kr | 10 år |
| Bergs Byggtjänst | 559 500 kr | 5 år |
"""
DRAWN = """\
+--------------------------+---------------------+---------+
| Företag                  | Pris inklusive moms | Garanti |
+==========================+=====================+=========+
| Kvarnåkers Plåt & Tak AB | 486 000 kr          | 10 år   |
+--------------------------+---------------------+---------+
| Bergs Byggtjänst         | 559 500 kr          | 5 år    |
+--------------------------+---------------------+---------+
"""
WRAPPED = """\
------------------------------------------------
  Företag                         Pris Garanti
                        inklusive moms
  ------------------- ---------------- ---------
  Kvarnåkers Plåt           486 000 kr 10 år
  & Tak AB

  Bergs                     559 500 kr 5 år
  Byggtjänst
------------------------------------------------
"""


def rows(source):
    """Return the cells of each row with the column heads."""
    parsed = read_plain(source.encode())
    return [
        (tuple(parsed.text[start:end] for start, end in one.cells), one.columns)
        for one in parsed.blocks
        if one.kind is BlockKind.TABLE_ROW
    ]


@pytest.mark.parametrize("table", [RULED, SET_OUT, BARS, DRAWN, WRAPPED])
def test_a_table_is_rows_with_heads(table):
    """Right-aligned and multi-line cells are complete."""
    head = ("Företag", "Pris inklusive moms", "Garanti")
    found = rows(f"Anbud\n\nVi fick två.\n\n{table}\nStyrelsen valde det första.\n")
    assert found[0] == (head, ())
    assert found[1:] == [
        (("Kvarnåkers Plåt & Tak AB", "486 000 kr", "10 år"), head),
        (("Bergs Byggtjänst", "559 500 kr", "5 år"), head),
    ]


def test_columns_without_heads_are_rows():
    """A label and its figure are in one row each."""
    found = rows("Kostnad\n\nHissen      412 000\nSnöröjning   38 500\n\nDet var allt.\n")
    assert found == [(("Hissen", "412 000"), ()), (("Snöröjning", "38 500"), ())]


@pytest.mark.parametrize(
    "source",
    [
        "Two spaces.  After a stop.  As typists do.\nAnd on the next line.  And again.  Yes.\n",
        "Title\n-----\n\nText below it.\n",
        "a | b\n\nOne | two, and so on.\n",
        "En rad      med luft\n\noch en utan.\n",
    ],
)
def test_text_is_no_table(source):
    """Spaces, dashes and bars in running text separate nothing."""
    assert rows(source) == []


def test_numbered_headings_are_within_each_other():
    """Section "3.1 Costs" is within "3. The flood"."""
    source = (
        "Report\n\n3. The flood\n\n3.1 Costs\n\nIt cost a lot.\n\n4. Outlook\n\nIt will rain.\n"
    )
    parsed = read_plain(source.encode())
    levels = {
        parsed.text[one.start : one.end]: one.level
        for one in parsed.blocks
        if one.kind is BlockKind.HEADING
    }
    assert levels == {"Report": 1, "3. The flood": 2, "3.1 Costs": 3, "4. Outlook": 2}


def test_a_numbered_line_is_no_title():
    """Minutes without a title are not called "§ 1 Opening"."""
    parsed = read_plain(b"Byalaget, 5 mars.\n\n\xc2\xa7 1 Opening\n\nAnna opened the meeting.\n")
    assert parsed.title is None
