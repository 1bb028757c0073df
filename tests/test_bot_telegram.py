"""The Telegram bot, message by message, against the local Bot API server."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bot_api import TOKEN, FakeTelegram, Refused
from bot_inside import remembering, take

from bot.service.services import Services
from bot.settings import Settings
from bot.telegram_bot.opening import open_services
from bot.types import Answer
from corpus.errors import UserError
from embeddings.types import BuildReport, Progress

ADMIN, MEMBER, STRANGER, GROUP, OTHER_GROUP = 7, 42, 666, -100, -200
QUESTION = "Who attended the January meeting?"
REPORT = BuildReport("g", 24, 100, 3, 97, (), (), 1.2, unchanged=False)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """Index the sample documents once."""
    opened = open_services(Settings(store_dir=tmp_path_factory.mktemp("telegram") / "store"))
    opened.rebuild(lambda *_: None)
    return opened


@pytest.fixture
def settings(fake: FakeTelegram) -> Settings:
    return Settings(
        telegram_bot_token=TOKEN,
        admin_user_ids=frozenset({ADMIN}),
        allowed_chat_ids=frozenset({MEMBER, GROUP}),
        telegram_api_url=fake.url,
    )


Deliver = Callable[..., None]


@pytest.fixture
def deliver(settings: Settings, services: Services, tmp_path: Path) -> Iterator[Deliver]:
    """Return a function that has the bot handle updates; keywords replace its services."""
    with remembering(tmp_path) as memory:

        def deliver(*updates: dict[str, Any], **changes: Any) -> None:
            take(settings, replace(services, **{**memory, **changes}), *updates)

        yield deliver


def test_a_question_is_answered_with_quotes_in_its_own_language(
    fake: FakeTelegram, deliver: Deliver
) -> None:
    deliver(fake.update("Vem deltog på mötet i januari 2025?", user=MEMBER))
    [sent] = fake.sent
    assert sent.text.startswith("Deltog, enligt dokumenten:\n• Karin Lindqvist")
    assert "Protokoll från styrelsemötet i januari 2025" in sent.text
    assert "<blockquote expandable>" in (sent.html or "")
    assert '"is_disabled": true' in sent.params["link_preview_options"]


def test_a_question_is_seen_at_once_and_the_sign_taken_back_when_it_is_answered(
    fake: FakeTelegram, deliver: Deliver
) -> None:
    deliver(fake.update(QUESTION, user=MEMBER))
    signs = [json.loads(one.get("reaction", "[]")) for one in fake.called("setMessageReaction")]
    assert signs == [[{"type": "emoji", "emoji": "👀"}], []]
    methods = [method for method, _ in fake.calls if method != "getMe"]
    assert methods == ["setMessageReaction", "sendChatAction", "sendMessage", "setMessageReaction"]


def test_start_and_help_speak_the_users_language_and_tell_admins_their_commands(
    fake: FakeTelegram, deliver: Deliver
) -> None:
    deliver(fake.update("/start", user=MEMBER, language="sv-SE"))
    deliver(fake.update("/help", user=ADMIN, language="de"))
    assert fake.sent[0].text.startswith("Hej!")
    assert "exempeldokument" in fake.sent[0].text
    assert "/reembed" not in fake.sent[0].text
    assert "You are an administrator" in fake.sent[1].text


def test_with_nobody_let_in_admins_alone_are_answered(
    fake: FakeTelegram, settings: Settings, services: Services, tmp_path: Path
) -> None:
    closed = replace(settings, allowed_chat_ids=frozenset())
    with remembering(tmp_path) as memory:
        asked = [fake.update(QUESTION, user=user) for user in (MEMBER, ADMIN)]
        take(closed, replace(services, **memory), *asked)
    [to_member], [to_admin] = fake.texts(MEMBER), fake.texts(ADMIN)
    assert "/start" in to_member
    assert "[1]" in to_admin


@pytest.mark.parametrize(
    "text", [f"/ask {QUESTION}", f"@citeratestbot {QUESTION}", f"{QUESTION} @CiteraTestBot"]
)
def test_in_a_group_the_bot_answers_its_command_and_its_name(
    fake: FakeTelegram, deliver: Deliver, text: str
) -> None:
    update = fake.update(text, user=STRANGER, chat=GROUP)
    deliver(update)
    [sent] = fake.sent
    assert sent.text.startswith("Attended, according to the documents:\n• Karin Lindqvist")
    assert str(update["message"]["message_id"]) in sent.params["reply_parameters"]


def test_in_a_group_the_bot_answers_replies_to_it_and_is_silent_else(
    fake: FakeTelegram, deliver: Deliver
) -> None:
    from_bot = fake.update("An answer", chat=GROUP)["message"]
    from_bot["from"] = {"id": 123456789, "is_bot": True, "first_name": "Citera"}
    deliver(fake.update(QUESTION, user=9, chat=GROUP))
    deliver(fake.update("/nonsense", user=9, chat=GROUP))
    deliver(fake.update(f"/ask@SomeOtherBot {QUESTION}", user=9, chat=GROUP))
    assert fake.sent == []
    deliver(fake.update(QUESTION, user=9, chat=GROUP, reply_to_message=from_bot))
    assert len(fake.sent) == 1


def test_a_bare_ask_answers_the_message_it_replies_to(fake: FakeTelegram, deliver: Deliver) -> None:
    asked = fake.update(QUESTION, user=9, chat=GROUP)["message"]
    deliver(fake.update("/ask", user=MEMBER, chat=GROUP, reply_to_message=asked))
    assert "[1]" in fake.sent[0].text


def test_what_is_written_under_a_picture_is_a_question(
    fake: FakeTelegram, deliver: Deliver
) -> None:
    deliver(fake.update(user=MEMBER, caption=QUESTION))
    mention = [{"type": "mention", "offset": 0, "length": 14}]
    caption = f"@CiteraTestBot {QUESTION}"
    deliver(fake.update(user=9, chat=GROUP, caption=caption, caption_entities=mention))
    deliver(fake.update(user=9, chat=GROUP, caption=QUESTION))
    assert len(fake.sent) == 2
    assert all("[1]" in text for text in fake.texts())


def test_what_is_no_question_is_met_with_help(fake: FakeTelegram, deliver: Deliver) -> None:
    for text, part in (
        ("/ask", "after the command"),
        ("🎉\x07 ???", "after the command"),
        ("why " * 1000, "characters long"),
        ("/nonsense", "/help"),
        (None, "only read text"),
    ):
        deliver(fake.update(text, user=MEMBER))
        assert part in fake.sent[-1].text


def test_admin_commands_are_refused_to_others(fake: FakeTelegram, deliver: Deliver) -> None:
    def must_not_run(progress: Progress) -> BuildReport:
        raise AssertionError

    for chat in (MEMBER, GROUP):
        for text in ("/reembed", "/status"):
            deliver(fake.update(text, user=MEMBER, chat=chat), rebuild=must_not_run)
    assert set(fake.texts()) == {"Only administrators can use that command."}
    assert len(fake.sent) == 4


def test_status_tells_an_admin_what_the_index_holds(fake: FakeTelegram, deliver: Deliver) -> None:
    deliver(fake.update("/status", user=ADMIN))
    deliver(fake.update("/status", user=ADMIN, chat=GROUP, language="sv"))
    assert "documents," in fake.sent[0].text
    assert "Model: bundled" in fake.sent[0].text
    assert "textavsnitt (" in fake.sent[1].text


def test_trouble_with_the_index_is_told_to_admins_and_hinted_to_others(
    fake: FakeTelegram, deliver: Deliver
) -> None:
    def broken(question: str, **_: Any) -> Answer:
        raise UserError("The store /secret/place cannot be read.")

    deliver(fake.update(QUESTION, user=ADMIN), answer=broken)
    assert fake.texts(ADMIN) == ["The store /secret/place cannot be read."]
    deliver(*(fake.update(QUESTION, user=MEMBER) for _ in range(3)), answer=broken)
    assert "secret" not in "".join(fake.texts(MEMBER))
    assert "cannot answer right now" in fake.texts(MEMBER)[0]
    [alert] = fake.texts(ADMIN)[1:]
    assert alert.endswith("I cannot answer right now: The store /secret/place cannot be read.")


def test_an_error_of_ours_is_logged_and_told_under_the_same_id(
    fake: FakeTelegram, deliver: Deliver, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(question: str, **_: Any) -> Answer:
        raise ZeroDivisionError("secret detail")

    deliver(fake.update(QUESTION, user=MEMBER, language="sv"), answer=broken)
    [text] = fake.texts()
    assert text.startswith("Något gick tyvärr fel")
    assert "secret" not in text
    error_id = text.rstrip(".").split()[-1]
    assert f"Error {error_id}" in caplog.text
    assert "ZeroDivisionError: secret detail" in caplog.text


def test_an_answer_whose_html_is_refused_is_sent_as_plain_text(
    fake: FakeTelegram, deliver: Deliver
) -> None:
    fake.faults.append(("sendMessage", Refused(400, "Bad Request: can't parse entities: x")))
    deliver(fake.update(QUESTION, user=MEMBER))
    [sent] = fake.sent
    assert sent.html is None
    assert "[1]" in sent.text


@pytest.mark.filterwarnings("ignore:.*retry_after")
def test_an_answer_waits_as_long_as_telegram_asks(fake: FakeTelegram, deliver: Deliver) -> None:
    fake.faults.append(("sendMessage", Refused(429, "Too Many Requests", retry_after=1)))
    began = time.monotonic()
    deliver(fake.update(QUESTION, user=MEMBER))
    assert len(fake.sent) == 1
    assert time.monotonic() - began >= 1


def test_an_answer_comes_though_signs_that_it_was_seen_fail(
    fake: FakeTelegram, deliver: Deliver
) -> None:
    for method in ("setMessageReaction", "sendChatAction", "setMessageReaction"):
        fake.faults.append((method, Refused(400, "Bad Request: no rights")))
    deliver(fake.update(QUESTION, user=MEMBER))
    assert "[1]" in fake.sent[0].text


def test_one_who_has_blocked_the_bot_meanwhile_does_no_harm(
    fake: FakeTelegram, deliver: Deliver, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = Refused(403, "Forbidden: bot was blocked by the user")
    fake.faults.append(("sendMessage", blocked))
    with caplog.at_level("INFO"):
        deliver(fake.update(QUESTION, user=MEMBER))
    assert fake.sent == []
    assert "takes no messages from the bot any more: Forbidden" in caplog.text
    assert "Traceback" not in caplog.text
