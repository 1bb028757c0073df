"""Whole answers, from the samples, and from real documents if available."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made_up import KnowingReader, golden

from bot.answer.answerer import Answerer
from bot.evaluation.figures import groups_of, measure
from bot.evaluation.outcomes import evaluate
from bot.evaluation.questions import load_golden
from bot.question.reading import LONGEST, clean_question, read_question
from bot.types import Grade
from corpus.errors import UserError
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.models.loading import load_reader
from embeddings.models.static import StaticEmbedder

SHARED = Path(__file__).parents[2] / "shared"
GOLDEN = Path(__file__).parent / "golden" / "samples.jsonl"


def quiet(stage: str, done: int, total: int) -> None:
    """Ignore progress."""


def answerer_over(documents: Path, store: Path, **settings) -> Answerer:
    model = StaticEmbedder()
    build_index(documents, store, model, progress=quiet)
    return Answerer(Store(store), model, today=lambda: date(2026, 1, 31), **settings)


@pytest.fixture(scope="module")
def asking(store: Path):
    """Return answerers over the samples with the given settings."""

    def answerer(**settings) -> Answerer:
        today = date(2026, 1, 31)
        return Answerer(Store(store), StaticEmbedder(), today=lambda: today, **settings)

    return answerer


@pytest.fixture(scope="module")
def samples(asking) -> Answerer:
    return asking()


def check_quotes(answer) -> None:
    """Assert that each quote is in its passage at its offsets."""
    for citation in (*answer.citations, *answer.nearest):
        start = citation.quote_start - citation.start
        assert citation.passage[start : start + len(citation.quote)] == citation.quote
        assert citation.quote_end - citation.quote_start == len(citation.quote)
        assert citation.end - citation.start == len(citation.passage)
        assert citation.quote.strip() == citation.quote != ""


def test_the_january_meeting(samples: Answerer):
    """The demo question is answered with everyone named in the minutes."""
    answer = samples.answer("Who attended the January meeting?")
    first = answer.citations[0]
    assert first.document == "bygdegarden/protokoll/2025-01-14-styrelsemote.md"
    people = (
        "Karin Lindqvist, Per-Olof Nyström, Mats Öberg, Elin Sandström, Fatima Haddad, "
        "Gunnel Forsberg, Henrik Åkerlund, Maria Dahlgren"
    )
    for name in people.split(", "):
        assert name in first.quote
    assert [item.text.split(",")[0] for item in answer.items] == people.split(", ")
    for item in answer.items:
        quoted = answer.citations[item.citation - 1]
        begin = item.start - quoted.quote_start
        assert quoted.quote[begin : begin + len(item.text)] == item.text
        assert samples.text_of(quoted.document)[item.start : item.end] == item.text
    assert (answer.complete, answer.grade) == (True, Grade.ANSWER)
    lead, *lines, note = answer.text.splitlines()
    assert lead == "Attended, according to the documents:"
    assert lines[0] == "• Karin Lindqvist, ordförande"
    assert lines[7].startswith("• Maria Dahlgren, kultur- och fritidschef i Sävlinge kommun, ")
    assert lines[7].endswith(" [1]")
    assert note == "Read as January 2025."


def test_golden_questions_over_the_samples(asking):
    """Questions in both languages find their document, and every quote and item is verbatim."""
    sure_of_all = asking(confidence_needed=0.0)
    outcomes = list(evaluate(load_golden(GOLDEN), sure_of_all))
    for outcome in outcomes:
        check_quotes(outcome.answer)
    figures = measure(outcomes)
    assert figures["document first"] >= 0.8
    assert figures["document in five"] >= 0.95
    assert figures["quote in five"] >= 0.6
    assert figures["quotes valid"] == figures["words proven"] == 1


def test_names_are_asked_for_where_a_right_document_holds_them(samples: Answerer):
    """A name translated in the known answer can't be quoted, so it is not asked for."""
    library = "pressmeddelanden/2025/05/new-library.md"
    asked = golden(
        "Which languages?", docs=[library], kind="list", answer="English, Arabiska och Ukrainian"
    )
    (outcome,) = evaluate([asked], samples)
    assert outcome.names == ("English", "Ukrainian")
    (outcome,) = evaluate([replace(asked, kind="what")], samples)
    assert outcome.names == ()


def test_a_question_is_read_as_of_the_day_it_is_asked_on(samples: Answerer):
    """The day of a question overrides that of the answerer."""
    asked = golden("Vad beslutades förra året?", today=date(2020, 5, 5))
    (outcome,) = evaluate([asked], samples)
    assert outcome.answer.reading.periods[0].start == date(2019, 1, 1)


