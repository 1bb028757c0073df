"""Follow-ups in Telegram: by chat, by reply, by edit, and with several people."""

import time
from dataclasses import replace

import pytest
from telegram_bot import GROUP, MEMBER, Bot

from bot.service.conversations import REMEMBERED, Conversations
from bot.types import Answer
from corpus.errors import UserError

QUESTION = "Who attended the January meeting?"
FOLLOW_UP = "And in February?"


def test_a_follow_up_leans_on_the_question_before_and_says_how_it_was_read(bot: Bot):
    bot.ask(QUESTION)
    sent = bot.ask(FOLLOW_UP)
    assert sent.text.startswith("Read as: Who attended the February meeting?\n\n")
    assert sent.quoted("italic") == ["Read as: Who attended the February meeting?"]


def test_new_forgets_what_was_asked_before(bot: Bot):
    bot.ask(QUESTION)
    assert bot.ask("/new").text == "New conversation. What would you like to know?"
    assert "Read as:" not in bot.ask(FOLLOW_UP).text


def test_a_conversation_is_forgotten_after_three_hours(bot: Bot):
    now = time.time()
    memory = Conversations.in_memory(lambda: now)
    bot.services = replace(bot.services, conversations=memory)
    bot.ask(QUESTION)
    now += REMEMBERED + 1
    assert "Read as:" not in bot.ask(FOLLOW_UP).text


def test_small_talk_has_no_buttons_and_the_conversation_goes_on_behind_it(bot: Bot):
    bot.ask(QUESTION)
    thanks = bot.ask("Thanks!")
    assert thanks.buttons == []
    assert "Read as:" in bot.ask(FOLLOW_UP).text


def test_a_reply_to_an_older_answer_leans_on_that_one(bot: Bot):
    first = bot.ask(QUESTION)
    bot.ask("When does the library open?")
    sent = bot.ask(FOLLOW_UP, reply_to_message=bot.message(first))
    assert sent.text.startswith("Read as: Who attended the February meeting?")


def test_in_a_group_a_reply_leans_on_the_answer_whoever_asked(bot: Bot):
    first = bot.ask(f"/ask {QUESTION}", chat=GROUP, user=9)
    sent = bot.ask(FOLLOW_UP, chat=GROUP, user=10, reply_to_message=bot.message(first))
    assert sent.text.startswith("Read as: Who attended the February meeting?")
    mentioned = bot.ask(f"/ask {FOLLOW_UP}", chat=GROUP, user=11)
    assert "Read as:" not in mentioned.text


def test_a_reply_to_somebody_elses_message_takes_its_text_along(bot: Bot):
    said = bot.fake.update("The January meeting was long.", user=9, chat=GROUP)["message"]
    sent = bot.ask("@CiteraTestBot who attended?", chat=GROUP, user=10, reply_to_message=said)
    assert "Protokoll från styrelsemötet i januari 2025" in sent.text
    [exchange] = [bot.services.conversations.of_message(GROUP, sent.message_id)]
    assert exchange is not None
    assert exchange.question == "who attended? The January meeting was long."


def test_a_marked_part_of_somebodys_message_is_all_that_is_taken_along(bot: Bot):
    said = bot.fake.update("Nice weather. The January meeting?", user=9, chat=GROUP)["message"]
    quote = {"text": "The January meeting?", "position": 14}
    sent = bot.ask("/ask who attended", chat=GROUP, reply_to_message=said, quote=quote)
    exchange = bot.services.conversations.of_message(GROUP, sent.message_id)
    assert exchange is not None
    assert exchange.question == "who attended The January meeting?"


def test_an_edited_question_is_answered_again_in_the_place_of_its_answer(bot: Bot):
    update = bot.fake.update("When does the library open?")
    sent = bot.take(update)
    assert sent is not None
    assert "Protokoll från styrelsemötet i januari 2025" not in sent.text
    bot.take(bot.fake.edited(update, QUESTION))
    assert "Protokoll från styrelsemötet i januari 2025" in sent.text
    assert len(bot.fake.sent) == 1
    assert sent.buttons[0] == "[1]"
    assert bot.press(sent, "[1]") is None
    bot.take(bot.fake.edited(update, QUESTION))
    assert sent.text.startswith("[1]"), "an edit that changes nothing leaves all as it is"


