"""Answers as text and JSON: readable, safe, and in the promised format."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.cli.answer_lines import Look, render_answer
from bot.cli.as_json import answer_as_json, json_line
from bot.texts import texts_for
from bot.texts.printable import on_one_line, printable
from bot.types import Answer, AnswerItem, Citation, Grade, Reading
from corpus.types import Period

FOLDER = Path("/documents")
QUOTE = "På mötet deltog:\n- Anna Öberg, ordförande\n\n- Bo Ek"
CITATION = Citation(
    number=1,
    document="protokoll/2023/möte 1.md",
    title="Mötet i januari",
    published="2023-01-17",
    language="sv",
    location="§ 2",
    url="https://example.org/1",
    link="https://example.org/1#:~:text=Anna",
    passage=f"Inledning. {QUOTE}",
    start=90,
    end=90 + 11 + len(QUOTE),
    quote=QUOTE,
    quote_start=101,
    quote_end=101 + len(QUOTE),
    score=0.123456,
    also_in=("kopior/a.md", "kopior/b.md"),
    highlights=((120, 130), (146, 151)),
)
MARCH = Period(date(2023, 3, 1), date(2023, 3, 31), "March 2023")
ANSWER = Answer(
    question="Who attended in March 2023?",
    reading=Reading("en", "who", (MARCH,)),
    text="Who: [1]",
    citations=(CITATION,),
    nearest=(),
    confidence=0.91234,
    seconds=0.01,
    grade=Grade.ANSWER,
)


def not_found(quote):
    nearest = (replace(CITATION, quote=quote, url=None, also_in=()),)
    return replace(ANSWER, text="Nothing.", citations=(), nearest=nearest, grade=Grade.NOT_FOUND)


def test_an_answer_in_plain_text():
    """A pipe gets the text, then each full quote with title, date, place, language and links."""
    assert render_answer(ANSWER, FOLDER) == (
        "Who: [1]\n"
        "\n"
        "[1] Mötet i januari · 17 January 2023 · § 2 · in Swedish\n"
        "    “På mötet deltog:\n"
        "    - Anna Öberg, ordförande\n"
        "    - Bo Ek”\n"
        "    protokoll/2023/möte 1.md\n"
        "    https://example.org/1#:~:text=Anna\n"
        "    Also in: kopior/a.md, kopior/b.md"
    )


def test_an_answer_to_a_swede():
    """Dates and notes are in the question's language; a quote in it has no language note."""
    answer = replace(ANSWER, reading=replace(ANSWER.reading, language="sv"))
    shown = render_answer(answer, FOLDER)
    assert "[1] Mötet i januari · 17 januari 2023 · § 2\n" in shown
    assert "Även i: kopior/a.md" in shown
    assert "svenska" not in shown


def test_nearest_passages_are_marked_and_short():
    """If nothing answers, passages are below a heading, shortened at a word."""
    shown = render_answer(not_found("ord " * 200), FOLDER)
    assert shown.startswith("Nothing.\n\nClosest passages, though not an answer:\n\n[1] ")
    quote = shown.splitlines()[5]
    assert quote.endswith("ord …”")
    assert 200 < len(quote) < 260


def test_a_terminal_gets_bold_answers_and_clickable_paths():
    """On a terminal the answer words are bold and the path is a link."""
    shown = render_answer(ANSWER, FOLDER, Look(styled=True, width=80))
    assert "\n    - \x1b[1mAnna Öberg\x1b[0m, ordförande\n    - \x1b[1mBo Ek\x1b[0m”\n" in shown
    assert shown.count("\x1b[1m") == 2
    link = "\x1b]8;;file:///documents/protokoll/2023/m%C3%B6te%201.md\x1b\\"
    assert f"{link}protokoll/2023/möte 1.md\x1b]8;;\x1b\\" in shown
    link = "\x1b]8;;https://example.org/1#:~:text=Anna\x1b\\"
    assert f"{link}https://example.org/1\x1b]8;;" in shown
    assert "\x1b[1m" not in render_answer(not_found("q"), FOLDER, Look(styled=True))


def test_bold_words_are_wrapped_with_the_others():
    """Bold continues over line ends, and nothing else is bold."""
    quote = "Styrelsen valde den som heter Anna Maria Öberg till ny ordförande."
    start, end = quote.index("Anna"), quote.index(" till")
    citation = replace(CITATION, quote=quote, highlights=((101 + start, 101 + end),))
    shown = render_answer(
        replace(ANSWER, citations=(citation,)), FOLDER, Look(styled=True, width=44)
    )
    assert "heter \x1b[1mAnna\x1b[0m\n    \x1b[1mMaria Öberg\x1b[0m till ny ordf" in shown


def test_hidden_characters_move_no_bold():
    """Removing control characters leaves the bold on the same words."""
    quote = "a\x1b[31mb\u202e Anna"
    span = (101 + quote.index("Anna"), 101 + len(quote))
    citation = replace(CITATION, quote=quote, highlights=(span,))
    shown = render_answer(replace(ANSWER, citations=(citation,)), FOLDER, Look(styled=True))
    assert "“ab \x1b[1mAnna\x1b[0m”" in shown


