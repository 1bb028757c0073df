"""Formats: from bytes to clean text, blocks and metadata."""

import pytest

from corpus.errors import UnreadableDocument
from corpus.formats.decoding import decode
from corpus.formats.html.web import read_html
from corpus.formats.parsed import Parsed
from corpus.formats.text.markdown import read_markdown
from corpus.formats.text.plain import read_plain
from corpus.reading import read_document
from corpus.types import BlockKind


def blocks_of(parsed: Parsed) -> list[tuple[str, str]]:
    return [(block.kind.value, parsed.text[block.start : block.end]) for block in parsed.blocks]


def markdown(source: str) -> Parsed:
    return read_markdown(source.encode())


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        ("Åsa ölar på ängen".encode(), None, "Åsa ölar på ängen"),
        ("Åsa ölar på ängen – ”nu”".encode("cp1252"), None, "Åsa ölar på ängen – ”nu”"),
        ("Åsa ölar".encode("utf-16"), None, "Åsa ölar"),
        ("Åsa ölar".encode("utf-8-sig"), None, "Åsa ölar"),
        ("Łódź".encode("iso-8859-2"), "iso-8859-2", "Łódź"),
        ("“Åsa”".encode("cp1252"), "iso-8859-1", "“Åsa”"),
        ("Åsa".encode("cp1252"), "no-such-charset", "Åsa"),
        ("Åsa ".encode() + "Öberg".encode("cp1252"), None, "Åsa Öberg"),
    ],
)
def test_every_letter_survives_decoding(data, declared, expected):
    """Byte order marks, UTF-8, the declared charset and cp1252, also mixed in one file."""
    assert decode(data, declared) == expected


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(32)) * 9, b"\xff\xfeA", b"Hej \x81\x8d"]
)
def test_what_is_no_text_is_refused(data):
    """Binary files and unknown encodings are rejected."""
    with pytest.raises(UnreadableDocument, match="save it as"):
        decode(data)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('See [the *report*](http://a.se/x_(y) "A title").', "See the report."),
        ("![logo](x.png)Text ![a](b)", "Text"),
        ("**Bold**, __bold__, *it*, _it_, ***both***, ~~gone~~", "Bold, bold, it, it, both,"),
        (r"2 \* 3 \[sic\] a\_b", "2 * 3 [sic] a_b"),
        ("snake_case_name stays, 2 * 3 * 4 too", "snake_case_name stays, 2 * 3 * 4 too"),
        ("`**code**` and <b>tags</b><br>new", "**code** and tags\nnew"),
        ("<https://a.se> &amp; A&nbsp;B", "https://a.se & A B"),
        ("över\u00adens\u200bkommelse\u00a0nu", "överenskommelse nu"),
        ('a [ref][1] and [other][]\n\n[1]: http://a.se "t"', "a ref and other"),
        ("Line one  \nline two\\\nline three", "Line one\nline two\nline three"),
        ("> quoted\n> text", "quoted\ntext"),
        ("before <!-- hidden --> after", "before after"),
        ("one\r\ntwo\r\n\r\nthree", "one\ntwo\n\nthree"),
        ("text\n\n***\n\nmore\n\n\\* \\* \\*", "text\n\nmore"),
    ],
)
def test_markdown_leaves_no_marks_in_the_text(source, expected):
    """Quotes have no markup."""
    assert markdown(source).text == expected


def test_markdown_blocks_are_told_apart():
    """Headings of both styles, lists, tables and code become blocks, in order."""
    source = (
        "Title\n=====\n\nIntro.\n\n## Part ##\n\n* one\n* two\n  goes on\n    + nested\n\n"
        "1. first\n2) second\n\n| A | *B* |\n|---|---|\n| 1 | 2 |\n\n```\n# code\n```\n"
    )
    parsed = markdown(source)
    assert blocks_of(parsed) == [
        ("heading", "Title"),
        ("paragraph", "Intro."),
        ("heading", "Part"),
        ("list_item", "one"),
        ("list_item", "two\ngoes on"),
        ("list_item", "nested"),
        ("list_item", "1. first"),
        ("list_item", "2) second"),
        ("table_row", "A | B"),
        ("table_row", "1 | 2"),
        ("paragraph", "# code"),
    ]
    assert [block.level for block in parsed.blocks][:3] == [1, 0, 2]
    assert parsed.title == "Title"


