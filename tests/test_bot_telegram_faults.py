"""A running Telegram bot under faults, each in its own chat."""

import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from shutil import copytree

import pytest
from bot_api import TOKEN, Dropped, FakeTelegram, Refused, Sent
from bot_api.markup import read_html
from bot_process import BotProcess

MEMBERS = range(1000, 1100)
GROUP, SUPERGROUP = -100, -1005
SV, EN = "Varför måste Kvarnbron stängas?", "Who attended the January meeting?"
IN_SV, IN_EN = "bärlagren har rostat", "Karin Lindqvist, ordförande"
FRESH = count(MEMBERS[0])


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture(scope="module")
def bot(
    fake: FakeTelegram, tmp_path_factory: pytest.TempPathFactory, store: Path
) -> Iterator[BotProcess]:
    """Return a running bot that answers from the samples."""
    allowed = ",".join(map(str, (*MEMBERS, GROUP)))
    folder = tmp_path_factory.mktemp("bot")
    own_store = str(copytree(store, folder / "store"))
    with BotProcess(fake, folder, STORE_DIR=own_store, ALLOWED_CHAT_IDS=allowed) as bot:
        yield bot
        assert bot.stop() == 0
        assert "Traceback" not in bot.log, bot.log
        assert TOKEN not in bot.log


@pytest.fixture
def chat(bot: BotProcess) -> int:
    """Return a chat without questions."""
    return next(FRESH)


def answers(fake: FakeTelegram, chat: int, quote: str = IN_EN) -> int:
    """Return how often a chat contains a quote."""
    return sum(quote in text for text in fake.texts(chat))


def ask(fake: FakeTelegram, chat: int) -> Sent:
    """Ask, wait until all is done, and return the answer."""
    before = answers(fake, chat)
    asked = fake.say(EN, user=chat)["message"]["message_id"]
    fake.wait_for(lambda: answers(fake, chat) == before + 1)
    # The "working" sign is removed at the end.
    fake.wait_for(lambda: not fake.reactions.get((chat, asked)))
    return next(one for one in reversed(fake.sent) if one.chat_id == chat)


def press(fake: FakeTelegram, sent: Sent, button: str = "", **how: object) -> None:
    """Press a button, and wait until the press has been answered."""
    update = fake.pressed(sent, button, **how)
    fake.deliver(update)
    fake.wait_for(lambda: update["callback_query"]["id"] in fake.answers)


@pytest.mark.parametrize("fault", [Refused(502, "Bad Gateway"), Dropped()], ids=["502", "dropped"])
def test_an_answer_whose_sending_fails_is_sent_again(fake, chat, fault):
    fake.faults.append(("sendMessage", fault))
    ask(fake, chat)
    assert len(fake.texts(chat)) == 1


def test_what_is_asked_while_the_network_is_gone_is_answered_once(fake, bot, chat):
    with fake.offline():
        fake.say(SV, user=chat)
        bot.wait_for_log("Telegram cannot be reached")
    fake.wait_for(lambda: answers(fake, chat, IN_SV))
    ask(fake, chat)
    assert answers(fake, chat, IN_SV) == 1


def test_a_question_delivered_twice_is_answered_once(fake, chat):
    update = fake.say(EN, user=chat)
    fake.wait_for(lambda: answers(fake, chat))
    fake.deliver_again(update)
    fake.say(SV, user=chat)
    fake.wait_for(lambda: answers(fake, chat, IN_SV))
    assert answers(fake, chat) == 1


def test_questions_of_a_chat_are_answered_in_order(fake, chat):
    for _ in range(3):
        fake.say(EN, user=chat)
        fake.say(SV, user=chat)
    fake.wait_for(lambda: answers(fake, chat) == answers(fake, chat, IN_SV) == 3)
    assert [IN_EN in text for text in fake.texts(chat)] == [True, False] * 3


def test_a_flood_wait_holds_up_its_own_chat_alone(fake, chat):
    fake.flood(2, chat)
    fake.say(EN, user=chat)
    fake.wait_for(lambda: str(chat) in {one["chat_id"] for one in fake.called("sendMessage")})
    ask(fake, next(FRESH))
    assert answers(fake, chat) == 0
    fake.wait_for(lambda: answers(fake, chat))


def test_one_who_has_blocked_the_bot_holds_up_nobody(fake, chat):
    fake.deliver(fake.blocked(chat))
    fake.say(EN, user=chat)
    ask(fake, next(FRESH))
    fake.deliver(fake.blocked(chat, again_welcome=True))
    ask(fake, chat)


def test_a_group_that_has_become_a_supergroup_is_still_answered(fake, bot):
    fake.say(f"/ask {EN}", chat=GROUP)
    fake.wait_for(lambda: answers(fake, GROUP))
    fake.deliver(*fake.migrated(GROUP, SUPERGROUP))
    fake.say(f"/ask {EN}", chat=SUPERGROUP)
    fake.wait_for(lambda: answers(fake, SUPERGROUP))


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_differs_from_telegrams_keeps_nobody_from_an_answer(fake, chat, hours):
    fake.say(SV, user=chat, date=int(time.time()) + hours * 3600)
    fake.wait_for(lambda: answers(fake, chat, IN_SV))
    ask(fake, chat)


def test_a_question_that_is_deleted_meanwhile_does_no_harm(fake, chat):
    fake.flood(1, chat)
    fake.deleted(fake.say(EN, user=chat))
    fake.wait_for(lambda: answers(fake, chat))
    ask(fake, chat)


def test_a_source_is_opened_in_place_and_closed_again(fake, chat):
    sent = ask(fake, chat)
    answer, keyboard = sent.text, sent.rows
    press(fake, sent, "[1]")
    press(fake, sent, "Back")
    assert len(sent.edits) == 2
    assert "Frånvarande: Johan Ekdahl" in sent.edits[0][1]
    assert (sent.text, sent.rows) == (answer, keyboard)
    assert len(fake.texts(chat)) == 1


@pytest.mark.parametrize("data", ["", "open.x.1", f"open.{'å' * 20}.1", "rate:999:1", "\\0", "x"])
def test_a_forged_press_changes_nothing(fake, chat, data):
    sent = ask(fake, chat)
    before = (sent.text, sent.rows)
    press(fake, sent, data=data, user=next(FRESH))
    press(fake, sent, data=data, user=666)
    assert (sent.text, sent.rows) == before
    assert len(fake.texts(chat)) == 1


def test_a_question_that_is_edited_is_answered_anew(fake, chat):
    update = fake.say(EN, user=chat)
    fake.wait_for(lambda: answers(fake, chat))
    fake.deliver(fake.edited(update, SV))
    fake.wait_for(lambda: answers(fake, chat, IN_SV))


def test_an_inline_query_is_answered_to_members_alone(fake, chat):
    member, stranger = fake.inline(EN, user=chat), fake.inline(EN, user=666)
    fake.deliver(member, stranger)
    offered = [
        fake.wait_for(lambda query=query: fake.answers.get(query["inline_query"]["id"]))["results"]
        for query in (member, stranger)
    ]
    first, *_ = offered[0]
    assert IN_EN in read_html(first["input_message_content"]["message_text"])[0]
    assert offered[1] == []


def test_an_inline_query_that_has_grown_too_old_does_no_harm(fake, chat):
    query = fake.inline(EN, user=chat)
    fake.queries[query["inline_query"]["id"]] = 0.0
    fake.deliver(query)
    fake.wait_for(
        lambda: (
            query["inline_query"]["id"]
            in {one["inline_query_id"] for one in fake.called("answerInlineQuery")}
        )
    )
    ask(fake, chat)
