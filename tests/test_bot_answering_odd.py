"""Quotes from unusual documents are still exact."""

import random
from datetime import date
from pathlib import Path

import pytest

from bot.answer.answerer import Answerer
from corpus.errors import UserError
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.models.static import StaticEmbedder

_PIECES = (
    "Mötet öppnades av Karin Ek. ",
    "Who came? Bo Lind, Eva Ås och Per Ö. ",
    "\n\n# Rubrik\n\n",
    "- en punkt\n- två punkter: 3 000 kr\n",
    "| a | b |\n|---|---|\n| 1 | 14 januari 2025 |\n",
    "Mr. Ek m.fl. kl. 13.00 bl.a. dvs. ",
    "\u202eomvänd\u202c \u200bosynlig\ufeff ",
    "e\u0301te\u0301 Å Å ﬁ ß İ ",
    "🙂👩‍👩‍👧 ",
    "\r\n\r\n",
    "\t\t \u00a0 \u2028 ",
    "<b>fet</b> & <script>x</script> [länk](http://a.se/?q=1) ",
    "x" * 3000 + " ",
    "?!.;:–—…”“»« ",
    "2025-01-14 ",
    "\x00\x07\x1b[31mröd\x1b[0m ",
    "ordförande " * 40,
    "Suomeksi: kokous pidettiin maanantaina. ",
    "اجتماع يناير ",
)
_QUESTIONS = (
    "Vem öppnade mötet?",
    "Who came?",
    "När var mötet?",
    "How much did it cost?",
    "Vilka två punkter togs upp?",
    "Varför omvänd ordning?",
    "What is röd?",
    "🙂?a",
    "ordförande 14 januari",
    "kokous",
)


def quiet(stage: str, done: int, total: int) -> None:
    """Ignore progress."""


def write_odd(folder: Path, seed: int) -> None:
    """Write randomly generated documents, in three formats and some rare encodings."""
    chance = random.Random(seed)
    folder.mkdir()
    for number in range(25):
        text = "".join(chance.choices(_PIECES, k=chance.randint(1, 30)))
        ending = chance.choice((".md", ".txt", ".html"))
        encoding = chance.choice(("utf-8", "utf-8", "utf-8-sig", "cp1252"))
        (folder / f"{number}{ending}").write_bytes(text.encode(encoding, errors="ignore"))


@pytest.mark.parametrize("seed", range(3))
def test_quotes_of_odd_documents_stand_in_them(tmp_path: Path, seed: int):
    """Every quote and highlight is in the stored text at its offsets."""
    write_odd(tmp_path / "documents", seed)
    model = StaticEmbedder()
    build_index(tmp_path / "documents", tmp_path / "store", model, progress=quiet)
    answerer = Answerer(
        Store(tmp_path / "store"), model, lambda: date(2025, 6, 1), confidence_needed=0.0
    )
    quoted = 0
    for question in _QUESTIONS:
        answer = answerer.answer(question)
        for one in (*answer.citations, *answer.nearest, *answer.further):
            text = answerer.text_of(one.document) or ""
            assert text[one.quote_start : one.quote_end] == one.quote
            assert text[one.start : one.end] == one.passage
            assert one.quote.strip()
            for start, end in one.highlights:
                assert one.quote_start <= start < end <= one.quote_end
            quoted += 1
    assert quoted > len(_QUESTIONS)


@pytest.mark.parametrize("seed", range(3))
def test_odd_questions_get_an_answer_or_a_sentence(tmp_path: Path, seed: int):
    """Random questions are answered, refused, or get a helpful message."""
    write_odd(tmp_path / "documents", seed)
    model = StaticEmbedder()
    build_index(tmp_path / "documents", tmp_path / "store", model, progress=quiet)
    answerer = Answerer(Store(tmp_path / "store"), model, lambda: date(2025, 6, 1))
    chance = random.Random(seed)
    previous = None
    for _ in range(25):
        asked = "".join(chance.choices(_PIECES + _QUESTIONS, k=chance.randint(1, 3)))
        try:
            previous = answerer.answer(asked, after=previous)
            told = previous.text
        except UserError as error:
            told = str(error)
        assert told


def test_furniture_is_not_what_comes_nearest(tmp_path: Path):
    """An address and a notice under every text are quoted by no answer that found nothing."""
    frame = "Norrby kommun, Storgatan 1, 123 45 Norrby\n\nVi använder kakor på sidan."
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in (
        ("bad", "Simskolan börjar i juni. Badet är öppet hela sommaren för alla."),
        ("skola", "Rektor är Anna Berg. Skolan har plats för 200 elever i nio klasser."),
        ("skola-kopia", "Rektor är Anna Berg. Skolan har plats för 200 elever i nio klasser."),
    ):
        (folder / f"{name}.md").write_text(f"# Om {name}\n\n{text}\n\n{frame}\n", encoding="utf-8")
    model = StaticEmbedder()
    build_index(folder, tmp_path / "store", model, progress=quiet)
    answerer = Answerer(Store(tmp_path / "store"), model, confidence_needed=1.0)
    for question in ("Vad heter kommunen i Mongoliet?", "Vem skrev romanen om kakor 1987?"):
        answer = answerer.answer(question)
        assert not answer.found
        quotes = " ".join(one.quote for one in (*answer.nearest, *answer.further))
        assert answer.nearest
        assert "Storgatan" not in quotes
        assert "kakor" not in quotes
    answerer.close()
