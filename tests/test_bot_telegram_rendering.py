"""Answers as Telegram messages: complete, well-formed, and within the limits."""

import re
from dataclasses import replace
from html import unescape

from bot_api.markup import read_html, units

from bot.telegram_bot.asking.answer_messages import render_answer
from bot.telegram_bot.asking.markup import MOST_UNITS, Marked, render_text
from bot.telegram_bot.asking.sources import render_source
from bot.telegram_bot.asking.splitting import ending, shortened, split_text
from bot.types import Answer, AnswerItem, Citation, Excerpt, Reading


def citation(quote: str, number: int = 1, **changes: object) -> Citation:
    fields: dict[str, object] = {
        "number": number,
        "document": "protokoll/2025-01-14.md",
        "title": "Protokoll januari",
        "published": "2025-01-14",
        "language": "sv",
        "location": "Närvarande",
        "url": None,
        "passage": quote,
        "start": 0,
        "end": len(quote),
        "quote": quote,
        "quote_start": 0,
        "quote_end": len(quote),
        "score": 1.0,
    }
    return Citation(**{**fields, **changes})  # type: ignore[arg-type]


def answer(*citations: Citation, language: str = "sv", found: bool = True) -> Answer:
    return Answer(
        question="Vem deltog?",
        reading=Reading(language, "who", ()),
        text="Så här står det: [1]",
        citations=citations if found else (),
        nearest=() if found else citations,
        confidence=1.0,
        seconds=0.1,
    )


def shown(html: str) -> str:
    """Return the visible text; Refused if Telegram would reject the HTML."""
    return read_html(html)[0]


def test_a_citation_tells_its_title_date_and_place_over_a_folded_quote():
    [message] = render_answer(answer(citation("Karin Ek deltog.")))
    assert message.html == (
        "Så här står det: [1]\n\n"
        "<b>[1]</b> <b>Protokoll januari</b> · 14 januari 2025 · Närvarande\n"
        "<blockquote expandable>Karin Ek deltog.</blockquote>"
    )
    assert message.plain == (
        "Så här står det: [1]\n\n[1] Protokoll januari · 14 januari 2025 · Närvarande\n"
        "Karin Ek deltog."
    )


def test_a_document_whose_title_shows_nothing_goes_by_its_path():
    for title in ("", " \u200b\u2060", "\u202e\n"):
        [message] = render_answer(answer(citation("Ja.", title=title)))
        assert "[1] protokoll/2025-01-14.md ·" in message.plain


def test_a_title_that_runs_leftwards_is_kept_from_turning_what_stands_beside_it():
    [message] = render_answer(answer(citation("Ja.", title="پروتکل ۱")))
    assert "[1] \u2068پروتکل ۱\u2069 · 14 januari 2025" in message.plain


def test_a_title_with_an_address_is_a_link():
    [message] = render_answer(answer(citation("Ja.", url="https://x.se/a?b=1&c=2")))
    assert '<b><a href="https://x.se/a?b=1&amp;c=2">Protokoll januari</a></b>' in message.html


def test_a_title_opens_the_page_at_the_quote_where_that_can_be_said():
    at_quote = "https://x.se/a#:~:text=Ja."
    [message] = render_answer(answer(citation("Ja.", url="https://x.se/a", link=at_quote)))
    assert f'<a href="{at_quote}">' in message.html
    far = citation("Ja.", url="https://x.se/a", link=f"{at_quote}{'a' * 1200}")
    [message] = render_answer(answer(far))
    assert '<a href="https://x.se/a">' in message.html


def test_an_address_that_telegram_cannot_open_is_no_link():
    for url in ("javascript:alert(1)", "/relative", "http://[broken", "https://x.se/" + "a" * 1200):
        [message] = render_answer(answer(citation("Ja.", url=url)))
        assert "<a " not in message.html


def test_signs_of_html_and_emoji_in_titles_and_quotes_stay_what_they_are():
    quote = 'Om a < b & c > d gäller "<b>ja</b>" 👩‍🌾.'
    [message] = render_answer(answer(citation(quote, title="<script> & 🎉 </b>")))
    text = shown(message.html)
    assert quote in text
    assert "[1] <script> & 🎉 </b>" in text


