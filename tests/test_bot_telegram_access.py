"""Access to the bot for users and groups, against the local Bot API server."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bot_api import TOKEN, FakeTelegram, Sent
from bot_inside import remembering, take

from bot.service.journal import Journal
from bot.service.people import MOST_WAITING, People
from bot.service.services import Services
from bot.settings import Settings
from bot.types import Answer, Reading
from corpus.errors import UserError
from embeddings.engines.storage import Store
from embeddings.index.manifest import Manifest
from embeddings.types import BuildReport, Progress

ADMIN, SECOND, MEMBER, STRANGER, GROUP = 7, 8, 42, 666, -100
PHOTO = [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]
CLOSED = "I do not answer in this group yet. An administrator can let it in by writing /start here."
NOT_YOURS = "You don't have access to this bot."
QUESTION = "Who attended the January meeting?"


def answer(question: str, **_: object) -> Answer:
    return Answer(question, Reading("en", None, ()), "Answered.", (), (), 0.0, 0.0)


def rebuild(progress: Progress) -> BuildReport:
    raise AssertionError


def status() -> Manifest:
    raise UserError("There is no index yet.")


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def settings(fake: FakeTelegram) -> Settings:
    return Settings(
        telegram_bot_token=TOKEN,
        admin_user_ids=frozenset({ADMIN, SECOND}),
        allowed_chat_ids=frozenset({MEMBER}),
        telegram_api_url=fake.url,
    )


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[dict[str, Any]]:
    with remembering(tmp_path) as memory:
        yield memory


@pytest.fixture
def people(memory: dict[str, Any]) -> People:
    opened: People = memory["people"]
    return opened


@pytest.fixture
def journal(memory: dict[str, Any]) -> Journal:
    opened: Journal = memory["journal"]
    return opened


Deliver = Callable[..., None]


@pytest.fixture
def deliver(settings: Settings, memory: dict[str, Any]) -> Deliver:
    """Return a function that has the bot handle updates; keywords change its settings."""

    def deliver(*updates: dict[str, Any], **changes: Any) -> None:
        take(
            replace(settings, **changes),
            services_with(memory),
            *updates,
        )

    return deliver


def services_with(memory: dict[str, Any]) -> Services:
    return Services(
        answer, rebuild, status, status, Store(Path("no-store")), lambda *_: None, **memory
    )


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
