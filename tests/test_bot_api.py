"""The local Bot API server: as strict as documented, and as faulty as a test demands."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest
from bot_api import TOKEN, Dropped, FakeTelegram, Held, Refused
from bot_api.markup import read_html

MEMBER, GROUP = 42, -100


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        server.chat(MEMBER)
        yield server


class Bot:
    """A bot that calls methods over HTTP."""

    def __init__(self, client: httpx.Client, url: str, token: str = TOKEN) -> None:
        self._client, self._url = client, f"{url}/bot{token}"

    def call(self, method: str, files: Any = None, **params: Any) -> Any:
        """Return the result of a method, or code and description of its refusal."""
        told = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in params.items()
        }
        answer = self._client.post(f"{self._url}/{method}", data=told, files=files)
        body = answer.json()
        if body["ok"]:
            return body["result"]
        assert answer.status_code == body["error_code"]
        return body["error_code"], body["description"].removeprefix("Bad Request: ")

    def send(self, text: str = "Hej", **params: Any) -> Any:
        """Return the message sent to the member, or the refusal."""
        return self.call("sendMessage", **{"chat_id": MEMBER, "text": text, **params})


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=20) as client:
        yield client


@pytest.fixture
def bot(fake: FakeTelegram, client: httpx.Client) -> Bot:
    return Bot(client, fake.url)


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(data: str = "x", text: str = "A") -> dict[str, Any]:
    return {"text": text, "callback_data": data}


def test_html_is_read_to_text_and_entities_with_offsets_in_utf_16_units():
    text, entities = read_html(
        " <b>🎉 <i>å</i></b> &lt;&#229;\n<blockquote expandable>x</blockquote>"
        '<a href="https://x.se/?a=1&amp;b=2">y</a> '
    )
    assert text == "🎉 å <å\nxy"
    assert entities == [
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "italic", "offset": 3, "length": 1},
        {"type": "expandable_blockquote", "offset": 8, "length": 1},
        {"type": "text_link", "offset": 9, "length": 1, "url": "https://x.se/?a=1&b=2"},
    ]


@pytest.mark.parametrize(
    "html",
    [
        "a < b",
        "a & b",
        "a > b",
        "&nbsp;",
        "<b>x",
        "x</b>",
        "<b><i>x</b></i>",
        "<p>x</p>",
        "<br>",
        "<!-- x -->",
        "<b class='x'>x</b>",
        "<a>x</a>",
        '<a href="javascript:x">x</a>',
        '<a href="https://x.se"><a href="https://y.se">x</a></a>',
        "<code><b>x</b></code>",
        "<b><code>x</code></b>",
        "<blockquote>x<blockquote expandable>y</blockquote></blockquote>",
        "<b>x</b>" * 101,
    ],
)
def test_html_that_telegram_would_refuse_or_show_otherwise_is_refused(html: str):
    with pytest.raises(Refused, match="can't parse entities"):
        read_html(html)


def test_a_message_is_as_long_as_4096_utf_16_units_of_what_is_read(bot: Bot):
    assert bot.send(f"<b>{'🎉' * 2048}</b>", parse_mode="HTML")["text"] == "🎉" * 2048
    assert bot.send("🎉" * 2048 + "x") == (400, "message is too long")
    assert bot.send(" \n ") == (400, "message text is empty")
    assert bot.send("<b> </b>", parse_mode="HTML") == (400, "message text is empty")
    assert bot.send("a\x00b") == (400, "strings must be printable")


def test_a_button_holds_64_bytes_and_does_one_thing(bot: Bot):
    fits = bot.send(reply_markup=keyboard([button("å" * 32)]))
    assert fits["reply_markup"] == keyboard([button("å" * 32)])
    for rows, refusal in (
        ([[button("å" * 32 + "x")]], "BUTTON_DATA_INVALID"),
        ([[button("")]], "BUTTON_DATA_INVALID"),
        ([[button(text=" ")]], "inline keyboard button text is empty"),
        ([[{**button(), "url": "https://x.se"}]], "text buttons have one action"),
        ([[{"text": "A"}]], "text buttons have one action"),
        ([[{"text": "A", "url": "file:///x"}]], "inline keyboard button URL"),
        ([[button()] * 9], "9 buttons in a row"),
        ([[button()] * 8] * 13, "reply markup is too long"),
    ):
        code, description = bot.send(reply_markup=keyboard(*rows))
        assert (code, description[: len(refusal)]) == (400, refusal)


def test_an_edit_must_change_a_message_of_the_bot_that_stands(fake: FakeTelegram, bot: Bot):
    place = {"chat_id": MEMBER, "message_id": bot.send("Hej")["message_id"]}
    asked = fake.update("Hej", user=MEMBER)["message"]["message_id"]
    code, description = bot.call("editMessageText", text="Hej", **place)
    assert (code, description[:23]) == (400, "message is not modified")
    marked = keyboard([button()])
    assert bot.call("editMessageReplyMarkup", reply_markup=marked, **place)["text"] == "Hej"
    assert bot.call("editMessageText", text="Hej", **place)["text"] == "Hej"
    foreign = bot.call("editMessageText", chat_id=MEMBER, message_id=asked, text="x")
    assert foreign == (400, "message can't be edited")
    assert bot.call("deleteMessage", **place) is True
    assert bot.call("editMessageText", text="x", **place) == (400, "message to edit not found")
    assert bot.call("deleteMessage", **place) == (400, "message to delete not found")
    assert fake.texts(MEMBER) == []


def test_a_bot_cannot_write_where_it_is_not_wanted(
    fake: FakeTelegram, bot: Bot, client: httpx.Client
):
    assert bot.send(chat_id=9) == (400, "chat not found")
    fake.blocked(MEMBER)
    assert bot.send() == (403, "Forbidden: bot was blocked by the user")
    fake.blocked(MEMBER, again_welcome=True)
    assert bot.send()["text"] == "Hej"
    fake.migrated(-5, -1005)
    refused = {"chat_id": -5, "text": "Hej"}
    moved = client.post(f"{fake.url}/bot{TOKEN}/sendMessage", data=refused).json()
    assert moved["parameters"] == {"migrate_to_chat_id": -1005}
    assert bot.send(chat_id=-1005)["chat"]["type"] == "supergroup"


def test_a_topic_and_a_message_replied_to_must_be_there(fake: FakeTelegram, bot: Bot):
    fake.chat(GROUP).topics = {3}
    assert bot.send(chat_id=GROUP, message_thread_id=3)["message_thread_id"] == 3
    missing = bot.send(chat_id=GROUP, message_thread_id=4)
    assert missing == (400, "message thread not found")
    asked = fake.update("Vem?", user=MEMBER)
    reply = {"message_id": asked["message"]["message_id"]}
    assert bot.send(reply_parameters=reply)["reply_to_message"]["text"] == "Vem?"
    assert bot.send(reply_parameters={**reply, "quote": "Va"}) == (400, "QUOTE_TEXT_INVALID")
    fake.deleted(asked)
    assert bot.send(reply_parameters=reply) == (400, "message to be replied not found")
    assert bot.send(reply_parameters={**reply, "allow_sending_without_reply": True})["text"]


def test_queries_are_answered_in_time_and_within_limits(fake: FakeTelegram, bot: Bot):
    sent_id = bot.send(reply_markup=keyboard([button("more", "More")]))["message_id"]
    [sent] = [one for one in fake.sent if one.message_id == sent_id]
    press = fake.pressed(sent, "More")["callback_query"]
    assert press["data"] == "more"
    assert bot.call("answerCallbackQuery", callback_query_id=press["id"]) is True
    old = (400, "query is too old and response timeout expired or query ID is invalid")
    assert bot.call("answerCallbackQuery", callback_query_id="0") == old
    query_id = fake.inline("vem")["inline_query"]["id"]

    def answer(*ids: str, text: str = "x") -> Any:
        shown = {"type": "article", "title": "T", "input_message_content": {"message_text": text}}
        results = [{"id": one, **shown} for one in ids]
        return bot.call("answerInlineQuery", inline_query_id=query_id, results=results)

    assert answer(*map(str, range(51))) == (400, "RESULTS_TOO_MUCH")
    assert answer("1", "1") == (400, "RESULT_ID_DUPLICATE")
    assert answer("å" * 33) == (400, "RESULT_ID_INVALID")
    assert answer("1", text="x" * 4097) == (400, "message is too long")
    assert answer("1", "2") is True
    assert [one["id"] for one in fake.answers[query_id]["results"]] == ["1", "2"]
    fake.queries[query_id] = 0.0
    assert answer("1") == old


def test_reactions_actions_menus_and_descriptions_are_those_there_are(fake: FakeTelegram, bot: Bot):
    place = {"chat_id": MEMBER, "message_id": fake.update("Vem?")["message"]["message_id"]}

    def react(emoji: str) -> Any:
        reaction = [{"type": "emoji", "emoji": emoji}]
        return bot.call("setMessageReaction", reaction=reaction, **place)

    assert react("👀") is True
    assert react("🔎") == (400, "REACTION_INVALID")
    assert fake.reactions == {(MEMBER, place["message_id"]): ["👀"]}
    wrong = bot.call("sendChatAction", chat_id=MEMBER, action="thinking")
    assert wrong == (400, "wrong parameter action in request")
    menu = [{"command": "ask", "description": "Ask"}]
    admins = {"type": "chat", "chat_id": MEMBER}
    assert bot.call("setMyCommands", commands=menu, scope=admins, language_code="sv") is True
    assert fake.menus == {("42", "sv"): ["ask"]}
    capital = [{"command": "Ask", "description": "Ask"}]
    assert bot.call("setMyCommands", commands=capital) == (400, "BOT_COMMAND_INVALID")
    unknown = {"type": "chat", "chat_id": 9}
    assert bot.call("setMyCommands", commands=menu, scope=unknown) == (400, "chat not found")
    assert bot.call("setMyDescription", description="x" * 512) is True
    long = bot.call("setMyShortDescription", short_description="x" * 121)
    assert long == (400, "BOT_SHORT_DESCRIPTION_INVALID")
    assert fake.about == {("setMyDescription", ""): "x" * 512}


def test_files_go_both_ways(fake: FakeTelegram, bot: Bot, client: httpx.Client):
    content = bytes(range(256)) + b"\r\nr\xc3\xa4tt\n"
    sent = bot.call(
        "sendDocument",
        files={"document": ("questions.csv", content)},
        chat_id=MEMBER,
        caption="<b>å</b>",
        parse_mode="HTML",
    )
    assert sent["document"]["file_name"] == "questions.csv"
    assert fake.sent[0].document == ("questions.csv", content)
    assert fake.sent[0].quoted("bold") == ["å"]
    voice = fake.voice(b"OggS!")["message"]["voice"]["file_id"]
    path = bot.call("getFile", file_id=voice)["file_path"]
    assert client.get(f"{fake.url}/file/bot{TOKEN}/{path}").content == b"OggS!"
    assert bot.call("getFile", file_id="none") == (400, "invalid file_id")


def test_a_wrong_token_and_an_unknown_method_are_refused(
    fake: FakeTelegram, bot: Bot, client: httpx.Client
):
    assert Bot(client, fake.url, TOKEN[:-1] + "1").call("getMe") == (401, "Unauthorized")
    assert bot.call("getYou") == (404, "Not Found: method not found")


def test_updates_are_kept_until_they_are_confirmed(fake: FakeTelegram, bot: Bot):
    first, second = fake.update("ett"), fake.update("två")
    fake.deliver(first, second)
    assert bot.call("getUpdates") == [first, second]
    assert bot.call("getUpdates", limit=1) == [first]
    assert bot.call("getUpdates", offset=second["update_id"]) == [second]
    fake.deliver_again(first)
    assert bot.call("getUpdates", offset=second["update_id"] + 1) == [first]
    assert bot.call("getUpdates", offset=second["update_id"] + 1) == []


def test_updates_of_a_kind_that_is_not_asked_for_do_not_come(fake: FakeTelegram, bot: Bot):
    bot.send()
    reaction, message = fake.reacted(fake.sent[0], "👍"), fake.update("Hej")
    fake.deliver(reaction, message)
    assert bot.call("getUpdates") == [message]
    fake.deliver(reaction)
    asked = bot.call("getUpdates", allowed_updates=["message_reaction"])
    assert [one["update_id"] for one in asked] == [reaction["update_id"]]


def test_a_poll_waits_for_an_update_and_ends_where_another_begins(fake: FakeTelegram, bot: Bot):
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(bot.call, "getUpdates", timeout=20)
        fake.wait_for(lambda: fake.called("getUpdates"))
        fake.say("Hej")
        [update] = waiting.result()
        assert update["message"]["text"] == "Hej"
        later = {"offset": update["update_id"] + 1, "timeout": 20}
        ended = pool.submit(bot.call, "getUpdates", **later)
        fake.wait_for(lambda: len(fake.called("getUpdates")) == 2)
        assert bot.call("getUpdates", offset=later["offset"]) == []
        code, description = ended.result()
    assert (code, description[:32]) == (409, "Conflict: terminated by other ge")


def test_a_webhook_is_given_each_update_with_its_secret_until_it_takes_it(
    fake: FakeTelegram, bot: Bot
):
    came: list[tuple[str, str, int]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            secret = self.headers["X-Telegram-Bot-Api-Secret-Token"]
            came.append((self.path, secret, body["update_id"]))
            self.send_response(502 if len(came) == 1 else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        fake.proxy["https://citera.example"] = f"http://127.0.0.1:{server.server_port}"
        address = "https://citera.example/hook"
        for wrong, why in (
            ("http://citera.example/hook", "An HTTPS URL must be provided for webhook"),
            ("https://citera.example:8081/hook", "Webhook can be set up only on ports"),
            ("https://nowhere.example/hook", "Failed to resolve host"),
        ):
            _, description = bot.call("setWebhook", url=wrong)
            assert description.startswith(f"bad webhook: {why}")
        assert bot.call("setWebhook", url=address, secret_token="s3cret") is True
        code, _ = bot.call("getUpdates")
        assert code == 409
        update = fake.say("Hej")
        fake.wait_for(lambda: len(came) == 2)
        fake.wait_for(lambda: bot.call("getWebhookInfo")["pending_update_count"] == 0)
        server.shutdown()
    assert came == [("/hook", "s3cret", update["update_id"])] * 2
    info = bot.call("getWebhookInfo")
    assert (info["url"], info["last_error_message"]) == (
        address,
        "Wrong response from the webhook: 502",
    )
    assert bot.call("deleteWebhook") is True
    assert bot.call("getUpdates") == []


def test_a_flood_wait_holds_for_its_chat_or_for_all(fake: FakeTelegram, bot: Bot):
    fake.chat(7)
    fake.flood(30, MEMBER)
    assert bot.send() == (429, "Too Many Requests: retry after 30")
    assert bot.send(chat_id=7)["text"] == "Hej"
    fake.flood(5)
    assert bot.send(chat_id=7) == (429, "Too Many Requests: retry after 5")
    fake.flood(0)
    fake.flood(0, MEMBER)
    assert bot.send()["text"] == "Hej"


def test_faults_befall_the_next_request_of_their_method(fake: FakeTelegram, bot: Bot):
    fake.faults += [
        ("sendMessage", Refused(502, "Bad Gateway")),
        ("sendMessage", Dropped()),
        ("sendMessage", Dropped(carried_out=True)),
    ]
    assert bot.call("getMe")["username"] == "CiteraTestBot"
    assert bot.send("first") == (502, "Bad Gateway")
    for text in ("second", "third"):
        with pytest.raises(httpx.RemoteProtocolError):
            bot.send(text)
    assert fake.texts() == ["third"]
    with fake.offline(), pytest.raises(httpx.RemoteProtocolError):
        bot.send("fourth")
    assert bot.send("fifth")["text"] == "fifth"


def test_an_answer_can_be_held_back(fake: FakeTelegram, bot: Bot):
    held = Held()
    fake.faults.append(("sendMessage", held))
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(bot.send)
        assert held.reached.wait(20)
        assert fake.texts() == ["Hej"]
        assert not waiting.done()
        held.release()
        assert waiting.result()["text"] == "Hej"