def test_control_characters_and_turned_directions_do_not_reach_the_reader():
    [message] = render_answer(answer(citation("A\x1b[31mB\x00C \u202eD", title="T\x07\u2066x")))
    assert "A [31mB C D" in message.plain
    assert "[1] T x" in message.plain


def test_a_quote_in_another_language_is_marked():
    [message] = render_answer(answer(citation("Ja."), language="en"))
    assert "14 January 2025 · Närvarande · in Swedish" in message.plain


def test_near_duplicates_are_counted():
    [message] = render_answer(answer(citation("Ja.", also_in=("b.md", "c.md"))))
    assert "Närvarande · samma i 2 till\n" in message.plain


def test_the_nearest_passages_stand_under_a_heading_and_show_their_beginning():
    long = citation("Mötet öppnades av ordföranden. " * 20)
    [message] = render_answer(answer(long, citation("Nej.", 2), found=False))
    assert "\n\nNärmaste textavsnitten" in message.plain
    assert message.plain.endswith("Nej.")
    [beginning] = re.findall("<blockquote>(Mötet.*?)</blockquote>", message.html)
    assert beginning.endswith("ordföranden. …")
    assert len(beginning) <= 240


def test_bold_words_stay_bold_over_cleaned_text_and_over_parts():
    marked = Marked.of(" \u202eEtt två\r\n<tre> fyra", [(2, 5), (11, 16)])
    assert marked.piece().html == "<b>Ett</b> två\n<b>&lt;tre&gt;</b> fyra"
    whole = Marked.of("ord " * 100, [(0, 399)])
    parts = [part.piece().html for part in whole.split(207)]
    assert len(parts) == 2
    assert all(re.fullmatch("<b>(ord ?)+</b>", part) for part in parts)


def test_messages_end_between_citations():
    quotes = [f"Citat {number}: " + "ord " * 300 for number in range(1, 6)]
    citations = (citation(quote, number) for number, quote in enumerate(quotes, 1))
    messages = render_answer(answer(*citations))
    assert [len(re.findall("<blockquote", one.html)) for one in messages] == [3, 2]
    assert messages[1].html.startswith("<b>[4]")
    assert all(units(shown(one.html)) <= MOST_UNITS for one in messages)


def test_a_quote_longer_than_a_message_goes_on_in_the_next_and_loses_no_word():
    quote = " ".join(f"Mening {number} säger <{number}> & mera 🎉." for number in range(600))
    messages = render_answer(answer(citation(quote), citation("Sist.", 2)))
    told = " ".join(
        unescape(part)
        for one in messages
        for part in re.findall(r"<blockquote expandable>(.*?)</blockquote>", one.html, re.DOTALL)
    )
    assert told == f"{quote} Sist."
    for one in messages:
        assert units(shown(one.html)) <= MOST_UNITS
        assert units(one.plain) <= MOST_UNITS
        assert shown(one.html)
    assert messages[2].html.startswith("<blockquote expandable>Mening")


def test_fields_of_monstrous_length_leave_room_for_the_quote():
    monster = citation(
        "Ja & nej. " * 2000,
        title="&" * 9000,
        location="<" * 9000,
        document="&" * 9000,
        also_in=("&" * 9000,) * 9,
    )
    messages = render_answer(answer(monster))
    assert all(units(shown(one.html)) <= MOST_UNITS for one in messages)
    assert "".join(shown(one.html) for one in messages).count("Ja & nej.") == 2000


def test_a_text_without_a_space_is_cut_where_the_room_ends():
    parts = list(split_text("å" * 250, 100))
    assert [len(part) for part in parts] == [100, 100, 50]


def test_a_text_is_cut_at_the_best_place_in_the_second_half_of_the_room():
    assert list(split_text("Ett två.\n\nTre fyra fem. Sex sju.", 16)) == [
        "Ett två.",
        "Tre fyra fem.",
        "Sex sju.",
    ]


