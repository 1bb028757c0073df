"""Buttons under an answer: opening sources, going back, and limiting the search."""

from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from typing import Any

import pytest
from telegram_bot import ADMIN, GROUP, MEMBER, STRANGER, Bot

from bot.types import Answer, Citation, Excerpt, Reading
from corpus.types import Period

QUESTION = "Who attended the January meeting?"


@pytest.fixture
def bot(bot: Bot) -> Bot:
    """Return a bot whose answers have two sources and twelve further passages."""
    answers = bot.services.answer

    def with_two_sources(question: str, **asked: Any) -> Answer:
        answer = answers(question, **asked)
        found = cycle((*answer.citations, *answer.further))
        every = [replace(one, number=number) for number, one in enumerate(islice(found, 14), 1)]
        return replace(answer, citations=tuple(every[:2]), further=tuple(every[2:]))

    bot.services = replace(bot.services, answer=with_two_sources)
    return bot


def test_a_source_opens_in_place_with_what_stands_around_it_and_leads_back(bot: Bot):
    sent = bot.ask(QUESTION)
    answer = sent.text
    assert sent.buttons[:2] == ["[1]", "[2]"]
    assert sent.buttons[-3:] == ["More ›", "👍", "👎"]
    assert bot.press(sent, "[1]") is None
    assert sent.text.startswith("[1] Protokoll från styrelsemötet i januari 2025\n17 January 2025")
    assert "bygdegarden/protokoll/2025-01-14-styrelsemote.md" in sent.text
    quote = sent.quoted("bold")[-1]
    assert "Karin Lindqvist, ordförande" in quote
    [passage] = sent.quoted("blockquote")
    assert quote in passage
    assert "§ 1 Mötets öppnande" in passage
    assert sent.buttons[:2] == ["• 1 •", "[2]"]
    assert sent.buttons[-2:] == ["‹ Back", "Ask about this document"]
    bot.press(sent, "Back")
    assert sent.text == answer
    assert len(bot.fake.sent) == 1


def test_one_source_leads_to_the_next(bot: Bot):
    sent = bot.ask(QUESTION)
    bot.press(sent, "[1]")
    bot.press(sent, "[2]")
    assert sent.text.startswith("[2] ")
    assert sent.buttons[:2] == ["[1]", "• 2 •"]


def test_more_passages_stand_on_pages_that_lead_on_and_back(bot: Bot):
    sent = bot.ask(QUESTION)
    first = len([label for label in sent.buttons if label.startswith("[")])
    bot.press(sent, "More")
    assert sent.text.startswith("Further passages\n\n")
    assert f"[{first + 1}]" in sent.text
    assert sent.buttons[0] == f"[{first + 1}]"
    assert sent.buttons[-2:] == ["‹ Back", "More ›"]
    bot.press(sent, f"[{first + 2}]")
    assert sent.text.startswith(f"[{first + 2}] ")
    bot.press(sent, "Back")
    assert sent.text.startswith("Further passages")
    while "More ›" in sent.buttons:
        bot.press(sent, "More")
    bot.press(sent, "Back")
    assert "More ›" in sent.buttons


def test_a_thumb_is_still_marked_on_the_way_back_from_a_source(bot: Bot):
    sent = bot.ask(QUESTION)
    bot.press(sent, "👍")
    bot.press(sent, "[1]")
    assert "👎" not in sent.buttons
    bot.press(sent, "Back")
    assert sent.buttons[-2:] == ["👍 ✓", "👎"]


def test_buttons_speak_the_language_of_the_question(bot: Bot):
    sent = bot.ask("Vem deltog på mötet i januari 2025?", language="en")
    assert "Fler ›" in sent.buttons


def test_one_document_is_asked_until_all_are_asked_again(bot: Bot):
    sent = bot.ask(QUESTION)
    bot.press(sent, "[1]")
    bot.press(sent, "Ask about this document")
    note = bot.fake.sent[-1]
    title = "Protokoll från styrelsemötet i januari 2025"
    assert note.text == f"I now search only “{title}”. Write your question."
    asked = bot.ask("When does the library open?")
    assert asked.text.startswith(f"Only in “{title}”\n\n")
    assert "library" not in asked.text
    bot.press(asked, "Ask all documents")
    assert not asked.text.startswith("Only in")
    assert "library" in asked.text.lower()
    assert "Ask all documents" not in asked.buttons
    assert not bot.ask("When does the library open?").text.startswith("Only in")


def test_the_note_that_one_document_is_asked_has_a_button_to_leave_it(bot: Bot):
    sent = bot.ask(QUESTION)
    bot.press(sent, "[1]")
    bot.press(sent, "Ask about this document")
    note = bot.fake.sent[-1]
    bot.press(note, "Ask all documents")
    assert note.text == "I search all documents again."
    assert note.buttons == []
    assert not bot.ask(QUESTION).text.startswith("Only in")


def test_in_a_group_a_reply_asks_the_document(bot: Bot):
    sent = bot.ask(f"/ask {QUESTION}", chat=GROUP)
    bot.press(sent, "[1]", user=9)
    bot.press(sent, "Ask about this document", user=9)
    note = bot.fake.sent[-1]
    assert note.text.startswith("Reply to this message")
    other = bot.ask(f"/ask {QUESTION}", chat=GROUP, user=10)
    assert not other.text.startswith("Only in")
    reply = bot.ask("Who was invited?", chat=GROUP, user=10, reply_to_message=bot.message(note))
    assert reply.text.startswith("Only in")


