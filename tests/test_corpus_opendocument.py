"""OpenDocument texts, presentations and spreadsheets."""

from office_files import NAMESPACES, opendocument, placed, rows_of, texts, zipped

from corpus.formats.office.opendocument import read_ods, read_odt


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
