"""Sentence splitting."""

import pytest

from corpus.structure.sentences import sentence_spans


def split(text: str, language: str = "sv") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text), language)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Mötet hölls i Malmö.", "Nästa hölls i Umeå.", "Slut."],
        ["Det var år 2023.", "Nästa år kom hon."],
        ["Vi ses kl. 13.00 i salen.", "Ta med fika."],
        ["Det gäller bl.a. Malmö, t.ex. hamnen, dvs. mycket.", "Men ej allt."],
        [
            "Enligt prop. 2025/26:100 s. 34 och bil. 2 gäller 3 kap. 4 § första st. 2 p.",
            "Så är det.",
        ],
        ["Ordf. Anna Lind och sekr. Bo Ek deltog.", "De tackade."],
        ["Det gäller skolor, vägar m.m.", "Regeringen föreslår mer."],
        ["Det kostar ca. 500 kr.", "Föreningen betalar."],
        ["Hon är f.d. minister, född den 5 jan. 1970.", "Nu är hon lärare."],
        ["– Hej! säger hon.", "– Är det sant?", "Ja!"],
        ["Han sa: ”Det är bra.”", "Sedan gick han."],
        ["Läs mer på www.msb.se.", "Där står allt."],
        ["S. J. Andersson talade.", "Alla lyssnade."],
        ["1. Mötet öppnas.", "2. Mötet avslutas."],
        ["§ 4. Föreningen ska ha en styrelse.", "Den väljs av årsmötet."],
        ["Räntan är 3.5 procent.", "Den höjs."],
        ["En mening utan slut"],
        ["Emoji går bra 😀.", "Även här 🎉."],
    ],
)
def test_swedish_sentences(parts):
    """Abbreviations, initials, numbering and decimals don't end sentences; names and years may."""
    assert split(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "parts",
    [
        ["Dr. Smith met Mrs. Jones, e.g. in St. Petersburg.", "They talked."],
        ["It opened at 9 a.m. on Monday.", "No. 5 was late."],
        ["Was it approved?", "No.", "He left."],
        ["The U.S. 2024 budget rose.", "It fell in 2025."],
        ["Acme Inc. sells it.", "He said “Done.”", "They agreed."],
    ],
)
def test_english_sentences(parts):
    """English abbreviations apply to English text."""
    assert split(" ".join(parts), "en") == parts


def test_only_the_stretch_asked_for_is_cut():
    """Offsets refer to the whole text."""
    text = "Ett. Två är här. Tre är där. Fyra."
    assert [text[a:b] for a, b in sentence_spans(text, 5, 28, "sv")] == [
        "Två är här.",
        "Tre är där.",
    ]


def test_lines_are_no_sentences_but_empty_lines_and_dashes_are():
    """A wrapped sentence stays one; a paragraph or a reply starts a new one."""
    text = "En mening som\nfortsätter här\n\nNytt stycke\n– En replik\n– Ett svar"
    assert split(text) == [
        "En mening som\nfortsätter här",
        "Nytt stycke",
        "– En replik",
        "– Ett svar",
    ]


def test_a_speech_without_full_stops_falls_into_lines():
    """Many lines without punctuation are separate units."""
    lines = [f"Vi som står här i dag tror på rad nummer {number}" for number in range(20)]
    assert split("\n".join(lines)) == lines


def test_white_space_has_no_sentences():
    """Nothing but white space gives nothing."""
    assert split(" \n\n ") == []
