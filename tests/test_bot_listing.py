"""Questions for names are answered with them, each cited, and with what they were taken from."""

from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from bot.answer.answerer import Answerer
from bot.answer.merging import merge_names
from bot.question.asked_names import asked_names
from bot.settings import SAMPLES
from bot.types import Coverage, Listed
from embeddings.build import build_index
from embeddings.index.storage import Store
from embeddings.models.static import StaticEmbedder

MINUTES = "bygdegarden/protokoll/2025-02-11-styrelsemote.md"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    store = tmp_path_factory.mktemp("names")
    return answerer_over(SAMPLES, store)


@pytest.fixture(scope="module")
def refusing_nothing(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """Return an answerer for what names are found, however sure: refusals are tested elsewhere."""
    return answerer_over(SAMPLES, tmp_path_factory.mktemp("all"), confidence_needed=0)


def answerer_over(documents: Path, store: Path, **settings: float) -> Answerer:
    model = StaticEmbedder()
    build_index(documents, store, model, progress=lambda *_: None)
    return Answerer(Store(store), model, today=lambda: date(2026, 1, 31), **settings)


def names(answer):
    """Return the names listed, after a look that the quotes hold them."""
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for one in answer.names:
        quote = answer.citations[one.citation - 1].quote
        assert one.name in quote
        assert one.detail in quote
    for citation in answer.citations:
        start = citation.quote_start - citation.start
        assert citation.passage[start : start + len(citation.quote)] == citation.quote
    return [one.name for one in answer.names]


def test_who_was_there(samples: Answerer):
    """Everyone on the roll is told with their office, and nobody else that the minutes name."""
    answer = samples.answer("Who attended the February meeting?")
    assert answer.citations[0].document == MINUTES
    assert names(answer) == [
        "Karin Lindqvist", "Mats Öberg", "Elin Sandström", "Johan Ekdahl", "Anna-Lena Berggren",
        "Oskar Wallin",
    ]  # fmt: skip
    assert answer.names[0] == Listed("Karin Lindqvist", "ordförande", 1)
    assert answer.coverage == Coverage(1, 1, complete=True)
    assert answer.text.startswith(
        "Attended, according to the documents: Karin Lindqvist, ordförande; Mats Öberg; Elin"
    )
    assert "\n6 names, all from one document, which was read whole.\nSee also: [2]" in answer.text


def test_who_was_not_there(samples: Answerer):
    """Those who sent apologies are told apart from those present, where that is asked."""
    answer = samples.answer("Vilka var frånvarande på styrelsemötet den 11 februari 2025?")
    assert names(answer) == ["Per-Olof Nyström", "Fatima Haddad", "Gunnel Forsberg"]
    assert answer.text.startswith("Frånvarande, enligt dokumenten: Per-Olof Nyström; ")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Vem är kommundirektör?", "Stefan Rydell"),
        ("Who is the coordinator of Open Door?", "Hanna Nilsson"),
        ("Vem är ordförande i bygdegårdsföreningen?", "Johan Ekdahl"),
    ],
)
def test_who_holds_an_office(refusing_nothing: Answerer, question: str, name: str):
    """Where one person is asked for, that one is named, though the list holds others."""
    answer = refusing_nothing.answer(question)
    assert names(answer) == [name]
    assert "names" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Who built the mill's new water wheel?",
        "Vilka deltog på mötet i april 2024?",
        "Who opened the swimming hall?",
        "Vilka ingår i jubileumskommittén?",
    ],
)
def test_nothing_is_quoted_twice(samples: Answerer, question: str):
    """A quote that names someone is cited once, every name told in it, and no part of it again."""
    answer = samples.answer(question)
    for one, other in combinations(answer.citations, 2):
        apart = one.quote_end <= other.quote_start or other.quote_end <= one.quote_start
        assert one.document != other.document or apart
    for name in answer.names:
        citation = answer.citations[name.citation - 1]
        told = [
            citation.quote[start - citation.quote_start : end - citation.quote_start]
            for start, end in citation.highlights
        ]
        assert name.name in told


def test_a_question_for_something_else_lists_nobody(samples: Answerer):
    """Decisions are no names, and an answer about them stays as it was."""
    answer = samples.answer("Vilka beslut fattades i mars?")
    assert answer.names == ()
    assert answer.coverage is None


def test_two_documents_about_one_event(tmp_path: Path):
    """Those whom either of two pages about one meeting names are all told, once each."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.md").write_text(
        "# Samtal om hamnen\n\nPå mötet om hamnen i mars deltog ministrarna Siv Alm och Bo Ek samt "
        "borgmästaren Ada Lind.\n\nSiv Alm tackade alla.\n",
        encoding="utf-8",
    )
    (documents / "b.md").write_text(
        "# Hamnen\n\nSiv Alm och Bo Ek höll i mötet om hamnen i mars.\n\nPå mötet deltog bland "
        "annat:\n\n- Per Ås, Kustverket\n- Eva Roos, hamnchef\n- Ada Lind\n",
        encoding="utf-8",
    )
    answer = answerer_over(documents, tmp_path / "store").answer("Vilka deltog på mötet i mars?")
    assert sorted(names(answer)) == ["Ada Lind", "Bo Ek", "Eva Roos", "Per Ås", "Siv Alm"]
    assert answer.coverage == Coverage(2, 2, complete=True)
    assert "5 namn ur 2 dokument, som vart och ett har lästs i sin helhet." in answer.text


@pytest.mark.parametrize(
    ("question", "kind", "people", "one", "count"),
    [
        ("Who attended the meeting?", "who", True, False, None),
        ("Vilka två ministrar kom hit?", "list", True, False, 2),
        ("Which countries were represented?", "list", False, False, None),
        ("Vem är kommunalråd?", "who", True, True, None),
        ("Which two agency heads joined the others?", "list", True, False, 2),
        ("Vilken minister åkte dit?", "who", True, True, None),
        ("Vad hette de tre personer som talade?", "what", True, False, 3),
        ("Who was chosen, and who stepped down?", "who", True, False, None),
    ],
)
def test_which_names_are_asked_for(question, kind, people, one, count):
    """People or others, one or all of them, and how many."""
    asked = asked_names(question, kind)
    assert (asked.people, asked.one, asked.count) == (people, one, count)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Which decisions were made in March?", "list"),
        ("Vilka tre vägar byggs om?", "list"),
        ("What did the ministers agree on?", "what"),
        ("How much do women who were harmed get?", "how_much"),
        ("What is the prime minister's salary?", "what"),
    ],
)
def test_questions_that_ask_for_no_names(question, kind):
    """A name may stand in the question without being asked for."""
    assert asked_names(question, kind) is None


def test_spelling_variants_are_one():
    """Case, dashes, accents, initials and a surname alone are one person, spelt out once."""
    found = [
        Listed("A. Öberg", "", 1),
        Listed("Anna Öberg", "", 1),
        Listed("Öberg", "kassör", 1),
        Listed("Per–Olof Ek", "", 1),
        Listed("PER OLOF EK", "", 2),
        Listed("Rovana Plumb", "", 1),
        Listed("Rovana Plumb", "minister", 2),
    ]
    assert merge_names(found) == (
        Listed("Anna Öberg", "kassör", 1),
        Listed("Per–Olof Ek", "", 1),
        Listed("Rovana Plumb", "minister", 2),
    )


def test_an_initial_that_could_be_two_people_stays():
    """An A. Öberg is neither Anna nor Axel where both are named."""
    found = [Listed("A. Öberg", "", 1), Listed("Anna Öberg", "", 1), Listed("Axel Öberg", "", 1)]
    assert merge_names(found) == tuple(found)
