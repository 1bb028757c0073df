"""The first question Citera was made for, and other wordings of it, over the same two pages.

The pages are not part of the project; without them the tests are skipped.
"""

from contextlib import closing
from pathlib import Path

import pytest

from bot.answer.answerer import Answerer
from bot.types import Grade
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.models.loading import load_embedder, load_reader

SEEDS = Path(__file__).parents[2] / "shared/seeds"
LIST = "Rickard Klerfors"
"""One of those in the list of who came to the meeting."""
MINISTER = "Annika Strandhäll"
VISIT = "Martin Valfridsson"
"""Who came along to Bucharest."""
DAY = "5 juni 2015"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the two pages are not here")


@pytest.fixture(scope="module")
def answerer(tmp_path_factory):
    """Return what answers over the two pages."""
    folder, embedder = tmp_path_factory.mktemp("seeds"), load_embedder()
    build_index(SEEDS, folder, embedder, progress=lambda *_: None)
    with closing(Answerer(Store(folder), embedder, reader=load_reader())) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Who attended the January meeting?", LIST),
        ("Which organisations took part in the January meeting?", LIST),
        ("Vilka organisationer deltog i mötet i januari?", LIST),
        ("Vilka träffade ministrarna i januari?", LIST),
        ("How many attended the January meeting?", LIST),
        ("Who else was at the January meeting?", MINISTER),
        ("Vem representerade Rädda Barnen på mötet?", LIST),
        ("Who came from the Red Cross?", "Ingela Holmertz"),
        ("Who went along on the visit to Bucharest?", VISIT),
        ("When was the visit to Bucharest?", DAY),
        ("När besökte Åsa Regnér Bukarest?", DAY),
        ("Who signed the cooperation agreement?", "Rovana Plumb"),
        ("Vilka undertecknade avtalet?", "Rovana Plumb"),
        ("What was agreed between Sweden and Romania?", "samarbetsavtal"),
        ("Vad handlade samtalet om?", "Samtal"),
        ("Who took the photograph?", "Foto"),
    ],
)
def test_a_rewording_is_answered(answerer, question, quoted):
    """The passage that says so is among the quotes."""
    assert any(quoted in one.quote for one in answerer.answer(question).citations)


@pytest.mark.parametrize(
    "question",
    [
        "Who did not attend the January meeting?",
        "Who attended the February meeting?",
        "Vilka deltog i mötet i mars?",
        "What did the meeting cost?",
        "Vad kostade besöket i Bukarest?",
    ],
)
def test_what_the_pages_do_not_say_is_not_answered(answerer, question):
    """At most some quotes may answer, and nobody is named."""
    answer = answerer.answer(question)
    assert answer.grade is not Grade.ANSWER
    assert answer.items == ()


def test_who_came_is_listed_whole(answerer):
    """All six entries, as they stand there; the list itself says that there were others."""
    answer = answerer.answer("Who attended the meeting?")
    assert (len(answer.items), answer.complete) == (6, False)
    assert LIST in answer.items[3].text


def test_those_from_one_organisation_are_not_all_who_came(answerer):
    """The list names no "Red Cross" in English, so nobody is named but in the quote."""
    assert answerer.answer("Who came from the Red Cross?").items == ()


def test_somebody_in_the_list_was_there(answerer):
    """The answer says so with the entry."""
    answer = answerer.answer("Was Elisabeth Dahlin at the meeting?")
    assert answer.text.startswith("Yes: Elisabeth Dahlin")
