"""Passages: exact offsets, whole sentences and lists, and headings."""

import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from corpus.reading import read_document, read_folder
from corpus.structure.boilerplate import find_recurring
from corpus.structure.passages import cut_passages
from corpus.structure.sentences import sentence_spans
from corpus.types import BlockKind, Document, Passage, Span

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture
def read(tmp_path):
    """Read a document of the given source."""

    def read_source(source: str, name: str = "a.md") -> Document:
        (tmp_path / name).write_text(source)
        return read_document(tmp_path, tmp_path / name)

    return read_source


def quotes(document: Document, passages: Sequence[Passage]) -> list[list[str]]:
    return [[document.text[start:end] for start, end in passage.units] for passage in passages]


def check(document: Document, passages: Sequence[Passage], ignored: Sequence[Span] = ()) -> None:
    """Assert the invariants of passages."""
    last = 0
    for passage in passages:
        assert passage.document == document.path
        assert document.text[passage.start : passage.end] == passage.text == passage.text.strip()
        assert last <= passage.start < passage.end
        assert passage.units
        unit_end = passage.start
        for start, end in passage.units:
            assert unit_end <= start < end <= passage.end
            unit_end = end
        assert all(end <= passage.start or start >= passage.end for start, end in ignored)
        last = passage.end
    check_nothing_lost(document, passages, ignored)
    check_sentences_whole(document, passages)


def check_nothing_lost(
    document: Document, passages: Sequence[Passage], ignored: Sequence[Span]
) -> None:
    """Every letter except the title and ignored spans is in a passage."""
    kept = [(passage.start, passage.end) for passage in passages] + list(ignored)
    kept += [
        (block.start, block.end)
        for block in document.blocks
        if document.text[block.start : block.end] == document.title
    ]
    at = 0
    for start, end in sorted(kept):
        assert not document.text[at:start].strip()
        at = max(at, end)
    assert not document.text[at:].strip()


def check_sentences_whole(document: Document, passages: Sequence[Passage]) -> None:
    """No passage starts or ends inside a sentence of normal length."""
    edges = {edge for passage in passages for edge in (passage.start, passage.end)}
    for block in document.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            for start, end in sentence_spans(
                document.text, block.start, block.end, document.language
            ):
                assert end - start > 2000 or not any(start < edge < end for edge in edges)


PARAGRAPH = "Den här meningen nummer {0} är av vanlig längd. Den följs av en till om {0}. "


def test_passages_have_the_size_aimed_at(read):
    """A long text gives passages of about 600 characters, none above 1,000."""
    document = read("# Titel\n\n" + "\n\n".join(PARAGRAPH.format(n) * 3 for n in range(30)))
    passages = cut_passages(document)
    check(document, passages)
    lengths = [len(passage.text) for passage in passages]
    assert max(lengths) <= 1000
    assert 400 <= sum(lengths) / len(lengths) <= 700


def test_a_long_paragraph_is_cut_between_sentences(read):
    """A page without paragraphs is cut too."""
    document = read("# Titel\n\n" + "".join(map(PARAGRAPH.format, range(60))))
    passages = cut_passages(document)
    check(document, passages)
    assert len(passages) > 5
    assert max(len(passage.text) for passage in passages) <= 1000


def test_each_passage_knows_its_headings(read):
    """Passages include the headings of their sections, without the title."""
    long = PARAGRAPH.format(1) * 4
    document = read(
        f"# Titel\n\n{long}\n\n## Ekonomi\n\n{long}\n\n### Skulder\n\n{long}\n\n## Vägar\n\n{long}"
    )
    passages = cut_passages(document)
    check(document, passages)
    assert [(passage.heading, passage.location) for passage in passages] == [
        ("", ""),
        ("Ekonomi", "Ekonomi"),
        ("Ekonomi > Skulder", "Skulder"),
        ("Vägar", "Vägar"),
    ]
    assert [passage.text.split("\n")[0] for passage in passages[1:]] == [
        "Ekonomi",
        "Skulder",
        "Vägar",
    ]
    assert "Ekonomi" not in [quote for passage in quotes(document, passages) for quote in passage]


