"""Admin commands, and what users are told about their stored data."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bot_api import TOKEN, FakeTelegram
from bot_inside import take

from bot.service.journal import Asked, Journal
from bot.service.people import People
from bot.service.services import Services
from bot.settings import Settings
from bot.texts import LANGUAGES, fill
from bot.types import Answer, Reading
from embeddings.engines.storage import Store
from embeddings.index.manifest import Manifest
from embeddings.types import BuildReport, Progress

ADMIN, MEMBER, BO, STRANGER, GROUP = 7, 42, 43, 666, -100
MANIFEST = Manifest(
    format=1,
    created="2026-01-31T12:00:00+00:00",
    fingerprint="print",
    model="bundled",
    documents_dir="/srv/documents",
    documents=24,
    passages=100,
    languages={"sv": (0, 90), "en": (90, 10)},
    recurring=[("Skip to <main> content", 20), ("Cookies", 23)],
    skipped=[],
    files={"catalog.sqlite": (3_000_000, "digest")},
)
ASKED = Asked(
    chat=str(MEMBER),
    user=str(MEMBER),
    question="Who is who?",
    language="en",
    kind="who",
    found=True,
    confidence=0.75,
    seconds=0.25,
    generation="20260125T100000-ab12",
    citations=(("minutes.md", 10, 42), ("minutes.md", 50, 60), ("b.txt", 0, 5)),
)
ONLY_ADMINS = "Only administrators can use that command."


def answer(question: str, **_: object) -> Answer:
    return Answer(question, Reading("en", None, ()), "Answered.", (), (), 0.0, 0.25)


def rebuild(progress: Progress) -> BuildReport:
    raise AssertionError


@pytest.fixture
def journal(memory: dict[str, Any]) -> Journal:
    """Return a journal with an answered, liked question and an unanswered one."""
    opened: Journal = memory["journal"]
    opened.rate(opened.record(ASKED), 1)
    opened.record(replace(ASKED, user=str(BO), question="=HYPERLINK(1)", found=False))
    return opened


Deliver = Callable[..., None]


@pytest.fixture
def deliver(fake: FakeTelegram, memory: dict[str, Any], tmp_path: Path) -> Deliver:
    """Return a function that has the bot handle updates; keywords change settings or manifest."""
    settings = Settings(
        telegram_bot_token=TOKEN,
        admin_user_ids=frozenset({ADMIN}),
        allowed_chat_ids=frozenset({MEMBER, GROUP}),
        telegram_api_url=fake.url,
    )

    def deliver(*updates: Any, manifest: Manifest = MANIFEST, **changes: Any) -> None:
        services = Services(
            answer=answer,
            rebuild=rebuild,
            status=lambda: manifest,
            roll_back=lambda: manifest,
            store=Store(tmp_path / "store"),
            excerpt=lambda *_: None,
            **memory,
        )
        take(replace(settings, **changes), services, *updates)

    return deliver


def told(fake: FakeTelegram, deliver: Deliver, text: str, **how: Any) -> str:
    """Return the reply to an admin, or to the given user."""
    who = {name: how.pop(name) for name in ("user", "chat", "language") if name in how}
    deliver(fake.update(text, **{"user": ADMIN, **who}), **how)
    return fake.sent[-1].text


@pytest.mark.parametrize(
    "command", ["status", "reembed", "users", "unanswered", "stats", "export", "boilerplate"]
)
@pytest.mark.parametrize("chat", [MEMBER, GROUP])
def test_an_admins_command_is_refused_to_others(
    command: str, chat: int, fake: FakeTelegram, deliver: Deliver
) -> None:
    assert told(fake, deliver, f"/{command}", user=MEMBER, chat=chat) == ONLY_ADMINS


def test_status_tells_of_the_index_and_of_the_process(
    fake: FakeTelegram, deliver: Deliver, journal: Journal
) -> None:
    lines = told(fake, deliver, "/status").splitlines()
    assert lines[0] == "24 documents, 100 passages (sv: 90, en: 10)"
    assert f"Updated {MANIFEST.made_at}" in lines[1]
    assert {"Model: bundled", "Folder: /srv/documents", "Size: 3 MB"} <= set(lines)
    assert any(line.startswith("Memory: ") for line in lines)
    assert lines[-1] == "Questions today: 2, median time 0.25 s"


def test_times_and_counts_are_as_people_say_them(
    fake: FakeTelegram, deliver: Deliver, journal: Journal
) -> None:
    """Days are days, one is one, in both languages."""
    told(fake, deliver, "/language")
    deliver(fake.pressed(fake.sent[-1], "Svenska", user=ADMIN))
    stats = told(fake, deliver, "/stats")
    heads = [part.splitlines()[0] for part in stats.split("\n\n")]
    assert heads == ["Senaste 24 timmarna", "Senaste 7 dagarna", "Senaste 30 dagarna"]
    assert "2 frågor från 2 personer, 50% besvarades" in stats
    text = LANGUAGES["sv"].telegram.admin.stats
    one = fill(text, questions=1, users=1, found="0%", liked=0, disliked=0, median="–")
    assert one.startswith("1 fråga från 1 person, ")
    assert fill(LANGUAGES["en"].telegram.limits.too_many, seconds=1).endswith("in 1 second.")


def test_stats_tell_how_questions_fared(
    fake: FakeTelegram, deliver: Deliver, journal: Journal
) -> None:
    first, *_ = told(fake, deliver, "/stats").split("\n\n")
    assert first == (
        "Last 24 hours\n2 questions from 2 people, 50% answered\n👍 1  👎 0  ·  median time 0.25 s"
    )


def test_what_was_asked_in_vain_is_told_to_admins_in_private_alone(
    fake: FakeTelegram, deliver: Deliver, journal: Journal
) -> None:
    assert "=HYPERLINK(1)" in told(fake, deliver, "/unanswered")
    assert "Who is who?" not in fake.sent[-1].text
    for command in ("/unanswered", "/export", "/users"):
        assert "private chat" in told(fake, deliver, command, chat=GROUP)
    journal.rate(1, -1)
    assert "Who is who?" in told(fake, deliver, "/unanswered")


def test_the_export_is_a_table_that_no_spreadsheet_runs(
    fake: FakeTelegram, deliver: Deliver, journal: Journal
) -> None:
    assert told(fake, deliver, "/export").startswith("2 questions")
    [document] = fake.files.values()
    first, second = csv.DictReader(io.StringIO(document.decode("utf-8-sig")))
    assert (first["question"], first["rating"], first["user"]) == ("Who is who?", "1", str(MEMBER))
    assert second["question"] == "'=HYPERLINK(1)"
    assert second["documents"] == "minutes.md; b.txt"


def test_an_export_of_nothing_has_its_heads(fake: FakeTelegram, deliver: Deliver) -> None:
    assert told(fake, deliver, "/export").startswith("0 questions")
    [document] = fake.files.values()
    assert document.decode("utf-8-sig").startswith("id,asked_at,chat,user,")


def test_recurring_lines_are_told_with_their_counts(fake: FakeTelegram, deliver: Deliver) -> None:
    _, *lines = told(fake, deliver, "/boilerplate").splitlines()
    assert lines == ["23 × Cookies", "20 × Skip to <main> content"]
    many = replace(MANIFEST, recurring=[(f"line {number}", 9) for number in range(35)])
    assert told(fake, deliver, "/boilerplate", manifest=many).endswith("… and 5 more")
    none = replace(MANIFEST, recurring=[])
    assert told(fake, deliver, "/boilerplate", manifest=none).startswith("No lines recur")


def test_somebody_is_shut_out_by_an_admins_button_alone(
    fake: FakeTelegram, deliver: Deliver, people: People
) -> None:
    people.approve(str(BO), "Bo", str(ADMIN))
    people.approve("-200", "The board", str(ADMIN))
    request = people.request(str(STRANGER), "Eve", None)
    assert request
    text = told(fake, deliver, "/users")
    assert text.splitlines() == [
        "2 were let in with a button, 1 is waiting.",
        f"In ALLOWED_CHAT_IDS: {GROUP}, {MEMBER}",
        f"Eve: {request.code}",
    ]
    shown = fake.sent[-1]
    assert set(shown.buttons) == {"✕ The board (-200)", f"✕ Bo ({BO})", "Let in", "Refuse"}
    deliver(fake.pressed(shown, "Bo", user=MEMBER))
    assert people.knows(str(BO))
    deliver(fake.pressed(shown, "Bo", user=ADMIN))
    assert not people.knows(str(BO))
    assert "✕ The board (-200)" in shown.buttons
    assert f"✕ Bo ({BO})" not in shown.buttons
    deliver(fake.pressed(shown, data=f"revoke:{BO}", user=ADMIN))
    assert fake.called("answerCallbackQuery")[-1]["text"] == "They no longer had access."


def test_people_are_told_what_is_kept_of_them(fake: FakeTelegram, deliver: Deliver) -> None:
    assert "or 30 days" in told(fake, deliver, "/privacy", user=MEMBER)
    told_then = told(fake, deliver, "/privacy", user=MEMBER, keep_questions_days=0)
    assert told_then.startswith("I do not keep the texts")
    assert "/forgetme" in told_then


def test_what_is_kept_of_somebody_is_deleted_at_their_word(
    fake: FakeTelegram, deliver: Deliver, journal: Journal, people: People
) -> None:
    people.choose_language(str(MEMBER), "sv")
    text = told(fake, deliver, "/forgetme", user=MEMBER)
    assert text == "Jag har raderat det jag hade sparat om dig: 1 fråga, och allt som hör till."
    assert [one.user for one in journal.recent(9)] == [str(BO)]
    assert people.language_of(str(MEMBER)) is None


def test_also_who_is_shut_out_may_have_it_deleted_but_not_flood(
    fake: FakeTelegram, deliver: Deliver, journal: Journal
) -> None:
    deliver(*(fake.update("/forgetme", user=BO) for _ in range(5)))
    assert fake.texts(BO) == [
        "I have deleted what I stored about you: 1 question, and all related data."
    ]