def test_a_long_plain_text_is_told_in_several_messages():
    messages = render_text("rad <1>\n" * 1000)
    assert len(messages) > 1
    assert sum(one.plain.count("rad <1>") for one in messages) == 1000


def test_beginnings_and_endings_are_cut_at_a_good_place_and_say_so():
    assert shortened("Ett två. Tre fyra.", 12) == "Ett två. …"
    assert shortened("Ett två.", 12) == "Ett två."
    assert ending("Ett två. Tre fyra.\n", 14) == "… Tre fyra.\n"
    assert ending("Ett två.", 12) == "Ett två."


def test_an_opened_source_fits_one_message_whatever_it_holds():
    excerpt = Excerpt("före & " * 300 + "\n", "citat <ord> 🎉 " * 30, " efter & " * 300)
    message = render_source(citation("x", title="&" * 900, also_in=("&" * 900,) * 9), excerpt, "sv")
    assert units(message.plain) <= MOST_UNITS
    text = shown(message.html)
    assert re.search("… (& )?före &", text)
    assert re.search("efter( &)? …$", text)
    long = Excerpt("före", "citat <ord> 🎉 " * 900, "efter")
    message = render_source(citation("x", title="&" * 900), long, "sv")
    assert units(message.plain) <= MOST_UNITS
    assert message.plain.endswith(" …\n\nCitatet fortsätter i dokumentet.")


def test_the_words_that_answer_are_bold_in_the_quote():
    quoted = citation("Karin Ek & Bo <Berg> kom.", quote_start=100, quote_end=125)
    spans = ((111, 120), (100, 108), (105, 109), (90, 99), (130, 140))
    [message] = render_answer(answer(replace(quoted, highlights=spans)))
    assert ">Karin Ek </b>&amp; <b>Bo &lt;Berg&gt;</b> kom.</blockquote>" in message.html


def items(*texts: str) -> tuple[AnswerItem, ...]:
    return tuple(AnswerItem(text, 1, 0, len(text)) for text in texts)


def test_the_items_that_an_answer_lists_are_bold_in_its_own_words():
    listed = replace(
        answer(citation("Anna Ö, Bo Ek")),
        text="Kom: Anna Ö; Bo\u202e <Ek> [1]",
        items=items("Anna Ö", "Bo\u202e <Ek>", "Ej nämnd"),
    )
    [message] = render_answer(listed)
    assert message.html.startswith("Kom: <b>Anna Ö</b>; <b>Bo &lt;Ek&gt;</b> [1]\n")


def test_each_item_of_a_long_list_is_a_line_of_its_own():
    lines = "Kom:\n• Anna Ö, ordförande\n• Bo Ek [1]\nSe även: [2]"
    listed = replace(
        answer(citation("Anna Ö, ordförande")),
        text=lines,
        items=items("Anna Ö,\n  ordförande", "Bo Ek"),
    )
    [message] = render_answer(listed)
    assert message.html.startswith(
        "Kom:\n• <b>Anna Ö, ordförande</b>\n• <b>Bo Ek</b> [1]\nSe även: [2]\n"
    )
    assert message.plain.startswith(lines)


def test_an_item_that_stands_in_another_is_marked_at_its_own_place():
    listed = replace(
        answer(citation("Ann Bo, Ann")), text="Kom: Ann Bo; Ann [1]", items=items("Ann Bo", "Ann")
    )
    [message] = render_answer(listed)
    assert message.html.startswith("Kom: <b>Ann Bo</b>; <b>Ann</b> [1]")


def test_a_message_never_has_more_tags_than_telegram_reads():
    quote = "namn " * 60
    spans = tuple((place, place + 4) for place in range(0, 300, 5))
    many = [
        citation(quote, number, highlights=spans, url="https://x.se") for number in range(1, 13)
    ]
    listed = items(*(f"Namn{number}" for number in range(200)))
    text = "; ".join(one.text for one in listed)
    messages = render_answer(replace(answer(*many), text=text, items=listed))
    assert len(messages) > 1
    assert all(one.html.count("</") <= 100 for one in messages)