def test_near_duplicates_are_named_once(samples: Answerer):
    """A press release published twice is cited once, with the other path."""
    answer = samples.answer("Vad kostar renoveringen av Kvarnbron?")
    cited = [citation.document for citation in answer.citations]
    twice = {one for one in cited if "kvarnbron-stangs" in one}
    assert len(twice) == 1
    also = next(c.also_in for c in answer.citations if c.document in twice)
    assert any("kvarnbron-stangs" in path for path in also)


def test_two_versions_that_differ_are_both_cited(samples: Answerer):
    """An update with a new date comes first, and both are shown."""
    for question, told in (
        (
            "När stängs Kvarnbron av?",
            "[1] (18 mars 2025) är nyare och säger ”måndagen den 14 april”",
        ),
        (
            "When does Kvarnbron close?",
            "[1] (18 March 2025) is newer and says “måndagen den 14 april”",
        ),
    ):
        answer = samples.answer(question)
        check_quotes(answer)
        assert [citation.published for citation in answer.citations[:2]] == [
            "2025-03-18",
            "2025-03-04",
        ]
        assert "14 april" in answer.citations[0].quote
        assert "7 april" in answer.citations[1].quote
        assert told in answer.text


def test_nothing_supports_an_answer(asking):
    """If the reader sees no answer, nothing is claimed, and the nearest passages are shown."""
    answer = asking(reader=KnowingReader()).answer("Vem uppfann dynamiten?")
    assert (answer.found, answer.grade) == (False, Grade.NOT_FOUND)
    assert answer.citations == answer.items == ()
    assert len(answer.nearest) == 2
    assert answer.text == "Jag hittade inget svar på det i dokumenten."


def test_no_answer_is_claimed_of_what_nothing_is_said(samples: Answerer):
    """Without a reader too: quotes are at most shown as possible answers."""
    answer = samples.answer("Vem uppfann dynamiten?")
    assert answer.grade is not Grade.ANSWER
    assert answer.text.startswith(("Jag hittade inget svar", "Det här kan vara svaret: [1]"))


def test_what_the_reader_marks_is_the_answer(asking):
    """The sentence it chooses is quoted first, alone, with the answer words marked."""
    said = "The conversion cost SEK 9.3 million."
    answer = asking(reader=KnowingReader(cost="SEK 9.3 million")).answer(
        "What did the conversion of the railway station into a library cost?"
    )
    assert [citation.quote for citation in answer.citations] == [said]
    (first,) = answer.citations
    ((start, end),) = first.highlights
    assert first.quote[start - first.quote_start : end - first.quote_start] == "SEK 9.3 million"
    assert answer.text == "According to the documents: [1]"


def test_boilerplate_is_neither_quoted_nor_found(samples: Answerer):
    """A notice with a month, on every page of an archive, is never an answer."""
    answer = samples.answer("Vad arkiverades den 31 januari 2025?")
    for citation in (*answer.citations, *answer.nearest):
        assert "arkiverades den 31 januari 2025" not in citation.passage