@pytest.mark.parametrize(
    "data",
    ["x", "open", "open.KEY.99", "open.KEY.0", "page.KEY.77", "only.KEY.99", "open.KEY.-1",
     "open.KEY.1 ", "drop.KEY.1", "open.KEY.٣", "💥" * 16],
)  # fmt: skip
def test_a_forged_button_is_refused_and_changes_nothing(bot: Bot, data: str):
    sent = bot.ask(QUESTION)
    key = sent.rows[0][0]["callback_data"].split(".")[1]
    text = sent.text
    assert bot.press(sent, data=data.replace("KEY", key)) == "I do not know this button."
    assert (sent.text, len(bot.fake.sent)) == (text, 1)


def test_the_button_of_another_chat_is_refused(bot: Bot):
    sent = bot.ask(QUESTION)
    others = bot.ask(QUESTION, user=ADMIN)
    data = sent.rows[0][0]["callback_data"]
    assert bot.press(others, data=data) == "I do not know this button."
    assert "according to the documents" in others.text


def test_a_stranger_who_presses_is_refused(bot: Bot):
    sent = bot.ask(QUESTION)
    note = bot.press(sent, "[1]", user=STRANGER, data=None)
    assert note is None  # In a chat with access, everybody may press.
    bot.settings = replace(bot.settings, allowed_chat_ids=frozenset())
    text = sent.text
    assert bot.press(sent, "[2]", user=STRANGER) == "You don't have access to this bot."
    assert sent.text == text


def test_a_button_whose_answer_is_no_longer_held_says_so(bot: Bot):
    sent = bot.ask(QUESTION)
    bot.services.conversations.forget_user(str(MEMBER))
    assert bot.press(sent, "[1]") == "This answer has expired. Please ask again."
    assert bot.press(sent, "[1]", language="sv").startswith("Det här svaret har blivit för gammalt")


@pytest.mark.parametrize("now", [None, Excerpt("", "Something else", "")])
def test_a_source_that_has_changed_since_is_not_opened(bot: Bot, now: Excerpt | None):
    sent = bot.ask(QUESTION)
    bot.services = replace(bot.services, excerpt=lambda *_: now)
    assert bot.press(sent, "[1]") == "This answer has expired. Please ask again."


def test_a_press_on_an_answer_that_was_deleted_meanwhile_does_no_harm(bot: Bot):
    sent = bot.ask(QUESTION)
    press = bot.fake.pressed(sent, "[1]")
    del bot.fake.messages[sent.chat_id, sent.message_id]
    bot.take(press)
    answer = bot.fake.answers[press["callback_query"]["id"]]
    assert answer["text"] == "This answer has expired. Please ask again."


def test_a_source_pressed_twice_stays_open(bot: Bot):
    sent = bot.ask(QUESTION)
    bot.press(sent, "[1]")
    assert bot.press(sent, "• 1 •") is None
    assert sent.text.startswith("[1]")


def test_buttons_go_on_working_after_a_restart(bot: Bot):
    sent = bot.ask(QUESTION)
    bot.take()  # Every `take` restarts the bot, with the same stored state.
    assert bot.press(sent, "[2]") is None
    assert sent.text.startswith("[2]")


def in_year(question: str, *, year: int | None = None, **_: object) -> Answer:
    """Return an answer about a month that exists in three years; 2025 unless chosen."""
    of = year or 2025
    january = Period(date(of, 1, 1), date(of, 1, 31), "January", recurring=year is None)
    quote = f"Karin came in {of}."
    cited = Citation(1, "a.md", "Minutes", str(of), "en", "", None, quote, 0, 18, quote, 0, 18, 1.0)
    others = () if year else (2024, 2023)
    reading = Reading("en", "who", (january,))
    return Answer(question, reading, f"In {of}: [1]", (cited,), (), 1, 0, other_years=others)


def test_another_year_is_answered_in_place_and_the_way_back_is_offered(bot: Bot):
    bot.services = replace(bot.services, answer=in_year)
    sent = bot.ask(QUESTION)
    assert sent.buttons == ["[1]", "2024", "2023", "👍", "👎"]
    assert bot.press(sent, "2024") is None
    assert sent.text.startswith("In 2024: [1]")
    assert sent.buttons[:3] == ["[1]", "2025", "2023"]
    bot.press(sent, "2025")
    assert sent.text.startswith("In 2025: [1]")
    assert sent.buttons[:3] == ["[1]", "2024", "2023"]
    assert len(bot.fake.sent) == 1


def test_a_year_that_was_not_offered_is_refused(bot: Bot):
    bot.services = replace(bot.services, answer=in_year)
    sent = bot.ask(QUESTION)
    key = sent.rows[0][0]["callback_data"].split(".")[1]
    for year in ("2022", "0", "2025"):
        bot.press(sent, data=f"year.{key}.{year}")
    assert bot.press(sent, data=f"year.{key}.2022") == "I do not know this button."
    assert sent.text.startswith("In 2025: [1]")


def test_years_are_offered_again_after_an_edit(bot: Bot):
    bot.services = replace(bot.services, answer=in_year)
    asked = bot.fake.update(QUESTION)
    sent = bot.take(asked)
    assert sent is not None
    bot.press(sent, "2023")
    bot.take(bot.fake.edited(asked, "Who came in January?"))
    assert sent.text.startswith("In 2025")
    assert sent.buttons[:3] == ["[1]", "2024", "2023"]


def test_the_year_of_a_month_without_one_can_be_changed(bot: Bot):
    sent = bot.ask("Vad beslutade styrelsen på mötet i februari?", language="sv")
    assert "2024" in sent.buttons
    assert "februari 2025" in sent.text
    bot.press(sent, "2024")
    assert sent.text.split("\n\n")[1].startswith("[1] Protokoll från styrelsemötet i februari 2024")
    assert "2025" in sent.buttons
