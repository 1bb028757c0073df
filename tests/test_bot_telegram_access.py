"""Who may use the bot: strangers, administrators and all others."""

import json

from answering_bot import QUESTION, SECOND, Deliver
from bot_api import FakeTelegram, Sent
from telegram_bot import ADMIN, MEMBER, STRANGER

from bot.service.journal import Journal
from bot.service.people import MOST_WAITING, People

NOT_YOURS = "You don't have access to this bot."


def code_of(people: People) -> str:
    [request] = people.waiting()
    return request.code


def test_a_stranger_shows_an_admin_a_code_and_is_let_in(
    fake: FakeTelegram, deliver: Deliver, people: People
) -> None:
    fake.chat(ADMIN)
    deliver(fake.update("/start", user=STRANGER, language="sv"))
    code = code_of(people)
    [to_stranger], [to_admin] = fake.texts(STRANGER), fake.texts(ADMIN)
    assert to_stranger.endswith(f"gäller i en timme: {code}")
    assert "Anna" in to_admin
    assert "666" in to_admin
    assert code in to_admin
    assert not people.knows(str(STRANGER))

    [request] = [sent for sent in fake.sent if sent.chat_id == ADMIN]
    deliver(fake.pressed(request, "Let in", user=ADMIN))
    assert people.knows(str(STRANGER))
    assert fake.texts(ADMIN) == ["Anna was let in by Anna."]
    assert request.buttons == []
    assert fake.texts(STRANGER)[-1].startswith("Du har blivit insläppt.")

    deliver(fake.update(QUESTION, user=STRANGER))
    assert fake.texts(STRANGER)[-1] == "Answered."


def test_a_stranger_who_is_refused_is_told_so_and_may_not_ask_again_at_once(
    fake: FakeTelegram, deliver: Deliver, people: People
) -> None:
    fake.chat(ADMIN)
    deliver(fake.update("/start", user=STRANGER))
    [request] = [sent for sent in fake.sent if sent.chat_id == ADMIN]
    deliver(fake.pressed(request, "Refuse", user=ADMIN))
    assert not people.knows(str(STRANGER))
    assert people.waiting() == []
    assert fake.texts(ADMIN) == ["Anna was refused by Anna."]
    assert fake.texts(STRANGER)[-1] == "An administrator has refused your request."


def test_a_request_that_another_admin_has_settled_is_not_settled_again(
    fake: FakeTelegram, deliver: Deliver, people: People
) -> None:
    fake.chat(ADMIN)
    fake.chat(SECOND)
    deliver(fake.update("/start", user=STRANGER))
    requests = {sent.chat_id: sent for sent in fake.sent}
    deliver(fake.pressed(requests[SECOND], "Refuse", user=SECOND))
    deliver(fake.pressed(requests[ADMIN], "Let in", user=ADMIN))
    assert not people.knows(str(STRANGER))
    assert requests[ADMIN].buttons == []
    deliver(fake.pressed(requests[ADMIN], data=requests_data(requests[SECOND]), user=ADMIN))
    told = [one.get("text", "") for one in fake.called("answerCallbackQuery")]
    assert ["decided already" in one for one in told] == [False, True, True]
    assert not [text for text in fake.texts() if "went wrong" in text]


def requests_data(sent: Sent) -> str:
    """Return the data of the first button under a request."""
    markup: str = sent.params["reply_markup"]
    data: str = json.loads(markup)["inline_keyboard"][0][0]["callback_data"]
    return data


def test_buttons_of_admins_do_nothing_for_others(
    fake: FakeTelegram, deliver: Deliver, people: People
) -> None:
    """Neither a forwarded button nor forged data gives access."""
    deliver(fake.update("/start", user=STRANGER))
    [shown] = fake.sent
    code = code_of(people)
    for data in (f"admit:{code}", f"refuse:{code}", "admit-group", "admit:", "admit:ABC234 "):
        deliver(fake.pressed(shown, data=data, user=STRANGER))
    assert not people.knows(str(STRANGER))
    assert code_of(people) == code
    told = {one.get("text") for one in fake.called("answerCallbackQuery")}
    assert told == {
        "Only administrators can use that command.",
        "You don't have access to this bot.",
    }


def test_a_stranger_is_refused_politely_once_in_a_while_and_learns_nothing(
    fake: FakeTelegram, deliver: Deliver, people: People
) -> None:
    texts = (QUESTION, "/ask me", "/reembed", "/status", "/nonsense")
    deliver(*(fake.update(text, user=STRANGER) for text in texts))
    assert fake.texts() == [
        "An administrator has to let you in first. Write /start to ask for access."
    ]
    assert people.waiting() == []