def test_tiny_sections_share_a_passage(read):
    """Minutes with one line per heading are not cut into tiny passages."""
    sections = "".join(f"## § {n}\n\nPunkt {n} bordlades.\n\n" for n in range(6))
    document = read(f"# Protokoll\n\n{sections}")
    passages = cut_passages(document)
    check(document, passages)
    assert len(passages) == 1
    assert (passages[0].heading, passages[0].location) == ("§ 0", "§ 0 – § 5")


def test_a_list_is_quoted_with_its_lead_in(read):
    """The sentence before a list belongs to it, with or without a colon."""
    document = read(
        "# T\n\nMötet hölls i går. På mötet deltog bland annat:\n\n* Anna Lind\n* Bo Ek\n\n"
        "Förslaget innebär att\n\n* vägen lagas\n* bron byggs\n\nSlut."
    )
    passages = cut_passages(document)
    check(document, passages)
    assert quotes(document, passages) == [
        [
            "Mötet hölls i går.",
            "På mötet deltog bland annat:\n\nAnna Lind\nBo Ek",
            "Förslaget innebär att\n\nvägen lagas\nbron byggs",
            "Slut.",
        ]
    ]


def test_a_list_right_under_a_heading_is_quoted_with_it(read):
    """The heading "Present" says what the names are."""
    document = read("# T\n\n## Present\n\n- Anna Lind\n- Bo Ek\n\nThe meeting was opened.")
    passages = cut_passages(document)
    check(document, passages)
    assert quotes(document, passages)[0][0] == "Present\n\nAnna Lind\nBo Ek"


def test_a_long_list_is_quoted_in_parts(read):
    """Each part has whole items, the first also the lead-in."""
    items = [f"Person nummer {n}, förening nummer {n} i Byköping" for n in range(80)]
    document = read("# T\n\nDet var dessa:\n\n" + "\n".join(f"* {item}" for item in items))
    passages = cut_passages(document)
    check(document, passages)
    units = [unit for passage in quotes(document, passages) for unit in passage]
    assert units[0].startswith("Det var dessa:\n\nPerson nummer 0")
    assert "\n".join(units).split("\n")[2:] == items
    assert all(len(unit) <= 1200 for unit in units)


def test_items_of_many_sentences_are_quoted_by_the_sentence(read):
    """A list of long texts is prose."""
    items = [PARAGRAPH.format(n) * 6 for n in range(2)]
    document = read("# T\n\nDetta ska göras:\n\n" + "\n".join(f"* {item}" for item in items))
    passages = cut_passages(document)
    check(document, passages)
    units = [unit for passage in quotes(document, passages) for unit in passage]
    assert units[:2] == ["Detta ska göras:", "Den här meningen nummer 0 är av vanlig längd."]
    assert len(units) == 1 + 2 * 12


def test_rows_are_quoted_one_by_one(read):
    """A table row is a unit, and the head of the table is not."""
    document = read("# T\n\n| Post | kr |\n|---|---|\n| Hyra | 5 |\n| El | 7 |\n")
    passages = cut_passages(document)
    check(document, passages)
    assert quotes(document, passages) == [["Hyra | 5", "El | 7"]]


def test_a_cell_that_is_a_text_is_quoted_by_the_sentence(read):
    """In rows with paragraphs each sentence is a unit."""
    body = PARAGRAPH.format(1) * 6
    document = read(f"# T\n\n| Rubrik | Text |\n|---|---|\n| Taket | {body} |\n")
    passages = cut_passages(document)
    check(document, passages)
    units = [unit for passage in quotes(document, passages) for unit in passage]
    assert units[:2] == ["Taket", "Den här meningen nummer 1 är av vanlig längd."]
    assert len(units) == 1 + 12


def test_nothing_but_a_title(read):
    """The title is a passage."""
    document = read("# Kommenterad dagordning den 5 maj")
    (passage,) = cut_passages(document)
    assert passage.text == document.title
    assert passage.units == ((0, len(document.title)),)


