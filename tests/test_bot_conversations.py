"""Stored conversations: exchanges behind buttons, and the context of questions."""

import zlib

import pytest

from bot.service.conversations import REMEMBERED, Conversations
from bot.service.exchanges import Document, Exchange, Place, new_key
from bot.types import Answer, Citation, Reading

PLACE = Place(chat="-100", topic="5", user="42")
DOCUMENT = Document("protokoll/januari.md", "Protokoll januari")


class Clock:
    """A clock that can be set."""

    now = 1_000_000.0

    def __call__(self):
        """Return the time."""
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def conversations(clock):
    return Conversations.in_memory(clock)


def citation(number):
    return Citation(
        number, "a.md", "Titel", None, "sv", "", None, "Åsa kom.", 0, 8, "Åsa kom.", 0, 8, 1.0
    )


def exchange(key="k", place=PLACE, asked="10", told=("11", "12"), **changes):
    answer = Answer(
        "Vem kom?", Reading("sv", "who", ()), "[1]", (citation(1),), (), 1, 0, (citation(2),)
    )
    return Exchange(key, place, asked, told, "Vem kom?", answer, **changes)


def test_an_exchange_is_found_whole_by_its_key_and_by_each_of_its_messages(conversations):
    saved = exchange(after="before", document=DOCUMENT, year=2024)
    conversations.save(saved)
    assert conversations.find("k") == saved
    assert [conversations.of_message("-100", number) for number in ("10", "11", "12")] == [
        saved
    ] * 3
    assert conversations.of_message("-100", "13") is None
    assert conversations.of_message("-200", "11") is None
    assert conversations.find("x") is None


def test_citations_are_found_by_number_among_those_further_down_too():
    assert exchange().citation(1) == citation(1)
    assert exchange().citation(2) == citation(2)
    assert exchange().citation(3) is None


def test_a_question_leans_on_the_last_one_of_its_asker_at_its_place(conversations):
    conversations.save(exchange("first"))
    conversations.save(exchange("second", asked="20", told=("21",)))
    assert conversations.context(PLACE).last.key == "second"
    for other in (Place("-100", "5", "43"), Place("-100", "6", "42"), Place("-200", "5", "42")):
        assert conversations.context(other).last is None


def test_small_talk_does_not_become_what_a_question_leans_on(conversations):
    conversations.save(exchange("first"))
    hello = Answer("Hej!", Reading("sv", None, ()), "Hej!", (), (), 1, 0)
    conversations.save(Exchange("second", PLACE, "20", ("21",), "Hej!", hello))
    assert conversations.context(PLACE).last.key == "first"
    assert conversations.of_message("-100", "20").key == "second"


def test_a_conversation_is_forgotten_after_three_hours_but_its_buttons_work(conversations, clock):
    conversations.save(exchange())
    clock.now += REMEMBERED
    assert conversations.context(PLACE).last.key == "k"
    clock.now += 1
    assert conversations.context(PLACE).last is None
    assert conversations.find("k") is not None


def test_a_conversation_is_not_kept_for_ever_where_the_clock_is_put_back(conversations, clock):
    conversations.save(exchange())
    clock.now -= 10 * REMEMBERED
    assert conversations.context(PLACE).last is None


def test_a_new_conversation_leans_on_nothing(conversations):
    conversations.save(exchange(document=DOCUMENT))
    assert conversations.context(PLACE).document == DOCUMENT
    conversations.forget(PLACE)
    assert conversations.context(PLACE).last is None
    assert conversations.context(PLACE).document is None


def test_one_document_is_asked_until_it_is_left(conversations):
    conversations.save(exchange())
    conversations.ask_of(PLACE, DOCUMENT)
    assert conversations.context(PLACE).document == DOCUMENT
    assert conversations.context(PLACE).last is None
    conversations.ask_of(PLACE, None)
    assert conversations.context(PLACE).document is None


def test_replies_to_an_offer_ask_its_document_for_as_long_as_the_exchange_is_held(conversations):
    conversations.save(exchange())
    conversations.offer(exchange(), "50", DOCUMENT)
    conversations.save(exchange(year=2024))
    assert conversations.offered("-100", "50") == DOCUMENT
    assert conversations.offered("-100", "51") is None
    assert conversations.offered("-100", "11") is None
    assert conversations.of_message("-100", "50") is None
    conversations.forget_user("42")
    assert conversations.offered("-100", "50") is None


def test_an_exchange_is_kept_whole_or_not_at_all(conversations):
    conversations.save(exchange("first"))
    with pytest.raises(TypeError):
        conversations.save(exchange("second", asked=object()))
    assert conversations.find("second") is None
    assert conversations.context(PLACE).last.key == "first"


def test_an_answer_that_takes_the_place_of_another_is_found_in_its_stead(conversations):
    conversations.save(exchange())
    conversations.save(exchange(told=("11",), year=2024))
    assert conversations.find("k").year == 2024
    assert conversations.of_message("-100", "12") is None


def test_of_somebody_who_wants_to_be_forgotten_nothing_is_left(conversations):
    conversations.save(exchange())
    conversations.save(exchange("other", Place("-100", "5", "43"), "20", ("21",)))
    conversations.forget_user("42")
    assert conversations.find("k") is None
    assert conversations.of_message("-100", "11") is None
    assert conversations.context(PLACE).last is None
    assert conversations.find("other") is not None


def test_what_is_older_than_allowed_is_deleted(conversations, clock):
    conversations.save(exchange())
    clock.now += 100
    conversations.save(exchange("new", asked="20", told=("21",)))
    conversations.expire(clock.now - 50)
    assert conversations.find("k") is None
    assert conversations.context(PLACE).last.key == "new"


def test_a_file_is_read_again_after_a_restart(tmp_path):
    path = tmp_path / "store" / "conversations.sqlite"
    first = Conversations.open(path)
    first.save(exchange())
    first.close()
    assert Conversations.open(path).context(PLACE).last == exchange()


def test_an_answer_kept_by_another_version_of_citera_is_as_good_as_forgotten(conversations):
    conversations.save(exchange())
    conversations._file.run("UPDATE exchanges SET content = ?", zlib.compress(b"{}"))
    assert conversations.find("k") is None
    assert conversations.context(PLACE).last is None


def test_keys_are_short_and_never_the_same():
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {12}
