"""Groups: how they are let in, and who may do what in them."""

import pytest
from answering_bot import QUESTION, Deliver
from bot_api import FakeTelegram
from telegram_bot import ADMIN, GROUP, MEMBER, STRANGER

from bot.service.people import People

PHOTO = [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]
CLOSED = "I do not answer in this group yet. An administrator can let it in by writing /start here."


def test_a_group_is_let_in_by_an_admins_button_alone(
    fake: FakeTelegram, deliver: Deliver, people: People
) -> None:
    for text in ("/start", f"/ask {QUESTION}", f"@CiteraTestBot {QUESTION}", "/status"):
        deliver(fake.update(text, user=STRANGER, chat=GROUP))
    for text in (f"@CiteraTestBot {QUESTION}", "/status", "/reembed"):
        deliver(fake.update(text, user=ADMIN, chat=GROUP))
    assert fake.texts() == [CLOSED]
    fake.sent.clear()
    deliver(fake.update("/start", user=ADMIN, chat=GROUP))
    [offer] = fake.sent
    deliver(fake.pressed(offer, "Let the group in", user=STRANGER))
    assert not people.knows(str(GROUP))
    deliver(fake.pressed(offer, "Let the group in", user=ADMIN))
    assert people.knows(str(GROUP))
    deliver(fake.update(f"/ask {QUESTION}", user=STRANGER, chat=GROUP))
    assert fake.texts() == [
        "I now answer in this group: everybody in it can ask me.",
        "Answered.",
    ]


def test_who_asks_in_a_group_that_is_not_let_in_is_told_once_in_a_while(
    fake: FakeTelegram, deliver: Deliver
) -> None:
    """Members are told whom to ask, an admin gets the button; other messages are ignored."""
    caption = {"caption": f"/ask {QUESTION}", "photo": PHOTO}
    deliver(
        fake.update("Hello all", user=STRANGER, chat=GROUP),
        fake.update(f"/ask@OtherBot {QUESTION}", user=STRANGER, chat=GROUP),
        *(fake.update(f"/ask {QUESTION}", user=STRANGER, chat=GROUP) for _ in range(3)),
        fake.update(user=STRANGER, chat=GROUP, **caption),
    )
    assert fake.texts() == [CLOSED]
    deliver(fake.update(f"/ask {QUESTION}", user=ADMIN, chat=GROUP))
    assert fake.sent[-1].buttons == ["Let the group in"]
    deliver(fake.update(user=STRANGER, chat=GROUP, **caption))
    assert fake.texts()[-1] == CLOSED


def test_a_question_under_a_picture_is_answered_in_a_group(
    fake: FakeTelegram, deliver: Deliver, people: People
) -> None:
    """/ask with a question under a picture asks this bot, unless it names another one."""
    people.approve(str(GROUP), "The board", str(ADMIN))
    for asked in ("/ask", "/ask@CiteraTestBot", "/ask@OtherBot", "/asking"):
        caption = f"{asked} {QUESTION}"
        deliver(fake.update(user=STRANGER, chat=GROUP, caption=caption, photo=PHOTO))
    assert fake.texts() == ["Answered.", "Answered."]


def test_admin_rights_are_the_users_and_not_the_chats(
    fake: FakeTelegram, deliver: Deliver, people: People
) -> None:
    people.approve(str(GROUP), "The board", str(ADMIN))
    deliver(fake.update("/reembed", user=MEMBER, chat=GROUP))
    deliver(fake.update("/status", user=ADMIN, chat=GROUP))
    refusal, told = fake.texts()
    assert refusal == "Only administrators can use that command."
    assert told.startswith("There is no index yet.")


@pytest.mark.parametrize("told_in", [0, 1], ids=["told in the old one", "told in the new one"])
@pytest.mark.parametrize("in_settings", [False, True])
def test_a_group_that_grows_to_a_supergroup_stays_let_in(
    in_settings: bool, told_in: int, fake: FakeTelegram, deliver: Deliver, people: People
) -> None:
    allowed = frozenset({-55} if in_settings else {MEMBER})
    if not in_settings:
        people.approve("-55", "The board", str(ADMIN))
    deliver(fake.migrated(-55, -10055)[told_in], allowed_chat_ids=allowed)
    deliver(fake.update(f"/ask {QUESTION}", chat=-10055), allowed_chat_ids=allowed)
    assert fake.texts(-10055) == ["Answered."]
