"""Presentations, spreadsheets, mails, e-books and archives."""

import io
import zipfile
from datetime import date
from email.message import EmailMessage

import openpyxl
import pptx
import pytest
from test_corpus_office import saved, texts

from corpus.errors import UnreadableDocument
from corpus.formats.archive import read_zip
from corpus.formats.html.epub import read_epub
from corpus.formats.mail import read_eml, read_mbox, read_mhtml
from corpus.formats.office.opendocument import read_ods, read_odt
from corpus.formats.office.rtf import read_rtf
from corpus.formats.office.sheets import read_csv, read_xlsx
from corpus.formats.office.slides import read_pptx
from corpus.listing import find_files
from corpus.reading import read_folder
from corpus.types import BlockKind

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "draw", "style", "presentation")
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def opendocument(body: str, styles: str = "") -> bytes:
    content = (
        f"<office:document-content {NAMESPACES}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body>{body}</office:body></office:document-content>"
    )
    return zipped({"content.xml": content})


def placed(parsed):
    """Return place and text of each block."""
    locations = [block.location for block in parsed.blocks]
    return list(zip(locations, texts(parsed), strict=True))


def rows_of(parsed):
    """Return place, cells and heads of each row."""
    return [
        (block.location, [parsed.text[start:end] for start, end in block.cells], block.columns)
        for block in parsed.blocks
        if block.kind is BlockKind.TABLE_ROW
    ]


