"""Updates are on disk before they are handled, in order within a chat, and once."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from bot_api import FakeTelegram
from telegram import Bot, Update

from bot.service.inbox import Inbox
from bot.telegram_bot.transport.intake import ChatQueues, Intake

BOT = Bot("123456789:AAFakeTokenFakeTokenFakeTokenFake0")


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with closing(Inbox.open(tmp_path / "inbox.sqlite")) as inbox:
        yield inbox


class Dealing:
    """Handles updates in different ways, and records which were started and finished."""

    def __init__(self, intake: Intake) -> None:
        self.queues = ChatQueues(intake)
        self.begun: list[int] = []
        self.finished: list[int] = []
        self.go_on = asyncio.Event()

    def deal(self, update: Update) -> asyncio.Task[None]:
        """Start handling an update, as the library does."""
        return asyncio.create_task(self.queues.process_update(update, self._work(update)))

    async def _work(self, update: Update) -> None:
        self.begun.append(update.update_id)
        await self.go_on.wait()
        self.finished.append(update.update_id)


async def settle() -> None:
    """Let all tasks run that can."""
    for _ in range(10):
        await asyncio.sleep(0)


def read(update: dict[str, Any]) -> Update:
    return Update.de_json(update, BOT)


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def test_a_chat_is_dealt_with_in_order_and_holds_up_no_other(
    fake: FakeTelegram, inbox: Inbox
) -> None:
    a1, a2, b1 = (read(fake.update("Who?", user=user)) for user in (1, 1, 2))

    async def work() -> None:
        dealing = Dealing(Intake(inbox))
        tasks = [dealing.deal(update) for update in (a1, a2, b1)]
        await settle()
        assert dealing.begun == [a1.update_id, b1.update_id]
        assert dealing.queues.at_hand == 3
        dealing.go_on.set()
        await asyncio.gather(*tasks)
        assert dealing.finished == [a1.update_id, b1.update_id, a2.update_id]
        assert dealing.queues.at_hand == 0

    run(work())


def test_a_press_on_a_button_waits_for_no_message(fake: FakeTelegram, inbox: Inbox) -> None:
    message = read(fake.update("Who?", user=1))
    press = read(
        {
            "update_id": 99,
            "callback_query": {
                "id": "1",
                "from": {"id": 1, "is_bot": False, "first_name": "Anna"},
                "chat_instance": "1",
                "data": "reembed-cancel",
            },
        }
    )

    async def work() -> None:
        dealing = Dealing(Intake(inbox))
        tasks = [dealing.deal(message), dealing.deal(press)]
        await settle()
        assert dealing.begun == [message.update_id, 99]
        dealing.go_on.set()
        await asyncio.gather(*tasks)

    run(work())


def test_at_the_end_what_runs_finishes_and_what_waits_is_kept_for_the_next_start(
    fake: FakeTelegram, inbox: Inbox
) -> None:
    first, second = (read(fake.update(text, user=1)) for text in ("Who?", "When?"))

    async def work() -> None:
        intake = Intake(inbox)
        dealing = Dealing(intake)
        for update in (first, second):
            await intake.put(update)
        tasks = [dealing.deal(update) for update in (first, second)]
        await settle()
        asyncio.get_running_loop().call_soon(dealing.go_on.set)
        await dealing.queues.stop(60)
        await asyncio.gather(*tasks, return_exceptions=True)
        assert dealing.finished == [first.update_id]
        [left] = await intake.unfinished(BOT)
        assert left.update_id == second.update_id
        assert left.message.text == "When?"

    run(work())


def test_at_the_end_what_takes_too_long_is_kept_for_the_next_start(
    fake: FakeTelegram, inbox: Inbox
) -> None:
    update = read(fake.update("Who?", user=1))

    async def work() -> None:
        intake = Intake(inbox)
        dealing = Dealing(intake)
        await intake.put(update)
        task = dealing.deal(update)
        await settle()
        await dealing.queues.stop(0)
        await asyncio.gather(task, return_exceptions=True)
        assert len(await intake.unfinished(BOT)) == 1

    run(work())


def test_an_update_that_comes_again_is_left_out(fake: FakeTelegram, inbox: Inbox) -> None:
    update = read(fake.update("Who?", user=1))

    async def work() -> None:
        intake = Intake(inbox)
        for _ in range(3):
            await intake.put(update)
        assert intake.qsize() == 1
        await intake.drop(update)
        await intake.put(update)
        assert intake.qsize() == 1

    run(work())


def test_no_more_is_taken_than_there_is_room_for(
    fake: FakeTelegram, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that Telegram, and not this machine's memory, keeps the rest of a flood."""
    monkeypatch.setattr("bot.telegram_bot.transport.intake._MOST_AT_HAND", 2)
    updates = [read(fake.update("Who?", user=user)) for user in range(1, 4)]

    async def work() -> None:
        intake = Intake(inbox)
        taking = [asyncio.create_task(intake.put(update)) for update in updates]
        await asyncio.wait(taking[:2])
        await settle()
        assert intake.qsize() == 2
        assert not taking[2].done()
        intake.make_room(updates[0])
        await taking[2]

    run(work())


def test_what_is_typed_inline_is_not_kept(fake: FakeTelegram, inbox: Inbox) -> None:
    async def work() -> None:
        intake = Intake(inbox)
        await intake.put(read(fake.inline("Who?")))
        assert intake.qsize() == 1
        assert await intake.unfinished(BOT) == []

    run(work())


def test_a_chat_that_telegram_holds_back_stops_no_other(
    fake: FakeTelegram, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few updates of the waiting chat are in memory, the rest on disk, all in order."""
    monkeypatch.setattr("bot.telegram_bot.transport.intake._MOST_AT_HAND", 4)
    monkeypatch.setattr("bot.telegram_bot.transport.intake._MOST_OF_A_CHAT", 2)
    held = [read(fake.update(f"Who {number}?", user=1)) for number in range(6)]
    other = read(fake.update("When?", user=2))

    async def work() -> None:
        intake = Intake(inbox)
        dealing = Dealing(intake)
        for update in (*held, other):
            await asyncio.wait_for(intake.put(update), 5)
        tasks = [dealing.deal(await intake.get()) for _ in range(3)]
        await settle()
        assert dealing.begun == [held[0].update_id, other.update_id]
        assert intake.empty()
        dealing.go_on.set()
        tasks += [dealing.deal(await asyncio.wait_for(intake.get(), 5)) for _ in held[2:]]
        await asyncio.gather(*tasks)
        finished = [number for number in dealing.finished if number != other.update_id]
        assert finished == [update.update_id for update in held]
        assert await intake.unfinished(BOT) == []
        await asyncio.wait_for(intake.put(read(fake.update("And?", user=1))), 5)
        assert intake.qsize() == 1

    run(work())