def test_an_edited_follow_up_leans_on_what_its_first_version_did(bot: Bot):
    bot.ask(QUESTION)
    update = bot.fake.update("And in Febuary?")
    sent = bot.take(update)
    bot.take(bot.fake.edited(update, FOLLOW_UP))
    assert sent is not None
    assert sent.text.startswith("Read as: Who attended the February meeting?")


def test_an_edit_whose_answer_was_deleted_is_answered_with_a_new_message(bot: Bot):
    update = bot.fake.update("When does the library open?")
    sent = bot.take(update)
    assert sent is not None
    del bot.fake.messages[sent.chat_id, sent.message_id]
    again = bot.take(bot.fake.edited(update, QUESTION))
    assert again is not sent
    assert again is not None
    assert "Protokoll från styrelsemötet i januari 2025" in again.text


def test_a_message_that_becomes_a_question_by_an_edit_is_answered_unless_it_is_old(bot: Bot):
    update = bot.fake.update("???")
    bot.take(update)
    sent = bot.take(bot.fake.edited(update, QUESTION))
    assert sent is not None
    assert "[1]" in sent.text
    old = bot.fake.update("hm", date=int(time.time()) - 24 * 3600)
    bot.take(bot.fake.edited(old, QUESTION))
    assert bot.fake.sent[-1] is sent


def test_a_forwarded_question_is_answered_and_a_forwarded_text_met_with_how_to_ask(bot: Bot):
    origin = {"type": "hidden_user", "sender_user_name": "Bo", "date": 1}
    assert "[1]" in bot.ask(QUESTION, forward_origin=origin).text
    text = "The January meeting was long, and coffee was served. " * 20
    update = bot.fake.update(text, forward_origin=origin)
    sent = bot.take(update)
    assert sent is not None
    assert "Reply to it with your question" in sent.text
    asked = bot.ask("Who attended?", reply_to_message=update["message"])
    assert "[1]" in asked.text


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker"])
def test_what_has_no_words_is_met_with_one_line(bot: Bot, kind: str):
    about = {"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1, "duration": 1}
    sticker = {"type": "regular", "is_animated": False, "is_video": False}
    content = [about] if kind == "photo" else {**about, **sticker}
    album = {"media_group_id": "1"} if kind == "photo" else {}
    updates = [
        bot.fake.update(user=MEMBER, **{kind: content}, **album) for _ in range(1 + len(album))
    ]
    bot.take(*updates)
    assert bot.fake.texts() == ["I can only read text. Please write your question."]


def test_an_answer_goes_to_the_topic_it_was_asked_in(bot: Bot):
    bot.fake.chat(GROUP).topics = {5}
    topic = {"message_thread_id": 5, "is_topic_message": True}
    sent = bot.ask(f"/ask {QUESTION}", chat=GROUP, **topic)
    assert sent.thread == 5
    bot.press(sent, "[1]")
    bot.press(sent, "Ask about this document")
    assert bot.fake.sent[-1].thread == 5


def test_the_pictures_of_an_album_with_a_question_under_the_first_are_one_question(bot: Bot):
    picture = {"photo": [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]}
    bot.take(bot.fake.update(caption=QUESTION, media_group_id="1", **picture))
    [text] = bot.fake.texts()
    assert "[1]" in text


def test_a_question_that_is_delivered_again_after_a_crash_is_not_answered_twice(bot: Bot):
    update = bot.fake.update(QUESTION)
    bot.take(update)
    bot.take({**update, "update_id": 10_000})
    assert len(bot.fake.sent) == 1


def test_a_memory_that_cannot_be_used_keeps_no_question_from_its_answer(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise UserError("The memory of conversations cannot be used (disk full).")

    for method in ("of_message", "context", "save"):
        monkeypatch.setattr(bot.services.conversations, method, broken)
    sent = bot.ask(QUESTION)
    assert "Protokoll från styrelsemötet i januari 2025" in sent.text


def test_the_sign_that_a_question_was_seen_is_taken_back_also_when_it_fails(bot: Bot):
    def broken(question: str, **_: object) -> Answer:
        raise ZeroDivisionError

    bot.services = replace(bot.services, answer=broken)
    assert "something went wrong" in bot.ask(QUESTION).text
    assert bot.fake.reactions
    assert not any(bot.fake.reactions.values())