def test_long_lines_are_wrapped_on_a_terminal_alone():
    """Text is wrapped at words only if there is a width."""
    quote = "Ett långt ord följer ett annat " * 12
    citation = replace(CITATION, title="A long title " * 9, quote=quote, highlights=())
    answer = replace(ANSWER, text=f"Who: {'Anna Öberg, ' * 9}[1]", citations=(citation,))
    wrapped = render_answer(answer, FOLDER, Look(width=60))
    assert max(map(len, wrapped.splitlines())) <= 60
    assert f"“{quote.strip()}”" in " ".join(wrapped.split())
    assert answer.text in " ".join(wrapped.split())
    assert f"    “{quote.strip()}”\n" in render_answer(answer, FOLDER)


HOSTILE = "\x1b[31mred\x1b]0;title\x07\x1b]8;;http://evil\x1b\\ \x9b2J\u202eflip\x00\x07\r\x1b(B"


@pytest.mark.parametrize("field", ["title", "location", "quote", "url", "document"])
def test_documents_cannot_steer_the_terminal(field):
    """Escape sequences and bidi controls in a document never reach the terminal."""
    hostile = {"link": None, "highlights": (), field: f"a{HOSTILE}b", "also_in": (HOSTILE,)}
    citation = replace(CITATION, **hostile)
    shown = render_answer(replace(ANSWER, citations=(citation,)), FOLDER)
    assert all(character.isprintable() or character == "\n" for character in shown)
    assert "ared flipb" in " ".join(shown.split())
    assert "[31m" not in shown
    assert "evil" not in shown


def test_printable_keeps_what_people_write():
    """Letters, joined emoji and line breaks stay."""
    text = "Åsa & <Bo> 👩‍👩‍👧\nnästa rad – “ja”"
    assert printable(text) == text
    assert on_one_line(f" {text}\t!") == text.replace("\n", " ") + " !"


def test_json_has_exactly_the_promised_shape():
    """Keys, nesting and values are as promised to programs."""
    items = (AnswerItem("Anna Öberg, ordförande", 1, 120, 142),)
    listing = replace(ANSWER, items=items, complete=True)
    assert json.loads(answer_as_json(listing)) == {
        "question": "Who attended in March 2023?",
        "language": "en",
        "found": True,
        "text": "Who: [1]",
        "reading": {
            "kind": "who",
            "read_as": None,
            "dates": [{"from": "2023-03-01", "to": "2023-03-31", "said": "March 2023"}],
            "other_years": [],
            "insists": [],
        },
        "grade": "answer",
        "items": [
            {"text": "Anna Öberg, ordförande", "citation": 1, "start": 120, "end": 142},
        ],
        "complete": True,
        "citations": [
            {
                "number": 1,
                "document": "protokoll/2023/möte 1.md",
                "title": "Mötet i januari",
                "published": "2023-01-17",
                "location": "§ 2",
                "url": "https://example.org/1",
                "link": "https://example.org/1#:~:text=Anna",
                "passage": f"Inledning. {QUOTE}",
                "start": 90,
                "end": 101 + len(QUOTE),
                "quote": QUOTE,
                "quote_start": 101,
                "quote_end": 101 + len(QUOTE),
                "highlights": [[120, 130], [146, 151]],
                "score": 0.1235,
            }
        ],
        "nearest": [],
        "missing": [],
        "confidence": 0.9123,
        "seconds": 0.01,
    }


def test_json_tells_quotes_that_may_answer_from_an_answer():
    """They are found, and the grade says how reliable they are."""
    fields = json.loads(answer_as_json(replace(ANSWER, grade=Grade.MAY_ANSWER)))
    assert (fields["found"], fields["grade"]) == (True, "may answer")


def test_json_of_nothing_found():
    """The nearest passages have the form of citations, under their own key."""
    fields = json.loads(answer_as_json(not_found("x")))
    assert fields["found"] is False
    assert fields["grade"] == "not found"
    assert (fields["items"], fields["complete"]) == ([], None)
    assert fields["citations"] == []
    assert fields["nearest"][0]["quote"] == "x"


def test_json_is_one_safe_line_with_its_letters():
    """Swedish letters are readable, and control characters escaped."""
    text = "Åäö\n\x1b\x9b\u202e\u2028\x7f\ud800"
    line = json_line({"text": text})
    assert "Åäö" in line
    assert line.isprintable()
    assert json.loads(line) == {"text": text}


@pytest.mark.parametrize(
    ("published", "english", "swedish"),
    [
        ("2023-03-21", "21 March 2023", "21 mars 2023"),
        ("2023-01-05", "5 January 2023", "5 januari 2023"),
        ("2023-12", "December 2023", "december 2023"),
        ("2023", "2023", "2023"),
        (None, "", ""),
    ],
)
def test_dates_are_written_as_people_write_them(published, english, swedish):
    """As precise as known, in the question's language."""
    assert texts_for("en").date(published) == english
    assert texts_for("sv").date(published) == swedish


@pytest.mark.parametrize("language", ["sv", "sv-SE", "SV"])
def test_swedish_is_known_by_its_tags(language):
    """Swedish tags get Swedish, all others English."""
    assert texts_for(language) is texts_for("sv")
    assert texts_for("other") is texts_for("en") is texts_for("fi")
    assert texts_for(language).answer_lead() != texts_for("en").answer_lead()


@pytest.mark.parametrize("role", ["attended", "absent", None])
def test_every_role_that_is_told_has_a_lead(role):
    """A lead is a phrase that ends with a colon."""
    for language in ("sv", "en"):
        assert texts_for(language).answer_lead(role).endswith(":")
