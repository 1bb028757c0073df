"""What a question expects as its answer, and whether a text holds that."""

import pytest

from corpus.words import content_words
from embeddings.models.static import StaticEmbedder
from embeddings.search.answer_patterns import answering_spans, held_by
from embeddings.search.answer_type import AnswerType, Measure, expect
from embeddings.types import Query


@pytest.fixture(scope="module")
def model():
    return StaticEmbedder()


@pytest.fixture
def expected(model):
    """Return what the question given expects."""

    def read(text, language="en", kind=None):
        query = Query(text, language, kind)
        return expect(query, content_words(text, language), model)

    return read


@pytest.mark.parametrize(
    ("text", "language", "kind", "answer_type"),
    [
        ("Who opened the pool?", "en", "who", AnswerType.PERSON),
        ("Which two ministers met the farmers?", "en", "list", AnswerType.PERSON),
        ("Vilka statsråd var på plats?", "sv", "list", AnswerType.PERSON),
        ("Which agency runs the harbour?", "en", "what", AnswerType.ORGANISATION),
        ("Vilken myndighet ska betala?", "sv", "what", AnswerType.ORGANISATION),
        ("Which countries signed?", "en", "list", AnswerType.PLACE),
        ("Vilket land sade nej?", "sv", "what", AnswerType.PLACE),
        ("When does the bridge close?", "en", "when", AnswerType.TIME),
        ("Which steps are part of the plan?", "en", "list", AnswerType.THING),
        ("Is the bridge open?", "en", "yesno", None),
    ],
)
def test_the_type_of_an_answer_is_told_by_the_question(expected, text, language, kind, answer_type):
    """The noun after "which" tells it, or else the kind of question."""
    assert expected(text, language, kind).type is answer_type


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("How much did the roof cost?", Measure.MONEY),
        ("What share of the pupils eat at school?", Measure.SHARE),
        ("How long is the contract?", Measure.DURATION),
        ("How many came?", None),
    ],
)
def test_an_amount_is_in_something(expected, text, measure):
    """Money, a share and a length of time are told from a mere number."""
    assert expected(text, "en", "how_much").measure is measure


def test_the_clause_that_asks_is_told_from_the_scene(expected):
    """What comes with "when" only tells which meeting, wherever it stands."""
    behind = expected("Vem satt på Sveriges stol när EU:s ministrar träffades i Riga?", "sv", "who")
    assert behind.focus == {"satt", "sveriges", "stol"}
    front = expected("When the ministers met in Riga, who chaired the session?", "en", "who")
    assert front.focus == {"chaired", "session"}


def test_how_many_are_asked_for(expected):
    """A number word in the question says how many things are wanted."""
    assert expected("Which three companies won?", kind="list").count == 3
    assert expected("Which companies won?", kind="list").count == 0


@pytest.mark.parametrize(
    ("question", "kind", "text", "holds"),
    [
        ("Vem öppnade mötet?", "who", "Mötet öppnades av Karin Ek.", True),
        ("Vem öppnade mötet?", "who", "Mötet öppnades i tid.", False),
        ("När öppnar badet?", "when", "Badet öppnar den 14 juni.", True),
        ("När öppnar badet?", "when", "Badet öppnar snart.", False),
        ("Vad kostade taket?", "how_much", "Taket kostade 300 000 kronor.", True),
        ("Vad kostade taket?", "how_much", "Taket blev dyrt.", False),
        ("Varför stängs bron?", "why", "Bron stängs eftersom den rostar.", True),
        ("Varför stängs bron?", "why", "Bron stängs på måndag.", False),
        ("Var hölls mötet?", "where", "Mötet hölls i Lund.", True),
        ("Var hölls mötet?", "where", "Mötet hölls inomhus.", False),
    ],
)
def test_a_text_holds_what_is_expected(expected, question, kind, text, holds):
    """Names answer who and where, days when, figures how much, and reasons why."""
    assert (held_by(text, expected(question, "sv", kind)).answer > 0) is holds


def test_the_words_of_the_question_answer_nothing(expected):
    """A name or year that the question says itself is not what it asks for."""
    who = expected("Vad sa Karin Ek till Bo Lind?", "sv", "who")
    assert held_by("Då talade Karin Ek länge med Bo Lind.", who).answer == 0.0
    assert held_by("Då talade Karin Ek med Eva Berg.", who).answer > 0.0
    much = expected("Hur många kom 2023?", "sv", "how_much")
    assert held_by("Det hände 2023.", much).answer == 0.0


def test_as_many_as_are_asked_for_count_most(expected):
    """A list of the length asked for is worth more than a longer or shorter one."""
    three = expected("Which three towns were visited?", kind="list")
    counts = [
        held_by(text, three).count
        for text in (
            "They went to Lund, Ystad and Malmö.",
            "They went to Lund, Ystad, Kivik and Malmö.",
            "They went to Lund and Malmö.",
            "They went home.",
        )
    ]
    assert counts == [1.0, 0.6, 0.3, 0.0]


def test_the_answering_words_are_found(expected):
    """The highlight is the name, day or amount itself."""
    text = "Den 14 januari 2025 valdes Karin Ek med 12 röster."
    spans = {
        kind: [text[start:end] for start, end in answering_spans(text, expected("?", "sv", kind))]
        for kind in ("who", "when", "how_much", "yesno")
    }
    assert spans["who"] == ["Karin Ek"]
    assert spans["when"] == ["Den 14 januari 2025"]
    assert [span.strip() for span in spans["how_much"]] == ["12"]
    assert spans["yesno"] == []