def test_a_last_heading_is_not_lost(read):
    """A heading with nothing after it is in a passage."""
    document = read("# T\n\n" + PARAGRAPH.format(1) * 4 + "\n\n## Bilagor")
    passages = cut_passages(document)
    check(document, passages)
    assert passages[-1].text == "Bilagor"


def test_nothing_ignored_is_in_a_passage(read):
    """A passage ends at ignored text, in paragraphs and between items."""
    source = "# T\n\nFörsta raden.\nKakor används.\nTredje raden.\n\n* ett\n* två\n* tre\n\nSlut."
    document = read(source)
    ignored = [
        (start, start + len(words))
        for words in ("Kakor används.", "två")
        for start in [document.text.index(words)]
    ]
    passages = cut_passages(document, ignored)
    check(document, passages, ignored)
    assert [passage.text for passage in passages] == [
        "Första raden.",
        "Tredje raden.\n\nett",
        "tre\n\nSlut.",
    ]


def test_everything_ignored_leaves_nothing(read):
    """A document that is all boilerplate has no passage."""
    document = read("Bara en rad.\n\nOch en till.", "a.md")
    assert cut_passages(document, [(0, len(document.text))]) == ()


@pytest.mark.parametrize("word", ["ord ", "ord, ord ", "ordutanslut", "å😀"])
def test_an_endless_line_becomes_passages(read, word):
    """A megabyte without a full stop is cut between clauses or words, or else anywhere."""
    document = read(word * (1_000_000 // len(word)), "a.txt")
    passages = cut_passages(document)
    check(document, passages)
    assert max(len(passage.text) for passage in passages) <= 2000
    if " " in word:
        assert all(document.text[passage.end - 1] in "d," for passage in passages)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the example documents are not beside the checkout")
def test_all_participants_in_one_quote():
    """The names in a press release are one unit with their lead-in."""
    documents = read_folder(SHARED / "seeds")[0]
    recurring = find_recurring(documents)
    units = []
    for document in documents:
        ignored = recurring.spans(document)
        passages = cut_passages(document, ignored)
        check(document, passages, ignored)
        units += [unit for passage in quotes(document, passages) for unit in passage]
    (participants,) = [unit for unit in units if unit.startswith("På mötet deltog")]
    assert len(participants.split("\n")) == 2 + 6
    assert participants.endswith("Sveriges Kommuner och Landsting")


def sample(step: int) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(SHARED / "data" / "regeringen.tar.gz") as archive:
        files = [member for member in archive if member.isfile() and member.name.endswith(".md")]
        for member in files[::step]:
            content = archive.extractfile(member)
            assert content is not None
            yield member.name, content.read()


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the example documents are not beside the checkout")
def test_real_documents_keep_the_promises(tmp_path):
    """Offsets, order, whole sentences and completeness hold for hundreds of real documents."""
    for name, data in sample(step=40):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    documents, skipped = read_folder(tmp_path)
    assert len(documents) > 300
    assert skipped == []
    recurring = find_recurring(documents)
    for document in documents:
        ignored = recurring.spans(document)
        check(document, cut_passages(document, ignored), ignored)


def test_a_long_table_keeps_its_head(read):
    """A passage that starts far below the head of a table has the column heads."""
    rows = "".join(
        f"| Hall number {number} | {number} crowns an evening |\n" for number in range(40)
    )
    passages = cut_passages(read(f"# T\n\n## Rents\n\n| Hall | Rent |\n|---|---|\n{rows}"))
    assert len(passages) > 2
    assert [passage.heading for passage in passages[1:]] == ["Rents > Hall | Rent"] * (
        len(passages) - 1
    )


def test_labels_without_values_are_not_quoted(read):
    """Leftover button labels are in the passage, but are not units."""
    passages = cut_passages(read("# T\n\nPublicerad Uppdaterad\n\nBadet har öppnat.\n"))
    assert [passage.unit_texts() for passage in passages] == [["Badet har öppnat."]]
