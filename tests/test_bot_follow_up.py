"""Follow-up questions, and questions that are complete."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.answer.answerer import Answerer
from bot.question.follow_up import read_follow_up
from bot.question.reading import read_question
from bot.question.small_talk import read_small_talk
from bot.service.conversation import REMEMBERED_FOR, Conversation
from bot.types import Answer, Citation, Reading
from embeddings.engines.storage import Store
from embeddings.models.loading import load_reader
from embeddings.models.static import StaticEmbedder

GOLDEN = Path(__file__).parent / "golden"
DIALOGUES = [
    json.loads(line) for line in (GOLDEN / "follow_ups.jsonl").read_text("utf-8").splitlines()
]
DEVELOPMENT = Path(__file__).parents[2] / "shared/data/questions/regeringen-dev.jsonl"
TODAY = date(2026, 1, 31)
QUOTE = "Lena Falk öppnade mötet. David Okafor tackade. Hon talade länge, säger han."


def answer_to(question: str, quote: str = QUOTE, before: str = "") -> Answer:
    """Return an answer that cites one passage, which ends with the quote."""
    start, end = len(before), len(before) + len(quote)
    passage = before + quote
    citation = Citation(1, "a.md", "The mill", None, "sv", "", None, passage, 0, end, quote, start,
                        end, 1.0)  # fmt: skip
    return Answer(question, read_question(question, TODAY), "", (citation,), (), 1.0, 0.0)


def read(asked: str, after: Answer) -> str | None:
    """Return the rewritten question after an answer; None if it is complete."""
    follow_up = read_follow_up(asked, after, TODAY)
    return follow_up and follow_up.question


@pytest.fixture(scope="module")
def samples(store: Path) -> Answerer:
    return Answerer(
        Store(store),
        StaticEmbedder(),
        today=lambda: TODAY,
        confidence_needed=0.0,
        reader=load_reader(),
    )


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue["id"])
def test_dialogues_over_the_samples(samples: Answerer, dialogue: dict):
    """Each turn of a golden dialogue is rewritten correctly, and most find their document.

    The citations depend on the search, so not all documents need to be found.
    """
    conversation, found = Conversation(), []
    for turn in dialogue["turns"]:
        answer = samples.answer(turn["ask"], after=conversation.last)
        assert answer.reading.read_as == turn["read_as"], turn["ask"]
        conversation.remember(answer)
        if "docs" in turn:
            cited = {citation.document for citation in answer.citations}
            found.append(bool(cited & set(turn["docs"])))
    assert sum(found) >= len(found) / 2


@pytest.mark.parametrize("asked", ["who else?", "Vilka fler?", "tell me more", "any others?"])
def test_who_else_leaves_out_what_was_shown(samples: Answerer, asked: str):
    """The repeated question cites other passages, until there are none left."""
    answer = samples.answer("Who attended the January meeting?")
    shown = {(one.document, one.start) for one in answer.citations}
    for _ in range(3):
        answer = samples.answer(asked, after=answer)
        assert answer.reading.read_as == "Who attended the January meeting?"
        new = {(one.document, one.start) for one in (*answer.citations, *answer.nearest)}
        assert not new & shown
        shown |= new


def test_nothing_more_is_said_in_the_askers_language(samples: Answerer):
    """If only worse passages are left, nothing more is claimed, and the nearest are shown."""
    answer = samples.answer("How many cranes were counted?")
    more = samples.answer("berätta mer", after=answer)
    assert more.text == "Jag hittade inget mer om det i dokumenten."
    assert not more.found
    assert len(more.nearest) == 2


def test_small_talk_cites_nothing_and_breaks_nothing_off(samples: Answerer):
    """Thanks get a reply; the next question still follows up the answer before."""
    conversation = Conversation()
    conversation.remember(samples.answer("Who attended the January meeting?"))
    thanks = samples.answer("tack!", after=conversation.last)
    assert (thanks.text, thanks.citations, thanks.nearest) == ("Varsågod!", (), ())
    assert thanks.is_small_talk
    assert not thanks.found
    conversation.remember(thanks)
    again = samples.answer("and in March?", after=conversation.last)
    assert again.reading.read_as == "Who attended the March meeting?"


def test_a_conversation_is_forgotten_after_a_while():
    """After half an hour, or on request, the next question is not a follow-up."""
    now = 100.0
    conversation = Conversation(lambda: now)
    answer = answer_to("Who attended the January meeting?")
    conversation.remember(answer)
    now += REMEMBERED_FOR
    assert conversation.last == answer
    now += 1
    assert conversation.last is None
    conversation.remember(answer)
    conversation.forget()
    assert conversation.last is None


@pytest.mark.parametrize(
    ("question", "asked", "expected"),
    [
        ("Who came on 14 January 2025?", "and in February?", "Who came in February 2025?"),
        ("Who came in January 2025?", "and 2024?", "Who came in January 2024?"),
        ("Who came?", "and in 2024?", "Who came in 2024?"),
        ("Vem kom till januarimötet?", "2024?", "Vem kom till mötet i januari 2024?"),
        ("Who lives in Lund?", "and in Malmö?", "Who lives in Malmö?"),
        ("What did the new roof cost?", "what about the library?", "What did the library cost?"),
        ("Who is the chair of the club?", "and the school?", "Who is the chair of the school?"),
        ("Vad kostade taket?", "hur är det med köket?", "Vad kostade köket?"),
        ("Vad kostade taket?", "köket då?", "Vad kostade köket?"),
        ("Is the bridge closed?", "How come?", "Why is the bridge closed?"),
        ("När stängs bron?", "hur så?", "Varför stängs bron?"),
        ("Who led the meeting in May?", "where was the meeting?", "Where was the meeting in May?"),
        ("Vem ledde styrelsemötet i maj?", "var hölls mötet?", "Var hölls styrelsemötet i maj?"),
        ("What did the mill cost?", "who owns it now?", "Who owns the mill now?"),
        ("What does a mill cost?", "who says that?", "Who says that (what does a mill cost)?"),
        ("Who won?", "who paid?", "Who paid (who won)?"),
        ("Did Ann win?", "what was decided?", "What was decided (did Ann win)?"),
        ("Vem vann?", "till vilken kostnad?", "Till vilken kostnad (vem vann)?"),
        ("När är bygget klart?", "hur ansöker man?", "Hur ansöker man (när är bygget klart)?"),
        ("Who bids?", "hur många anbud?", "Hur många anbud (who bids)?"),
        ("Vem bjöd?", "vilket var billigast?", "Vilket var billigast (vem bjöd)?"),
        ("När är badet på Lervik öppet?", "och på måndagar?",
         "När är badet på Lervik öppet på måndagar?"),
        ("Who won (the cup)?", "in 2024?", "Who won (the cup in 2024)?"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_taken_from_the_question_before(
    question: str, asked: str, expected: str
):
    """Dates, places, things and question words are replaced; the rest stays."""
    assert read(asked, answer_to(question)) == expected


@pytest.mark.parametrize(
    ("question", "asked", "expected"),
    [
        ("Who opened the meeting?", "who is she?", "Who is Lena Falk?"),
        ("Who opened the meeting?", "who is he?", "Who is David Okafor?"),
        ("Vem är Karin Lindqvist?", "hur gammal är hon?", "Hur gammal är Karin Lindqvist?"),
        ("Vem är Karin Lindqvist?", "vad är hennes titel?", "Vad är Karin Lindqvists titel?"),
        ("Who is Karin Lindqvist?", "what is her title?", "What is Karin Lindqvist's title?"),
        ("Who is Karin Lindqvist?", "what did it cost?", "What did it cost (The mill)?"),
    ],
)
def test_a_pronoun_is_told_by_name(question: str, asked: str, expected: str):
    """Pronouns refer to people in the question or the quote that match them."""
    assert read(asked, answer_to(question)) == expected


def test_whom_a_quote_calls_he_alone_stands_before_it():
    """If the quote has no name, the last one before it in the passage is meant."""
    after = answer_to("Who builds it?", "– Jag bygger båtar, säger han.", "Hos Rune Dahl. ")
    assert read("who is he?", after) == "Who is Rune Dahl?"


def test_nobody_is_invented():
    """Without a name the pronoun stays, and the context is added."""
    after = answer_to("Who opened it?", "Kvarnåkers Plåt AB i Lund.")
    assert read("who is she?", after) == "Who is she (who opened it)?"


def test_nothing_leans_on_small_talk():
    """After a greeting, or at the start, nothing is a follow-up."""
    greeting = Answer("hej", Reading("sv", "small_talk", ()), "Hej!", (), (), 0.0, 0.0)
    assert read("och i mars?", greeting) is None
    assert read("who else?", greeting) is None


STANDING = """Vad är LOU?
När är valet?
Var är biblioteket?
Who is the mayor?
What is a natura site?
When does the library open?
Är det sant att bron stängs?
Finns det hundbad?
Vad kostar det att bada?
Is there a café?
Does it cost anything to swim?
När är det loppis?
Är det varmt i vattnet?
Har det kommit några anbud på taket?
Vad gäller för hundar på stranden?
Where do they sell fish in the harbour of Malmö?
Vad kostade det nya biblioteket?
När öppnade den gamla simhallen?
budget 2025
takbygget
Who decided that the bridge should close?
Vem bestämde att bron ska stängas?
Får hundar bada där barnen badar?
Vad tyckte Lena Falk om hennes förslag?
And the Oscar goes to whom in the Sävlinge film contest?
So what happened in Malmö?""".splitlines()


def questions_in(path: Path) -> list[str]:
    """Return the questions of a file with one JSON object per line."""
    return [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines()]


def rewritten(questions: list[str], others: list[str]) -> list[tuple[str, str]]:
    """Return the questions that are rewritten after any other, with that one."""
    answers = [answer_to(question) for question in others]
    return [
        (question, after.question)
        for question in questions
        for after in answers
        if after.question != question and (read(question, after) or read_small_talk(question, "sv"))
    ]


def test_a_question_that_stands_on_its_own_is_never_rewritten():
    """A complete question stays as it is, whatever was asked before."""
    samples = questions_in(GOLDEN / "samples.jsonl")
    assert rewritten(STANDING + samples, samples[::5]) == []


@pytest.mark.skipif(not DEVELOPMENT.is_file(), reason="the development questions are not at hand")
def test_development_questions_stay_as_they_are():
    """None of them is rewritten after others."""
    questions = questions_in(DEVELOPMENT)
    assert rewritten(questions, questions[::20]) == []


def test_the_answer_tells_how_it_was_read():
    """The full question is what was typed, or its rewritten form."""
    asked = Answer("and in May?", Reading("en", "who", ()), "", (), (), 0.0, 0.0)
    assert asked.full_question == "and in May?"
    read_as = Reading("en", "who", (), read_as="Who came in May?")
    assert Answer("and in May?", read_as, "", (), (), 0.0, 0.0).full_question == "Who came in May?"
