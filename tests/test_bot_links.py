"""Links that open a page at the quoted sentence."""

import pytest

from bot.answer.links import link_to_page, link_to_quote

PAGE = "https://kommun.example/nyheter/bron"
TEXT = """Bron stängs

Kvarnbron stängs den 3 mars, enligt Trafik & miljö – för så-kallad översyn. Bron stängs.

Hela sträckan från torget till den gamla kvarnen berörs av arbetet, som väntas pågå i sex veckor
och kostar 1,2 miljoner.

- Karin Lindqvist, ordförande
- Mats Öberg, kassör
- Elin Sandström, sekreterare

| År | Antal |
"""


def link(quote: str, url: str | None = PAGE, text: str = TEXT) -> str | None:
    start = text.index(quote)
    return link_to_quote(url, text, start, start + len(quote))


def test_a_short_quote_is_named_whole_with_the_signs_of_the_syntax_encoded():
    quote = "Kvarnbron stängs den 3 mars, enligt Trafik & miljö – för så-kallad översyn."
    assert link(quote) == (
        f"{PAGE}#:~:text=Kvarnbron%20st%C3%A4ngs%20den%203%20mars%2C%20enligt%20Trafik%20%26%20"
        "milj%C3%B6%20%E2%80%93%20f%C3%B6r%20s%C3%A5%2Dkallad%20%C3%B6versyn."
    )


def test_a_long_quote_is_named_by_its_first_and_last_words():
    start = TEXT.index("Hela")
    quote = TEXT[start : TEXT.index("miljoner.") + len("miljoner.")]
    expected = "Hela%20str%C3%A4ckan%20fr%C3%A5n,kostar%201%2C2%20miljoner."
    assert link(quote) == f"{PAGE}#:~:text={expected}"


def test_a_list_is_named_without_what_marks_its_items():
    quote = TEXT[TEXT.index("- Karin") : TEXT.index("sekreterare") + len("sekreterare")]
    expected = "Karin%20Lindqvist%2C%20ordf%C3%B6rande,Elin%20Sandstr%C3%B6m%2C%20sekreterare"
    assert link(quote) == f"{PAGE}#:~:text={expected}"


def test_words_are_added_until_they_stand_once():
    text = f"Den som kommer först får välja. Den som kommer {'sist ' * 12}får vänta och se."
    start = text.index("Den som kommer sist")
    found = link_to_quote(PAGE, text, start, len(text))
    assert found == f"{PAGE}#:~:text=Den%20som%20kommer%20sist,v%C3%A4nta%20och%20se."


@pytest.mark.parametrize("quote", ["Bron stängs", "| År | Antal |", "stängs", " "], ids=repr)
def test_words_that_stand_elsewhere_too_and_tables_are_not_named(quote: str):
    assert link(quote) == PAGE


def test_capitals_and_white_space_do_not_tell_words_apart():
    text = "Mötet öppnas.\n\nMÖTET\nöppnas."
    assert link_to_quote(PAGE, text, 0, len("Mötet öppnas.")) == PAGE


def test_a_page_opened_at_a_heading_is_opened_at_the_quote_of_it():
    assert str(link("- Mats Öberg, kassör", f"{PAGE}#styrelse")).startswith(
        f"{PAGE}#styrelse:~:text=Mats"
    )


@pytest.mark.parametrize(
    "url",
    [None, "", "/nyheter/bron", "ftp://x.se/a", "javascript:alert(1)", "http://[broken",
     f"{PAGE}#:~:text=Annat"],
)  # fmt: skip
def test_what_is_no_web_page_stays_as_it_is(url: str | None):
    assert link("- Mats Öberg, kassör", url) == url


def test_a_pdf_opens_at_the_page_of_the_quote():
    """The page number in the quote's location is added to the address of a PDF only."""
    pdf = "https://example.org/protokoll.PDF"
    assert link_to_quote(pdf, TEXT, 0, 5, "p. 12, Beslut") == f"{pdf}#page=12"
    assert link_to_quote(pdf, TEXT, 0, 5, "Beslut") == pdf
    assert link_to_page("file:///a/b.docx", "p. 12") == "file:///a/b.docx"
    assert link_to_page("file:///a/b.pdf", "p. 12") == "file:///a/b.pdf#page=12"
