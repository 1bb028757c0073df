"""Runs a bot inside the test process, on given updates, against the server of `bot_api`."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from telegram import Update

from bot.service.conversations import Conversations
from bot.service.inbox import Inbox
from bot.service.journal import Journal
from bot.service.people import People
from bot.service.services import Services
from bot.settings import Settings
from bot.telegram_bot.app import put_together


@contextmanager
def remembering(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the stores of the bot's state, by their names in the services."""
    with (
        closing(Journal.open(folder / "journal.sqlite")) as journal,
        closing(People.open(folder / "people.sqlite")) as people,
        closing(Inbox.open(folder / "inbox.sqlite")) as inbox,
    ):
        conversations = Conversations.in_memory()
        yield {
            "journal": journal,
            "people": people,
            "conversations": conversations,
            "inbox": inbox,
        }


Updating = dict[str, Any] | Callable[[], dict[str, Any]]


def take(settings: Settings, services: Services, *updates: Updating) -> None:
    """Have a bot handle updates, all at once; a callable is called in place of an update."""

    async def run() -> None:
        application = put_together(settings, services).application
        async with application:
            await application.start()
            for update in updates:
                known = await asyncio.to_thread(update) if callable(update) else update
                await application.update_queue.put(Update.de_json(known, application.bot))
            await application.update_queue.join()
            await application.stop()

    asyncio.run(run())
