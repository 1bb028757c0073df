"""What is kept of questions: thumbs, reactions, and texts where they may be."""

from typing import Any

from answering_bot import QUESTION, Deliver
from bot_api import FakeTelegram
from telegram_bot import ADMIN, GROUP, MEMBER, STRANGER

from bot.service.journal import Journal
from bot.service.people import People


def thumbs(fake: FakeTelegram, deliver: Deliver, **who: Any) -> Any:
    deliver(fake.update(f"/ask {QUESTION}", **who))
    return fake.sent[-1]


def test_a_thumb_is_kept_changed_and_taken_back(
    fake: FakeTelegram, deliver: Deliver, journal: Journal
) -> None:
    shown = thumbs(fake, deliver, user=MEMBER)
    for button, rating, labels in (
        ("👍", 1, ["👍 ✓", "👎"]),
        ("👎", -1, ["👍", "👎 ✓"]),
        ("👎", None, ["👍", "👎"]),
    ):
        deliver(fake.pressed(shown, button))
        assert journal.recent(1)[0].rating == rating
        assert shown.buttons == labels


def test_a_thumb_of_another_chat_or_user_is_not_counted(
    fake: FakeTelegram, deliver: Deliver, journal: Journal, people: People
) -> None:
    """Data may be forged to refer to another's question; in a group only the asker rates."""
    people.approve(str(GROUP), "The board", str(ADMIN))
    theirs = thumbs(fake, deliver, user=MEMBER, chat=GROUP)
    mine = thumbs(fake, deliver, user=MEMBER)
    deliver(fake.pressed(theirs, "👎", user=STRANGER))
    deliver(fake.pressed(mine, data="rate:1:-1"))
    deliver(fake.pressed(mine, data="rate:99:1"))
    assert [one.rating for one in journal.recent(2)] == [None, None]
    told = [one["text"] for one in fake.called("answerCallbackQuery")]
    assert told[0] == "Only the person who asked can rate the answer."
    assert told[1:] == ["I no longer have that answer."] * 2


def test_a_reaction_to_an_answer_counts_as_a_thumb(
    fake: FakeTelegram, deliver: Deliver, journal: Journal
) -> None:
    shown = thumbs(fake, deliver, user=MEMBER)
    for emojis, rating in ((["👎"], -1), (["❤"], 1), (["🎃"], 1), ([], None)):
        deliver(fake.reacted(shown, *emojis))
        assert journal.recent(1)[0].rating == rating
    deliver(fake.reacted(shown, "👎", user=STRANGER))
    assert journal.recent(1)[0].rating is None


def test_texts_of_questions_are_not_stored_where_they_may_not_be(
    fake: FakeTelegram, deliver: Deliver, journal: Journal
) -> None:
    deliver(fake.update(QUESTION, user=MEMBER))
    deliver(fake.update(QUESTION, user=MEMBER), keep_questions_days=0)
    assert [one.question for one in journal.recent(2)] == [None, QUESTION]
