"""Hostile users, documents and updates: nothing breaks, nothing is injected."""

from dataclasses import replace

import pytest
from bot_api import BOT
from telegram_bot import GROUP, MEMBER, Bot

from bot.types import Answer, Citation, Excerpt, Reading

QUESTION = "Who attended the January meeting?"
HOSTILE = "</b></blockquote><script>&amp; *_`[x](http://evil)` \u202e\u2067\u200b\x00\x1b[31m \"'🎉"
PLAIN = "</b></blockquote><script>&amp; *_`[x](http://evil)` \u200b  [31m \"'🎉"


def hostile_answer(question: str, **_: object) -> Answer:
    """Return an answer in which all texts are hostile."""
    quote = f"Före {HOSTILE} efter."
    citation = Citation(
        1, HOSTILE, HOSTILE, "2025-01-14", "sv", HOSTILE, f"https://x.se/{HOSTILE}",
        quote, 0, len(quote), quote, 0, len(quote), 1.0, (HOSTILE,), link="javascript:alert(1)",
    )  # fmt: skip
    further = tuple(replace(citation, number=number) for number in range(2, 12))
    reading = Reading("en", "who", (), read_as=question)
    return Answer(question, reading, HOSTILE, (citation,), (), 1.0, 0.0, further)


@pytest.fixture
def hostile(bot: Bot) -> Bot:
    """Make everything that the bot finds hostile."""
    excerpt = Excerpt(HOSTILE, f"Före {HOSTILE} efter.", HOSTILE)
    services = replace(bot.services, answer=hostile_answer, excerpt=lambda *_: excerpt)
    bot.services = services
    return bot


def test_markup_in_questions_and_documents_is_shown_as_it_is(hostile: Bot):
    sent = hostile.ask(f"Who is {HOSTILE}?")
    assert sent.html is not None, "the HTML was taken"
    assert sent.text.startswith(f"Read as: Who is {PLAIN.split(chr(8203), maxsplit=1)[0]}")
    assert f"Före {PLAIN} efter." in sent.text
    assert len(sent.quoted("expandable_blockquote")) == 1
    assert sent.quoted("text_link") == []
    for button, beginning in (("[1]", "[1] </b>"), ("Back", "Read as"), ("More", "Further")):
        assert hostile.press(sent, button) is None
        assert sent.html is not None
        assert sent.text.startswith(beginning)
        assert "\u202e" not in sent.text


def test_markup_in_an_inline_question_is_shown_as_it_is(hostile: Bot):
    update = hostile.fake.inline(f"Who is {HOSTILE}?")
    hostile.take(update)
    [result] = hostile.fake.answers[update["inline_query"]["id"]]["results"]
    assert "&lt;script&gt;" in result["input_message_content"]["message_text"]


def test_a_document_with_a_hostile_name_can_be_asked_alone(hostile: Bot):
    sent = hostile.ask(QUESTION)
    hostile.press(sent, "[1]")
    hostile.press(sent, "Ask about this document")
    assert hostile.fake.sent[-1].text.startswith("I now search only “</b></blockquote><script>")
    assert hostile.ask(QUESTION).text.startswith("Only in “</b></blockquote><script>")


@pytest.mark.parametrize("text", ["a " * 50_000, "🎉" * 100_000, "</b>" * 25_000, "\u200b" * 9000])
def test_enormous_messages_are_met_with_one_line(bot: Bot, text: str):
    assert bot.ask(text).text.startswith(("Your question is", "Write your question after"))
    bot.take(bot.fake.update(text, chat=GROUP))
    assert len(bot.fake.sent) == 1


def test_signs_that_do_not_show_do_not_keep_a_question_from_its_answer(bot: Bot):
    sent = bot.ask("\u202eWho\u200b attended\u2066 the\u200f January meeting?\u2069")
    assert "Protokoll från styrelsemötet i januari 2025" in sent.text


def test_what_was_sent_by_way_of_the_bot_itself_is_no_question(bot: Bot):
    update = bot.fake.update(f"{QUESTION} @CiteraTestBot", chat=GROUP, via_bot=BOT)
    bot.take(update, bot.fake.update(QUESTION, user=MEMBER, via_bot=BOT))
    assert bot.fake.sent == []


def test_an_answer_follows_a_group_that_has_become_a_supergroup(bot: Bot):
    asked = bot.fake.update(f"/ask {QUESTION}", chat=GROUP)
    bot.fake.migrated(GROUP, -1001)
    sent = bot.take(asked)
    assert sent is not None
    assert sent.chat_id == -1001
    assert "[1]" in sent.text
    bot.settings = replace(bot.settings, allowed_chat_ids=frozenset({-1001}))
    assert bot.press(sent, "[1]") is None
    assert sent.text.startswith("[1]")


def test_a_question_that_was_deleted_meanwhile_is_answered_without_a_reply(bot: Bot):
    asked = bot.fake.update(f"/ask {QUESTION}", chat=GROUP)
    bot.fake.deleted(asked)
    sent = bot.take(asked)
    assert sent is not None
    assert sent.reply_to is None
    assert "[1]" in sent.text


def test_a_topic_that_was_deleted_meanwhile_does_no_harm(bot: Bot):
    topic = {"message_thread_id": 5, "is_topic_message": True}
    bot.take(bot.fake.update(f"/ask {QUESTION}", chat=GROUP, **topic))
    assert bot.fake.sent == []


def test_commands_of_other_bots_and_talk_among_people_are_left_alone(bot: Bot):
    said = bot.fake.update("Hello", user=9, chat=GROUP)["message"]
    bot.take(
        bot.fake.update(f"/ask@OtherBot {QUESTION}", chat=GROUP),
        bot.fake.update(f"/new@OtherBot {QUESTION}", chat=GROUP),
        bot.fake.update(f"@OtherBot {QUESTION}", chat=GROUP),
        bot.fake.update(f"@CiteraTestBotX {QUESTION}", chat=GROUP),
        bot.fake.update(QUESTION, chat=GROUP, reply_to_message=said),
    )
    assert bot.fake.calls == [] or bot.fake.sent == []
