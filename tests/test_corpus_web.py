"""Web pages: complete text with structure, without what is not text."""

import pytest

from corpus.formats.html.web import read_html
from corpus.formats.text.markdown import read_markdown


def blocks(body: str) -> list[tuple[str, str]]:
    """Return kind and text of each block of a page."""
    parsed = read_html(f"<html><body>{body}</body></html>".encode())
    return [(block.kind.value, parsed.text[block.start : block.end]) for block in parsed.blocks]


def texts(body: str) -> list[str]:
    return [text for _, text in blocks(body)]


def test_headings_need_no_article():
    """Headings of a bare page are headings, at their levels."""
    parsed = read_html(b"<h1>Meeting</h1><p>Held.<h2>Present</h2><ul><li>Anna Ek</ul>")
    assert [block.level for block in parsed.blocks] == [1, 0, 2, 1]


@pytest.mark.parametrize(
    "part",
    [
        "<aside><h2>Contact</h2><p>Call Anna Ek.</p></aside>",
        "<footer><p>Call Anna Ek.</p></footer>",
        '<div class="sidebar"><p>Call Anna Ek.</p></div>',
        "<details><summary>Who?</summary><p>Call Anna Ek.</p></details>",
        '<button aria-expanded="false">Who?</button><div aria-hidden="true">Call Anna Ek.</div>',
        '<button aria-expanded="false" aria-controls="x">?</button><p id="x" hidden>Call Anna Ek.',
    ],
)
def test_facts_beside_the_main_text_stay(part):
    """Contact boxes, sidebars, footers and foldable text are read."""
    assert "Call Anna Ek." in texts(f"<main><h1>Parks</h1><p>Open all day.</p></main>{part}")


@pytest.mark.parametrize(
    "part",
    [
        "<nav><a href='/'>Start</a></nav>",
        "<div role=navigation>Start</div>",
        "<ul><li><a href=a>Start</a><li><a href=b>News</a><li><a href=c>Contact</a></ul>",
        "<div class='main-menu'><span>Start</span></div>",
        "<div class='cookie-banner'>We use cookies. <button>Accept</button></div>",
        "<p hidden>Secret</p>",
        "<p style='display: none'>Secret</p>",
        "<p style='position:absolute;left:-9999px'>Secret</p>",
        "<p style='font-size:0'>Secret</p>",
        "<span class='visually-hidden'>Secret</span>",
        "<template><p>Secret</p></template>",
        "<!-- Secret -->",
        "<script>secret()</script><style>p {}</style>",
        "<del>Struck</del>",
    ],
)
def test_what_is_no_text_goes(part):
    """Menus, notices, and hidden or struck text are left out."""
    assert texts(f"{part}<main><h1>Parks</h1><p>Open all day.</p></main>") == [
        "Parks",
        "Open all day.",
    ]


def test_nothing_runs_together():
    """Cells, items and adjacent elements are separated; styled letters in a word are not."""
    assert texts("<div><span>Nadja Ek</span><span>rektor</span></div>") == ["Nadja Ek rektor"]
    assert texts("<ul><li><p>Anna</p></li><li><p>Bo</p></li></ul>") == ["Anna", "Bo"]
    assert texts("<p>H<sub>2</sub>O and the <b>W</b>ord (<a href=x>link</a>), here</p>") == [
        "H2O and the Word (link), here"
    ]


def test_tables_resolve_their_spans():
    """A cell over several rows is in each, and cells have their column heads."""
    parsed = read_html(
        b"<table><tr><th>Hall</th><th>Day</th><th>Price</th></tr>"
        b"<tr><td rowspan=2>Great Hall</td><td>Weekday</td><td>80</td></tr>"
        b"<tr><td>Weekend</td><td>140</td></tr></table>"
    )
    last = parsed.blocks[-1]
    assert parsed.text[last.start : last.end] == "Great Hall | Weekend | 140"
    assert last.columns == ("Hall", "Day", "Price")
    assert [parsed.text[start:end] for start, end in last.cells] == ["Great Hall", "Weekend", "140"]