def test_a_lone_dash_is_speech():
    """In Swedish a dash starts direct speech, not a list of one item."""
    parsed = markdown("Mötet hölls.\n\n- Jag är nöjd. Det gick bra, säger hon.\n\nSlut.")
    assert blocks_of(parsed)[1] == ("paragraph", "- Jag är nöjd. Det gick bra, säger hon.")


def test_front_matter_is_metadata():
    """Title, date, source and language come from the front matter, which is not text."""
    parsed = markdown(
        '---\ntitle: "Möte: januari"\ndate: 2026-01-15 # a day\ntags:\n  - x\n'
        "source: https://a.se/1\nlang: sv\n---\n# Annat\n\nText."
    )
    assert parsed.text == "Annat\n\nText."
    assert (parsed.title, parsed.published) == ("Möte: januari", "2026-01-15")
    assert (parsed.url, parsed.language) == ("https://a.se/1", "sv")


@pytest.mark.parametrize("source", ["---\ntitle: Möte\n\nText.", "---\nEn mening.\n---\n\nText."])
def test_broken_front_matter_is_text(source):
    """Front matter that does not end, or has no fields, is kept as text."""
    parsed = markdown(source)
    assert parsed.text.endswith("Text.")
    assert "Möte" in parsed.text or "En mening." in parsed.text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("##Budget\n\nText", [("heading", "Budget"), ("paragraph", "Text")]),
        ("#Protokoll\n\n#tag", [("heading", "Protokoll"), ("paragraph", "#tag")]),
        (
            "**Närvarande**\n\n- A\n- B",
            [("heading", "Närvarande"), ("list_item", "A"), ("list_item", "B")],
        ),
        ("§ 12 Budget\nText.", [("heading", "§ 12 Budget"), ("paragraph", "Text.")]),
        ("Item 4: The roof\n\nText", [("heading", "Item 4: The roof"), ("paragraph", "Text")]),
        ("Text.\n\n    # code\n    more", [("paragraph", "Text."), ("paragraph", "# code\nmore")]),
        ("Costs ~~300~~ <del>200</del> 350.", [("paragraph", "Costs 350.")]),
        ("Seen.%%hidden%% Too.\n\n%%\nhidden\n%%", [("paragraph", "Seen. Too.")]),
        ("Tea %% 5 or 6 %% is 7. 10 %% of 20 %%", [("paragraph", "Tea is 7. 10 %% of 20 %%")]),
        ("[//]: # (So)\n\n[b]: https://a.se 'Title'\n\nSeen.", [("paragraph", "Seen.")]),
        (
            "[Chair]: Anna Ek\n\n[^1]: A note.",
            [("paragraph", "[Chair]: Anna Ek"), ("paragraph", "A note.")],
        ),
        (
            'A <span style="display: none">b</span><i hidden>c</i><b class="hidden">d</b> '
            '<span style="color:red; text-decoration: line-through">e</span>f',
            [("paragraph", "A d f")],
        ),
        ("[[Folk/Anna Ek|Anna]] and [[Bo]], ==here==[^1]", [("paragraph", "Anna and Bo, here")]),
        ("> [!warning] Mind\n> The water.", [("paragraph", "Mind"), ("paragraph", "The water.")]),
        ("Term\n: what it means", [("list_item", "Term: what it means")]),
        (
            "Name | Role\n--- | ---\nAnna | chair",
            [("table_row", "Name | Role"), ("table_row", "Anna | chair")],
        ),
    ],
)
def test_markdown_as_it_is_written_by_hand(source, expected):
    """Headings, comments, note links and tables are read as intended."""
    assert blocks_of(markdown(source)) == expected


@pytest.mark.parametrize(
    "head",
    [
        '+++\ntitle = "A day"\ndate = 2024-12-03\n+++\n',
        "---\ntitle: >-\n  A\n  day\ndate:\n  2024-12-03\n---\n",
        '{"title": "A day", "created": "2024-12-03"}\n',
    ],
)
def test_front_matter_of_other_kinds(head):
    """TOML, JSON and folded YAML work as well."""
    parsed = markdown(f"{head}\nText.")
    assert (parsed.text, parsed.title, parsed.published) == ("Text.", "A day", "2024-12-03")


def test_letters_are_whole():
    """Decomposed accents, ligatures and soft hyphens don't change words."""
    assert markdown("A\u030angbåt, e\ufb03cient, gräs\u00ad\nklippare").text == (
        "Ångbåt, efficient, gräsklippare"
    )