def test_slides_have_titles_lists_tables_and_notes():
    """Each block has its slide; the title comes first, whatever the order of the shapes."""
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    slide.shapes.title.text = "Årsmöte 2024"
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "Beslut"
    slide.placeholders[1].text = "Laga taket\nKöpa båt"
    slide.notes_slide.notes_text_frame.text = "Nämn priset."
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Styrelsen"
    table = slide.shapes.add_table(2, 2, 0, 0, 100, 100).table
    for place, text in enumerate(("Namn", "Uppdrag", "Anna Moss", "Ordförande")):
        table.cell(place // 2, place % 2).text = text
    parsed = read_pptx(saved(presentation))
    assert parsed.title == "Årsmöte 2024"
    assert placed(parsed)[:6] == [
        ("slide 1", "Årsmöte 2024"),
        ("slide 2", "Beslut"),
        ("slide 2", "Laga taket"),
        ("slide 2", "Köpa båt"),
        ("slide 2", "Nämn priset."),
        ("slide 3", "Styrelsen"),
    ]
    head = ("Namn", "Uppdrag")
    assert rows_of(parsed)[-1] == ("slide 3", ["Anna Moss", "Ordförande"], head)


def test_a_spreadsheet_is_rows_with_heads_sheets_and_numbers():
    """A title above the head is not part of the table, empty rows count, and dates are dates."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Medlemmar"
    for row in (
        ["Medlemmar i Kanotklubben"],
        [],
        ["Namn", "Invald", "Avgift"],
        ["Anna Moss", date(2024, 3, 5), 200.0],
        [],
        ["Bo Lind", date(2023, 1, 1), 99.5],
    ):
        sheet.append(row)
    book.create_sheet("Båtar").append(["Namn", "Längd"])
    hidden = book.create_sheet("Gömt")
    hidden.append(["Hemligt", "Pris"])
    hidden.sheet_state = "hidden"
    parsed = read_xlsx(saved(book))
    head = ("Namn", "Invald", "Avgift")
    assert rows_of(parsed)[1:3] == [
        ("row 4", ["Anna Moss", "2024-03-05", "200"], head),
        ("row 6", ["Bo Lind", "2023-01-01", "99.5"], head),
    ]
    assert texts(parsed, BlockKind.HEADING) == ["Medlemmar", "Båtar"]
    assert "Hemligt" not in parsed.text


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_table_in_text_is_parted_by_whatever_parts_it(mark):
    """Commas and line ends in quoted values don't matter."""
    lines = ["Namn,Telefon,Om", '"Moss, Anna",0501-11111,"Ny\nhär"', "Bo Lind,0501-22222,Ja"]
    lines[0], lines[2] = (line.replace(",", mark) for line in (lines[0], lines[2]))
    lines[1] = lines[1].replace('",0', f'"{mark}0').replace('1,"', f'1{mark}"')
    parsed = read_csv("\n".join(lines).encode("cp1252"))
    head = ("Namn", "Telefon", "Om")
    assert rows_of(parsed)[1:] == [
        ("row 2", ["Moss, Anna", "0501-11111", "Ny här"], head),
        ("row 3", ["Bo Lind", "0501-22222", "Ja"], head),
    ]


def test_a_long_table_in_text_is_several_documents(tmp_path):
    """Each of 20,000 rows, whose numbers and heads go on; no list in them is told as whole."""
    lines = ["Namn;Belopp", *(f"Anna Ek;{number}" for number in range(2, 45_001))]
    (tmp_path / "kassa.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "kort.csv").write_text("\n".join(lines[:20_000]), encoding="utf-8")
    documents, skipped = read_folder(tmp_path)
    assert skipped == []
    assert [one.path for one in documents] == [
        "kassa.csv",
        "kassa.csv/rows 20001-40000.csv",
        "kassa.csv/rows 40001-45000.csv",
        "kort.csv",
    ]
    rows = [row for one in documents[:3] for row in rows_of(one)]
    assert [row[:2] for row in rows[1:]] == [
        (f"row {number}", ["Anna Ek", str(number)]) for number in range(2, 45_001)
    ]
    assert {row[2] for row in rows} == {("Namn", "Belopp")}
    assert [bool(one.lists) for one in documents] == [False, False, False, True]


def test_an_opendocument_text():
    """Headings, lists and tables with heads; deleted or struck text is left out."""
    parsed = read_odt(
        opendocument(
            "<office:text><text:tracked-changes><text:p>Raderat</text:p></text:tracked-changes>"
            '<text:h text:outline-level="1">Protokoll</text:h>'
            '<text:p>Priset är <text:span text:style-name="T1">40</text:span> 45<text:s/>kronor'
            "<office:annotation><text:p>Stämmer?</text:p></office:annotation>.</text:p>"
            "<text:list><text:list-item><text:p>Laga taket</text:p><text:list><text:list-item>"
            "<text:p>Norra sidan</text:p></text:list-item></text:list></text:list-item></text:list>"
            "<table:table><table:table-header-rows><table:table-row><table:table-cell>"
            "<text:p>Namn</text:p></table:table-cell><table:table-cell><text:p>Uppdrag</text:p>"
            "</table:table-cell></table:table-row></table:table-header-rows><table:table-row>"
            "<table:table-cell><text:p>Anna Moss</text:p></table:table-cell><table:table-cell>"
            "<text:p>Kassör</text:p></table:table-cell></table:table-row></table:table>"
            "</office:text>",
            '<style:style style:name="T1"><style:text-properties '
            'style:text-line-through-style="solid"/></style:style>',
        )
    )
    assert texts(parsed)[:4] == [
        "Protokoll",
        "Priset är 45 kronor.",
        "Laga taket",
        "Norra sidan",
    ]
    assert rows_of(parsed)[-1][1:] == (["Anna Moss", "Kassör"], ("Namn", "Uppdrag"))


def test_an_opendocument_presentation():
    """Each block has its slide."""
    frame = "<draw:frame{}><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    title = ' presentation:class="title"'
    pages = "".join(
        f"<draw:page>{frame.format('', text)}{frame.format(title, head)}</draw:page>"
        for head, text in (("Beslut", "Laga taket"), ("Pengar", "Slut"))
    )
    body = f"<office:presentation>{pages}</office:presentation>"
    parsed = read_odt(opendocument(body))
    assert placed(parsed) == [
        ("slide 1", "Beslut"),
        ("slide 1", "Laga taket"),
        ("slide 2", "Pengar"),
        ("slide 2", "Slut"),
    ]


def test_an_opendocument_spreadsheet_that_claims_a_million_cells():
    """Rows keep their numbers, and the empty rest costs nothing."""
    cell = '<table:table-cell table:number-columns-repeated="{}">{}</table:table-cell>'

    def row(*values: str, times: int = 1) -> str:
        cells = "".join(cell.format(1, f"<text:p>{value}</text:p>") for value in values)
        rest = cell.format(16000, "")
        return (
            f'<table:table-row table:number-rows-repeated="{times}">{cells}{rest}</table:table-row>'
        )

    rows = row("Namn", "År") + row(times=3) + row("Anna Moss", "2024") + row(times=1040000)
    body = (
        f'<office:spreadsheet><table:table table:name="A">{rows}</table:table></office:spreadsheet>'
    )
    parsed = read_ods(opendocument(body))
    assert rows_of(parsed)[-1] == ("A, row 5", ["Anna Moss", "2024"], ("Namn", "År"))


def letter(body: str, **heads: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Anna Moss <anna@example.org>"
    message["To"] = "Bo Lind <bo@example.org>"
    message["Date"] = "Tue, 05 Mar 2024 10:00:00 +0100"
    message["Subject"] = heads.get("Subject", "Båten är såld")
    message.set_content(body)
    return message


def test_a_letter_and_what_it_quotes():
    """Subject and date are metadata; quoted text is under the line that announces it."""
    body = (
        "Hej Bo!\n\nBåten såldes för 5000 kronor.\n\n"
        "Den 4 mars 2024 skrev Bo Lind <bo@example.org>:\n> Är båten såld?\n> Bo\n"
    )
    parsed = read_eml(bytes(letter(body)))
    assert (parsed.title, parsed.published) == ("Båten är såld", "2024-03-05")
    headings = ["Båten är såld", "Den 4 mars 2024 skrev Bo Lind <bo@example.org>:"]
    assert texts(parsed, BlockKind.HEADING) == headings
    own, _, quoted = parsed.text.partition(headings[1])
    assert "From: Anna Moss <anna@example.org>" in own
    assert "5000 kronor" in own
    assert "Är båten såld?" in quoted
    assert ">" not in quoted.replace(headings[1], "")


def test_the_language_of_a_letter_is_that_of_what_is_written(tmp_path):
    """English header names don't count."""
    message = letter("Nycklar finns hos Stina i hall A.", Subject="Nycklar")
    (tmp_path / "brev.eml").write_bytes(bytes(message))
    (document,), _ = read_folder(tmp_path)
    assert document.language == "sv"


def test_what_is_sent_with_a_letter_is_read_by_its_own_reader(tmp_path):
    """Attachments and attached mails are documents with paths inside the mail's."""
    message = letter("Se bilagan.")
    message.add_attachment(
        "Namn;Pris\nBåt;5000\n".encode(), maintype="text", subtype="csv", filename="pris lista.csv"
    )
    message.add_attachment(letter("Inre brev."))
    (tmp_path / "brev.eml").write_bytes(bytes(message))
    documents, skipped = read_folder(tmp_path)
    assert skipped == []
    assert [one.path for one in documents] == [
        "brev.eml",
        "brev.eml/pris lista.csv",
        "brev.eml/letter.eml",
    ]
    assert "Båt | 5000" in documents[1].text


def test_a_mailbox_is_its_letters():
    """Each mail is one, also if one quotes a line that starts with From."""
    mailbox = b"".join(
        b"From anna@example.org Tue Mar  5 10:00:00 2024\n" + bytes(letter(text)) + b"\n"
        for text in ("Första brevet.", "Andra.\n\n>From now on: nej.")
    )
    letters = list(read_mbox(mailbox).members)
    assert [name for name, _ in letters] == ["1.eml", "2.eml"]
    assert read_eml(letters[1][1]).text.count("nej") == 1


def test_a_page_saved_in_one_file():
    """The page is read and its address kept."""
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://example.org/sida"
    page = "<main><h1>Bryggan</h1><p>Bryggan öppnar i maj varje år.</p></main>"
    message.set_content(f"<html><body>{page}</body></html>", subtype="html")
    parsed = read_mhtml(bytes(message))
    assert "Bryggan öppnar i maj" in parsed.text
    assert parsed.url == "https://example.org/sida"


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


def test_a_book_is_read_in_its_order():
    """Chapters follow the spine; title and language are the book's."""
    chapter = (
        "<html><body><h1>{0}</h1><p>Kapitlet {0} handlar om båtar och bryggor.</p></body></html>"
    )
    parsed = read_epub(
        zipped(
            {
                "META-INF/container.xml": '<container><rootfiles><rootfile full-path="b/x.opf"/>'
                "</rootfiles></container>",
                "b/x.opf": "<package><metadata><title>Boken</title><language>sv</language>"
                '</metadata><manifest><item id="a" href="t%20a.xhtml"/><item id="b" '
                'href="b.xhtml"/></manifest><spine><itemref idref="b"/><itemref idref="a"/>'
                "</spine></package>",
                "b/t a.xhtml": chapter.format("Sist"),
                "b/b.xhtml": chapter.format("Först"),
            }
        )
    )
    assert (parsed.title, parsed.language) == ("Boken", "sv")
    assert parsed.text.index("Först") < parsed.text.index("Sist")


def test_files_in_an_archive_are_documents(tmp_path):
    """Each is read by its reader, unsupported ones are reported, and no path escapes."""
    inner = zipped({"möte.md": "# Möte\n\nBåten såldes."})
    (tmp_path / "a.zip").write_bytes(
        zipped(
            {
                "../../ut.txt": "Detta leder ut.",
                "2024/in.zip": inner,
                "bild.png": b"x",
                "trasig.docx": b"x",
                "__MACOSX/._x.md": "skräp",
            }
        )
    )
    documents, skipped = read_folder(tmp_path)
    assert [one.path for one in documents] == ["a.zip/ut.txt", "a.zip/2024/in.zip/möte.md"]
    assert [one.path for one in skipped] == ["a.zip", "a.zip/trasig.docx"]
    assert "1 .png" in skipped[0].reason


def test_an_archive_does_not_expand_without_bound():
    """A zip bomb is rejected before it fills the memory."""
    bomb = zipped({f"{number}.txt": b"\0" * 2**26 for number in range(6)})
    assert len(bomb) < 2**20
    with pytest.raises(UnreadableDocument, match="unpacks to more"):
        list(read_zip(bomb).members)


def test_nothing_outside_is_opened(tmp_path):
    """External and recursive XML entities are not expanded."""
    secret = tmp_path / "secret"
    secret.write_text("hemligt")
    content = (
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}"><!ENTITY b "lol"><!ENTITY c '
        f'"{"&b;" * 1000}">]><office:document-content {NAMESPACES}><office:body><office:text>'
        "<text:p>Hej &a; &c; du</text:p></office:text></office:body></office:document-content>"
    )
    text = read_odt(zipped({"content.xml": content})).text
    assert "hemligt" not in text
    assert "lollol" not in text


def test_what_stands_beside_a_document_describes_it(tmp_path):
    """Sidecars give title, date, address and language; a file's own overrides its folder's."""
    folder = tmp_path / "möten"
    folder.mkdir()
    (tmp_path / "corpus.yaml").write_text("url: https://example.org/arkiv\nlanguage: en\n")
    (folder / "a.csv").write_text("Namn;Pris\nBåt;5000\n")
    (folder / "a.meta.yaml").write_text("title: Priser\ndate: 2024-03-05\n")
    (document,), skipped = read_folder(tmp_path)
    assert skipped == []
    assert find_files(tmp_path).passed_over == ()
    assert (document.title, document.published) == ("Priser", "2024-03-05")
    assert document.url == "https://example.org/arkiv/m%C3%B6ten/a.csv"
    before = document.digest
    (folder / "a.meta.yaml").write_text("title: Andra priser\n")
    assert read_folder(tmp_path)[0][0].digest != before