def test_a_new_index_is_moved_to_without_a_restart(tmp_path: Path):
    """A running answerer uses a new generation as soon as it is current."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.md").write_text("# Båten\n\nVi köpte en båt i mars.\n", encoding="utf-8")
    answerer = answerer_over(documents, tmp_path / "store")
    assert answerer.answer("Vad köpte vi?").citations[0].document == "a.md"
    (documents / "b.md").write_text("# Cykeln\n\nVi sålde en cykel i maj.\n", encoding="utf-8")
    build_index(documents, tmp_path / "store", StaticEmbedder(), progress=quiet)
    assert answerer.answer("Vilken cykel sålde vi?").citations[0].document == "b.md"


def test_finnish_is_found_by_its_words(samples: Answerer):
    """A question in another language finds documents in it, and does not displace others."""
    finnish = samples.answer(
        "Kuinka monta suomea puhuvaa hoitajaa vanhustenhuollossa työskentelee?"
    )
    assert finnish.citations[0].document == "webb/palvelut-suomeksi.md"
    swedish = samples.answer("Vem är ordförande i bygdegårdsföreningen?")
    assert all(citation.language != "other" for citation in swedish.citations)


@pytest.mark.parametrize("question", ["", "   ", "\x00\x1b\x07", "?!", "x" * (LONGEST + 1)])
def test_what_is_no_question_is_told(samples: Answerer, question: str):
    """Empty text, control characters and pages of text each get a helpful message."""
    with pytest.raises(UserError, match=r"Ask (a question|for one thing)"):
        samples.answer(question)


def test_control_characters_are_left_out_of_a_question():
    """Control characters become spaces, and the question is one line."""
    assert clean_question("Vem\x00 deltog\n\ti\x1b[31m maj?") == "Vem deltog i maj?"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who attended the January meeting?", "who"),
        ("Vem deltog på mötet i januari?", "who"),
        ("Vilka beslut fattades i mars?", "list"),
        ("Which agencies took part?", "list"),
        ("When the ministers met in Oslo, who chaired?", "who"),
        ("When does the library open?", "when"),
        ("Vilken dag öppnade simhallen?", "when"),
        ("Hur mycket kostade taket?", "how_much"),
        ("How old was the bridge?", "how_much"),
        ("Var hölls mötet?", "where"),
        ("Varför stängdes bron?", "why"),
        ("Är bron stängd?", "yesno"),
        ("Did the board approve it?", "yesno"),
        ("What is a natura site?", "what"),
        ("budget 2025", None),
    ],
)
def test_kinds_of_question(question: str, kind: str | None):
    """The kind is recognised from the question's words, in both languages."""
    assert read_question(question, date(2026, 1, 31)).kind == kind


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the two documents are not at hand")
@pytest.mark.parametrize(
    "question", ["who attended the January meeting", "Vem deltog på mötet i januari?"]
)
def test_both_seeds_are_cited(question: str, tmp_path: Path):
    """Two pages about one meeting are both cited with all names, and no notice is."""
    answer = answerer_over(SHARED / "seeds", tmp_path).answer(question)
    check_quotes(answer)
    assert len({citation.document for citation in answer.citations}) == 2
    quotes = "\n".join(citation.quote for citation in answer.citations)
    for name in ("Hammarberg", "Dahlin", "Holmertz", "Klerfors", "Socialutskott",
                 "Sveriges Kommuner och Landsting", "Annika Strandhäll"):  # fmt: skip
        assert name in quotes
    for notice in ("Innehållet publicerades", "entledigats", "Mellan den 3 oktober"):
        assert all(notice not in citation.passage for citation in answer.citations)


@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the real corpus is not at hand")
def test_development_questions_over_a_real_corpus(tmp_path: Path):
    """Over 12,722 documents enough right ones are cited, and every quote is verbatim."""
    from benchmarks.sets import government

    folder = government(SHARED / "data", tmp_path)[0].folder
    answerer = answerer_over(folder, tmp_path / "store")
    golden = load_golden(SHARED / "data/questions/regeringen-dev.jsonl")
    outcomes = list(evaluate(golden, answerer))
    for outcome in outcomes:
        check_quotes(outcome.answer)
    for language, first, in_five in (("en", 0.6, 0.8), ("sv", 0.7, 0.88)):
        figures = measure(groups_of(outcomes)[language])
        assert figures["document first"] >= first
        assert figures["document in five"] >= in_five


@pytest.mark.parametrize("year", [None, 2025, 1999])
def test_a_chosen_year_turns_no_refusal_off(asking, year: int | None):
    """An unanswerable question stays unanswered, whichever year is chosen."""
    answer = asking(reader=KnowingReader()).answer("What is the capital of Mongolia?", year=year)
    assert not answer.found
    numbers = [one.number for one in (*answer.nearest, *answer.further)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(answer.nearest) == 2


@pytest.mark.parametrize("year", [None, 2025])
def test_all_that_is_cited_stands_up_to_the_best(samples: Answerer, year: int | None):
    """Even with a chosen year first, each citation scores at least half the best."""
    answer = samples.answer("Vem deltog på styrelsemötet i januari?", year=year)
    best = max(one.score for one in (*answer.citations, *answer.further))
    assert answer.citations
    assert all(one.score >= 0.5 * best for one in answer.citations)


def test_the_questions_of_the_pictures_are_answered_rightly(asking):
    """The README's screenshots are correct: who came, who did not, why the bridge is closed."""
    scenes = (Path(__file__).parent.parent / "docs" / "pictures.py").read_text(encoding="utf-8")
    answerer = asking(reader=load_reader(None))
    came, absent, reason = (
        answerer.answer(question)
        for question in (
            "Who attended the January meeting?",
            "Vilka var frånvarande i november 2024?",
            "Varför måste Kvarnbron stängas?",
        )
    )
    before = answerer.answer("Och i september?", after=absent)
    assert all(f'"{one.question}"' in scenes for one in (came, absent, reason, before))
    assert [len(came.items), came.complete] == [8, True]
    assert [one.text for one in absent.items] == ["Fatima Haddad"]
    assert [one.text for one in before.items] == [
        "Per-Olof Nyström",
        "Johan Ekdahl",
        "Oskar Wallin",
    ]
    assert reason.citations[0].quote.startswith("Orsaken är att bärlagren har rostat")