def test_markdown_survives_hostile_lines():
    """Unclosed brackets and endless marks take little time."""
    for mark in (
        "[",
        "*a",
        "**a ",
        "_a ",
        "![](",
        "![",
        "`",
        "<a",
        "<!--",
        "~~a",
        "[a](",
        "<http://",
        "|-",
        "# a  ",
        "[[",
    ):
        assert markdown(f"x {mark * 20_000} slut").text.endswith("slut")


def test_plain_text_shapes():
    """Headings, labels, bullets and unmarked lists are recognised by form."""
    parsed = read_plain(
        "Protokoll från styrelsemöte\n\nPlats: Folkets hus\nDatum: 15 januari 2026\n\n"
        "Beslut\n\nFöljande beslutades:\n\n- köpa en klippare\n- måla grinden\n\n"
        "Närvarande var:\nAnna Lind,\nBo Ek samt\nCia Alm\n\nMötet avslutades.".encode()
    )
    assert parsed.title == "Protokoll från styrelsemöte"
    assert blocks_of(parsed) == [
        ("heading", "Protokoll från styrelsemöte"),
        ("paragraph", "Plats: Folkets hus"),
        ("paragraph", "Datum: 15 januari 2026"),
        ("heading", "Beslut"),
        ("paragraph", "Följande beslutades:"),
        ("list_item", "köpa en klippare"),
        ("list_item", "måla grinden"),
        ("paragraph", "Närvarande var:"),
        ("list_item", "Anna Lind,"),
        ("list_item", "Bo Ek samt"),
        ("list_item", "Cia Alm"),
        ("paragraph", "Mötet avslutades."),
    ]


def test_numbered_lines_of_plain_text_are_headings():
    """Minutes often have no empty line between a numbered heading and its text."""
    parsed = read_plain(
        "Protokoll\n\n§ 1 Val av justerare\nAnna Ek väljs.\nItem 2: The roof\nMended.".encode()
    )
    assert blocks_of(parsed) == [
        ("heading", "Protokoll"),
        ("heading", "§ 1 Val av justerare"),
        ("paragraph", "Anna Ek väljs."),
        ("heading", "Item 2: The roof"),
        ("paragraph", "Mended."),
    ]


@pytest.mark.parametrize(("reader", "mark"), [(read_markdown, "## "), (read_plain, "")])
def test_names_under_a_heading_are_a_list(reader, mark):
    """A list of names needs neither bullets nor a colon; prose is no list."""
    names = "Anna Lind, ordförande\nBo Ek"
    source = f"{mark}Möte\n\n{mark}Närvarande\n\n{names}\n\n{mark}Beslut\n\nDet kom\nBo Ek på."
    kinds = [kind for kind, _ in blocks_of(reader(source.encode()))]
    assert kinds[:5] == ["heading", "heading", "list_item", "list_item", "heading"]
    assert set(kinds[5:]) == {"paragraph"}


def test_names_with_blank_lines_between_are_one_list():
    """A list after a lead-in ends at longer text, and is no heading."""
    parsed = read_plain(
        "Protokoll\n\nNärvarande var:\n\nAnna Lind,\n\nBo Ek\n\nCia Alm\n\n"
        "Mötet öppnades av Anna Lind.\n\nNästa möte leds av:\n\nEva Dal\n\nDet blir i maj.".encode()
    )
    assert blocks_of(parsed) == [
        ("heading", "Protokoll"),
        ("paragraph", "Närvarande var:"),
        ("list_item", "Anna Lind,"),
        ("list_item", "Bo Ek"),
        ("list_item", "Cia Alm"),
        ("paragraph", "Mötet öppnades av Anna Lind."),
        ("paragraph", "Nästa möte leds av:"),
        ("paragraph", "Eva Dal"),
        ("paragraph", "Det blir i maj."),
    ]


def test_wrapped_plain_text_is_joined():
    """Wrapped lines are one paragraph, and keep their line ends."""
    parsed = read_plain(
        b"The board met in the town hall on a cold evening to speak about the\n"
        b"new roof. Several members had asked for a cheaper one, and the chair\n"
        b"Anna Lind promised to look into what the neighbours had paid for the\n"
        b"roof they put up last year.\n\nA second paragraph stands here.\n"
    )
    assert [kind for kind, _ in blocks_of(parsed)] == ["paragraph", "paragraph"]
    assert parsed.text.count("\n") == 5


