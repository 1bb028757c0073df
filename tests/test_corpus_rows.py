"""Table rows as pairs of heads and cells, and the mapping back."""

import pytest

from corpus.reading import read_document
from corpus.structure.passages import cut_passages
from corpus.structure.rows import pairs_in

ROLL = "| Name | Present | Votes |\n|---|---|---|\n| Anna Ek | x | yes |\n| Bo Berg | | no |\n"


def pairs_of(tmp_path, source):
    """Return the rows of a document's passages as pairs, with the spans they stand for."""
    (tmp_path / "a.md").write_text(source)
    document = read_document(tmp_path, tmp_path / "a.md")
    return [
        (found, document.text[span[0] : span[1]])
        for passage in cut_passages(document)
        for span in passage.units
        if (found := pairs_in(passage, span))
    ]


def test_a_row_is_read_with_the_heads_of_its_columns(tmp_path):
    """The head precedes each non-empty cell."""
    texts = [found.text for found, _ in pairs_of(tmp_path, f"# T\n\nIntro.\n\n{ROLL}")]
    assert texts == ["Name: Anna Ek; Present: x; Votes: yes", "Name: Bo Berg; Votes: no"]


def test_rows_far_below_the_head_are_read_with_it(tmp_path):
    """If the head is in an earlier passage, its words are above this one."""
    rows = "".join(f"| Person number {n} of the club | x | yes |\n" for n in range(60))
    found = pairs_of(tmp_path, f"# T\n\n{ROLL}{rows}")
    assert found[-1][0].text == "Name: Person number 59 of the club; Present: x; Votes: yes"


def test_what_is_read_leads_back_to_what_is_written(tmp_path):
    """Words of a cell map to the row, and a head maps to its cell."""
    (_, _), (row, written) = pairs_of(tmp_path, f"# T\n\n{ROLL}")
    for said, meant in (
        ("Bo", "Bo"),
        ("no", "no"),
        ("Votes", "no"),
        ("Berg; Votes: no", "Berg | | no"),
    ):
        start = row.text.index(said)
        begin, end = row.in_row((start, start + len(said)))
        assert written[begin:end] == meant


@pytest.mark.parametrize(
    "source",
    [
        "| Anna Ek | x |\n| Bo Berg | y |\n",
        "| Name | Day |\n|---|---|\n| Bo | 5 |\n",
        "Name | Present\n\nNo table at all.\n",
        "Only text.\n",
    ],
)
def test_nothing_is_read_under_heads_that_are_not_there(tmp_path, source):
    """A table without a head, and text, are read as written."""
    assert pairs_of(tmp_path, f"# T\n\n{source}") == []
