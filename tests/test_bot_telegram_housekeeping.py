"""Periodic tasks, and the health page."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bot_api import TOKEN, FakeTelegram, Refused

from bot.service.inbox import Inbox
from bot.service.journal import Asked, Journal, utc
from bot.service.services import Services
from bot.settings import Settings
from bot.telegram_bot.app import put_together
from bot.telegram_bot.transport.housekeeping import Housekeeping
from corpus.errors import UserError
from embeddings.engines.storage import Store

ADMIN, MEMBER = 7, 42
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
    citations=(),
)


def unused(*_: Any, **__: Any) -> Any:
    raise AssertionError


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        server.chat(ADMIN)
        yield server


Keep = Callable[[Callable[[Housekeeping], Coroutine[Any, Any, None]]], list[UserError]]


@pytest.fixture
def keep(fake: FakeTelegram, memory: dict[str, Any], tmp_path: Path) -> Keep:
    """Return a function that runs the periodic tasks and returns the errors that ended them."""
    settings = Settings(
        telegram_bot_token=TOKEN, admin_user_ids=frozenset({ADMIN}), telegram_api_url=fake.url
    )

    def keep(work: Callable[[Housekeeping], Coroutine[Any, Any, None]]) -> list[UserError]:
        failures: list[UserError] = []

        async def run() -> None:
            store = Store(tmp_path / "store")
            services = Services(unused, unused, unused, unused, store, unused, **memory)
            parts = put_together(settings, services)
            async with parts.application:
                await work(Housekeeping(parts, settings, failures.append))

        asyncio.run(run())
        return failures

    return keep


def test_questions_are_forgotten_when_their_days_are_over(
    keep: Keep, memory: dict[str, Any]
) -> None:
    journal: Journal = memory["journal"]
    for days in (29, 31):
        asked_at = utc(datetime.now(UTC) - timedelta(days=days))
        journal.record(replace(ASKED, asked_at=asked_at, question=f"{days} days ago"))
    assert keep(Housekeeping.go_a_round) == []
    assert [one.question for one in journal.recent(9)] == ["29 days ago"]


def test_it_is_noted_that_the_bot_is_up(keep: Keep, memory: dict[str, Any]) -> None:
    inbox: Inbox = memory["inbox"]
    assert inbox.last_beat() is None
    keep(Housekeeping.go_a_round)
    assert inbox.last_beat()


def test_the_bot_is_well_until_telegram_cannot_be_reached(
    keep: Keep, fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    seen = []

    async def work(house: Housekeeping) -> None:
        for online in (True, False, False, True):
            fake.switch(online=online)
            await house.go_a_round()
            seen.append(house.health()["status"])

    assert keep(work) == []
    away = "Telegram cannot be reached"
    assert seen == ["ok", away, away, "ok"]
    assert caplog.text.count(away) == 1


def test_a_token_that_was_taken_back_ends_the_bot(keep: Keep, fake: FakeTelegram) -> None:
    async def work(house: Housekeeping) -> None:
        fake.faults.append(("getMe", Refused(401, "Unauthorized")))
        await house.go_a_round()

    [failure] = keep(work)
    assert "no longer accepts the token in TELEGRAM_BOT_TOKEN" in str(failure)


def test_admins_are_told_once_that_the_files_cannot_be_written(
    keep: Keep, fake: FakeTelegram, memory: dict[str, Any]
) -> None:
    """And again after it was fixed and broke again, but not every round."""
    inbox: Inbox = memory["inbox"]

    async def work(house: Housekeeping) -> None:
        for broken in (True, True, False, True):
            name = "alive" if broken else "gone"
            other = "gone" if broken else "alive"
            tables = inbox._file.run("SELECT name FROM sqlite_master WHERE name = ?", name)
            if tables:
                inbox._file.run(f"ALTER TABLE {name} RENAME TO {other}")
            await house.go_a_round()

    keep(work)
    assert len(fake.texts(ADMIN)) == 2
    assert set(fake.texts(ADMIN)) == {
        "I cannot answer right now: The inbox cannot be used (no such table: alive)."
    }