def test_wrapped_prose_after_a_colon_is_no_list():
    """A sentence over several lines stays one, also after a colon."""
    parsed = markdown("The chair said:\n\nwe shall meet again\nbefore the summer\nand decide.")
    assert {kind for kind, _ in blocks_of(parsed)} == {"paragraph"}


PAGE = """<!doctype html><html lang="sv"><head><meta charset="iso-8859-1">
<title>Möte | Byalaget</title><link rel="canonical" href="https://example.org/mote"></head><body>
<nav><ul><li><a href="/">Hem</a></li><li><a href="/k">Kontakt</a></li></ul></nav>
<div class="cookie-banner">Vi använder kakor.</div>
<main><h1>Protokoll från januarimötet</h1>
<p>Publicerad <time datetime="2026-01-15">15 januari 2026</time></p>
<p>På mötet deltog bland annat:</p><ul><li>Åsa Öberg, <a href="/b">Byalaget</a></li>
<li>Bo Ek</li></ul><h2>Beslut</h2><p>Mötet beslutade att köpa en gräs&shy;klippare.</p>
<table><tr><th>Post</th><th>Kronor</th></tr><tr><td>Hyra</td><td>5&nbsp;000</td></tr></table>
</main><footer>Org.nr 802400-1234</footer></body></html>"""


def test_web_page_without_its_frame():
    """The text keeps its structure and the date in a time tag, without menu and notice."""
    parsed = read_html(PAGE.encode("cp1252"))
    assert blocks_of(parsed) == [
        ("heading", "Protokoll från januarimötet"),
        ("paragraph", "Publicerad 15 januari 2026"),
        ("paragraph", "På mötet deltog bland annat:"),
        ("list_item", "Åsa Öberg, Byalaget"),
        ("list_item", "Bo Ek"),
        ("heading", "Beslut"),
        ("paragraph", "Mötet beslutade att köpa en gräsklippare."),
        ("table_row", "Post | Kronor"),
        ("table_row", "Hyra | 5 000"),
        ("paragraph", "Org.nr 802400-1234"),
    ]
    assert (parsed.title, parsed.published) == ("Protokoll från januarimötet", "2026-01-15")
    assert (parsed.url, parsed.language) == ("https://example.org/mote", "sv")


def test_short_web_page_keeps_its_list():
    """A page of names is not a menu."""
    parsed = read_html(
        b"<html><body><h1>Styrelse</h1><ul><li>Anna Lind<li>Bo Ek</ul></body></html>"
    )
    assert [text for _, text in blocks_of(parsed)][-2:] == ["Anna Lind", "Bo Ek"]


@pytest.mark.parametrize("reader", [read_markdown, read_plain])
def test_blocks_are_trimmed_and_in_order(reader):
    """Blocks have exact offsets, don't overlap, and leave out only white space."""
    source = "# Ett\n\n  - två   tre\n  - fyra\n\n\n\tfem\n sex  \n\n| a |  |\n\nSju: åtta\n"
    parsed = reader(source.encode())
    last = 0
    for block in parsed.blocks:
        text = parsed.text[block.start : block.end]
        assert text
        assert text == text.strip()
        assert not parsed.text[last : block.start].strip()
        last = block.end
    assert last == len(parsed.text)
    assert BlockKind.PARAGRAPH in {block.kind for block in parsed.blocks}


@pytest.mark.parametrize(
    ("source", "title", "published"),
    [
        (
            "Från: Anna Ek <a@ek.se>\nTill: Bo\nDatum: 5 mars 2024 10:15\nÄmne: Taket\n\nHej!",
            "Taket",
            "2024-03-05",
        ),
        (
            "From: ann@hill.org\nTo: Tom\nDate: Tue, 5 Mar 2024 10:15:00 +0100\n"
            "Subject: The new boiler\n\nDear Tom,\n\nIt costs 900 pounds.",
            "The new boiler",
            "2024-03-05",
        ),
        ("Datum: 5 mars 2024\n\nTaket\n\nHej!", "Taket", "2024-03-05"),
    ],
)
def test_a_letter_saved_as_text_has_title_and_time_from_its_head(
    tmp_path, source, title, published
):
    """The title is not the sender, who comes first; without a recipient it is no letter."""
    (tmp_path / "a.txt").write_text(source, encoding="utf-8")
    document = read_document(tmp_path, tmp_path / "a.txt")
    assert (document.title, document.published) == (title, published)