def test_a_stranger_who_starts_over_and_over_gets_one_code_and_admins_are_asked_once(
    fake: FakeTelegram, deliver: Deliver
) -> None:
    fake.chat(ADMIN)
    deliver(*(fake.update("/start", user=STRANGER) for _ in range(5)))
    assert len(fake.texts(STRANGER)) == len(fake.texts(ADMIN)) == 1


def test_a_crowd_of_strangers_does_not_bury_the_admins(
    fake: FakeTelegram, deliver: Deliver
) -> None:
    fake.chat(ADMIN)
    crowd = range(1000, 1000 + MOST_WAITING + 5)
    deliver(*(fake.update("/start", user=stranger) for stranger in crowd))
    assert len(fake.texts(ADMIN)) == MOST_WAITING
    late = [text for text in fake.texts() if text.startswith("Too many people are asking")]
    assert len(late) == 5


def test_a_name_full_of_tricks_is_shown_harmless_on_one_line(
    fake: FakeTelegram, deliver: Deliver, people: People
) -> None:
    fake.chat(ADMIN)
    update = fake.update("/start", user=STRANGER)
    update["message"]["from"]["first_name"] = "<b>Eve</b>\n\u202eCode: ABC" + "x" * 200
    deliver(update)
    [to_admin] = fake.texts(ADMIN)
    assert to_admin.startswith("<b>Eve</b> Code: ABCxxx")
    assert "\n" not in to_admin
    assert "\u202e" not in to_admin
    assert len(people.waiting()[0].name) <= 64


def test_while_there_is_no_admin_the_owner_learns_the_id_to_set(
    fake: FakeTelegram, deliver: Deliver, people: People
) -> None:
    deliver(fake.update("/start", user=STRANGER), admin_user_ids=frozenset())
    [text] = fake.texts()
    assert "666" in text
    assert "ADMIN_USER_IDS" in text
    assert people.waiting() == []


def test_whoever_is_shut_out_can_do_nothing_with_what_they_were_sent(
    fake: FakeTelegram, deliver: Deliver, people: People, journal: Journal
) -> None:
    """Thumbs, reactions and language buttons no longer work."""
    people.approve(str(STRANGER), "Anna", str(ADMIN))
    deliver(fake.update(QUESTION, user=STRANGER), fake.update("/language", user=STRANGER))
    answered, choice = fake.sent
    people.revoke(str(STRANGER))
    [asked] = journal.recent(9)
    pressed = fake.pressed(answered, data=f"rate:{asked.id}:1", user=STRANGER)
    deliver(pressed, fake.reacted(answered, "👎", user=STRANGER))
    assert fake.answers[pressed["callback_query"]["id"]]["text"] == NOT_YOURS
    pressed = fake.pressed(choice, "Svenska", user=STRANGER)
    deliver(pressed)
    assert fake.answers[pressed["callback_query"]["id"]]["text"] == NOT_YOURS
    assert journal.recent(9)[0].rating is None
    assert people.language_of(str(STRANGER)) is None


def test_an_admin_is_told_of_strangers_in_the_language_they_have_set(
    fake: FakeTelegram, deliver: Deliver
) -> None:
    """The chosen language, or else that of their Telegram when they last wrote."""
    deliver(fake.update("/help", user=ADMIN, language="sv"), fake.update("/help", user=SECOND))
    deliver(fake.update("/start", user=STRANGER))
    assert "ber om tillgång" in fake.texts(ADMIN)[-1]
    assert "asks for access" in fake.texts(SECOND)[-1]


def test_open_to_all_answers_strangers_but_obeys_admins_alone(
    fake: FakeTelegram, deliver: Deliver
) -> None:
    for text in (QUESTION, "/reembed"):
        deliver(fake.update(text, user=STRANGER), open_to_all=True)
    assert fake.texts() == ["Answered.", "Only administrators can use that command."]


def test_a_flood_from_one_user_is_answered_up_to_the_limit_and_told_so_once(
    fake: FakeTelegram, deliver: Deliver
) -> None:
    asked = [fake.update(f"{QUESTION} {number}", user=MEMBER) for number in range(9)]
    for update in asked:
        update["message"]["date"] = asked[0]["message"]["date"]
    late = fake.update(QUESTION, user=MEMBER)
    late["message"]["date"] = asked[0]["message"]["date"] + 60
    deliver(*asked, late, questions_per_minute=3)
    told = fake.texts(MEMBER)
    assert told.count("Answered.") == 4
    assert (
        sorted(set(told))[1] == "That was many questions at once. Please ask again in 60 seconds."
    )
    assert len(told) == 5