def test_layout_tables_are_text():
    """A table that contains headings is only for layout."""
    assert blocks("<table><tr><td><h2>Present</h2><p>Anna Ek</p></td></tr></table>") == [
        ("heading", "Present"),
        ("paragraph", "Anna Ek"),
    ]


def test_pages_that_word_writes():
    """Titles and list items are recognised by style if the tags are paragraphs."""
    assert blocks(
        "<p class=MsoTitle>Minutes</p><p class=MsoNormal>Present:</p>"
        "<p class=MsoListParagraphCxSpFirst><span>·<span>&nbsp;&nbsp; </span></span>Anna Ek</p>"
        "<p class=MsoListParagraphCxSpLast><span>·<span>&nbsp; </span></span>Bo Li</p>"
    ) == [
        ("heading", "Minutes"),
        ("paragraph", "Present:"),
        ("list_item", "Anna Ek"),
        ("list_item", "Bo Li"),
    ]


def test_descriptions_are_pairs():
    """A term and its description are one item."""
    assert texts("<dl><dt>Chair</dt><dd>Anna Ek</dd><dt>Clerk:</dt><dd><p>Bo Li</p></dd></dl>") == [
        "Chair: Anna Ek",
        "Clerk: Bo Li",
    ]


def test_html_in_markdown():
    """HTML tables and lists in a note are read as on a page."""
    source = "# T\n\n<ul><li>Chair Anna</li><li>Clerk Bo</li></ul>\n\n<table>\n<tr><td>A</td>"
    parsed = read_markdown(f"{source}\n\n<td>1</td></tr></table>\n\nEnd.".encode())
    found = [(block.kind.value, parsed.text[block.start : block.end]) for block in parsed.blocks]
    assert found == [
        ("heading", "T"),
        ("list_item", "Chair Anna"),
        ("list_item", "Clerk Bo"),
        ("table_row", "A | 1"),
        ("paragraph", "End."),
    ]


def test_hostile_pages_take_linear_time():
    """Unclosed, deep and repeated elements of many kinds take little time."""
    for part in (
        "<nav>",
        "<script>",
        "<table><tr><td>",
        "<ul><li>",
        "<div class=menu>",
        "<p hidden>",
    ):
        read_html(f"<body><p>x {part * 20_000}".encode())
    read_html(b"<p " + b"".join(b"a%d=1 " % number for number in range(20_000)) + b">x")


@pytest.mark.parametrize(
    "paragraph",
    [
        "<p><strong>Beslut</strong></p><p>Taket lagas.</p>",
        "<p><b>Beslut</b><br>Taket lagas.</p>",
        '<p><span style="font-weight:700">Beslut</span></p><p><span>Taket lagas.</span></p>',
        '<p><span class="c5">Beslut</span></p><p><span class="c1">Taket lagas.</span></p>',
        "<p class=MsoNormal><span><b>Beslut</b></span></p><p class=MsoNormal>Taket lagas.</p>",
    ],
)
def test_a_bold_line_serves_as_heading(paragraph):
    """Word processors and people write headings like that."""
    page = (
        f"<style>.c1{{color:#000}}.c5{{color:#000;font-weight:700}}</style><p>Hej.</p>{paragraph}"
    )
    assert blocks(f"<h1>Möte</h1>{page}")[-2:] == [
        ("heading", "Beslut"),
        ("paragraph", "Taket lagas."),
    ]


@pytest.mark.parametrize(
    "paragraph",
    [
        "<p><b>Taket</b> lagas i vår.</p>",
        "<p><b>Taket lagas i vår.</b></p>",
        "<p><b>Närvarande:</b> Anna Ek</p>",
        "<ul><li><p><b>Taket</b></p></li></ul>",
    ],
)
def test_bold_words_are_no_heading(paragraph):
    """Bold text beside other text, or that ends like a sentence, is text."""
    found = blocks(f"<h1>Möte</h1><p>Hej.</p>{paragraph}")
    assert [kind for kind, _ in found].count("heading") == 1


def test_a_heading_is_no_notice_whatever_its_address():
    """A "consent agenda" is a part of a board meeting."""
    found = blocks('<h1>M</h1><h2 id="consent-agenda">Consent agenda</h2><p>Ok.</p>')
    assert ("heading", "Consent agenda") in found
