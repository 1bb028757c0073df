"""Inline mode: citations in any chat, for users with access."""

import json
import re
from dataclasses import replace

from telegram_bot import ADMIN, MEMBER, STRANGER, Bot

from bot.types import Answer, Reading

QUESTION = "When does the new library open?"


def offered(bot: Bot, text: str, **who) -> tuple[list[dict], str]:
    """Return the results of an inline query, and the text of the button above them."""
    update = bot.fake.inline(text, **who)
    bot.take(update)
    answer = bot.fake.answers[update["inline_query"]["id"]]
    assert answer["is_personal"] == "true"
    assert int(answer["cache_time"]) <= 10
    return answer["results"], json.loads(answer.get("button", "{}")).get("text", "")


def test_each_citation_is_offered_as_a_message_with_its_quote_and_link(bot: Bot):
    results, button = offered(bot, QUESTION, user=MEMBER)
    assert button == ""
    first = results[0]
    assert first["title"] == "Library moves into the old railway station"
    assert first["description"].startswith("20 May 2025 Sävlinge's new library opens its doors")
    content = first["input_message_content"]
    assert content["parse_mode"] == "HTML"
    assert json.loads(json.dumps(content["link_preview_options"]))["is_disabled"]
    text = content["message_text"]
    assert text.startswith(f'<i>{QUESTION}</i>\n\n<b><a href="https://www.savlinge.example/en/')
    quoted = re.sub("</?b>", "", text)
    assert "<blockquote expandable>Sävlinge's new library opens its doors on Saturday" in quoted
    assert text.endswith("\n\n@CiteraTestBot")
    assert len({one["id"] for one in results}) == len(results)


def test_strangers_get_nothing_but_a_button_to_start_the_bot(bot: Bot):
    results, button = offered(bot, QUESTION, user=STRANGER)
    assert results == []
    assert button == "You don't have access yet. Write to me first"
    assert offered(bot, QUESTION, user=ADMIN)[0] != []


def test_what_is_hardly_begun_is_not_looked_up(bot: Bot):
    for text in ("", "Wh", "  When  "):
        assert offered(bot, text, user=MEMBER) == ([], "Finish your question")


def test_that_there_is_no_answer_is_said(bot: Bot):
    nothing = Answer("Vad?", Reading("sv", "what", ()), "Inget svar.", (), (), 0.0, 0.0)
    bot.services = replace(bot.services, answer=lambda *_, **__: nothing)
    results, button = offered(bot, "Vad är xyzzyplugh?", language="sv")
    assert results == []
    assert button == "Jag hittade inget svar i dokumenten"


def test_of_queries_that_come_with_each_letter_the_last_alone_is_answered(bot: Bot):
    updates = [bot.fake.inline(QUESTION[:length]) for length in (20, 25, len(QUESTION))]
    bot.take(*updates)
    answered = [update["inline_query"]["id"] in bot.fake.answers for update in updates]
    assert answered == [False, False, True]


def test_inline_queries_count_as_questions(bot: Bot):
    """They are in the journal, and count towards the rate limit."""
    bot.settings = replace(bot.settings, questions_per_minute=2)
    for user in (MEMBER, ADMIN):
        bot.take(bot.fake.inline(QUESTION, user=user))
    asked = bot.services.journal.recent(9)
    assert [(one.user, one.chat) for one in asked] == [("7", "7"), ("42", "42")]
    assert {(one.message, one.question) for one in asked} == {(None, QUESTION)}
    bot.settings = replace(bot.settings, questions_per_minute=1)
    asked = bot.fake.update(QUESTION, user=MEMBER)
    typed = bot.fake.inline(QUESTION, user=MEMBER)
    bot.take(asked, typed)
    answer = bot.fake.answers[typed["inline_query"]["id"]]
    assert answer["results"] == []
    assert "Too many questions. Try again in " in answer["button"]
    assert len(bot.services.journal.recent(9)) == 3


def test_what_is_no_question_does_no_harm(bot: Bot):
    update = bot.fake.inline("?!?!?!?!?!")
    bot.take(update)
    assert bot.fake.texts() == []
