"""Questions asked while the bot was down: only the last one of each chat is answered."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from telegram import Bot, Message, Update
from telegram.error import TelegramError

from bot.telegram_bot.asking.addressing import ToThisBot, commands_to_ask, text_of
from bot.telegram_bot.transport.intake import Intake

_AT_ONCE: Final = 100
"""How many updates Telegram returns at a time."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Backlog:
    """Waiting updates, without the skipped ones."""

    kept: tuple[Update, ...]
    dropped: tuple[Update, ...]
    passed_over: dict[int, int]
    """The number of skipped questions of each chat."""


async def fetch_waiting(
    bot: Bot, intake: Intake, kinds: Sequence[str], fetched: list[Update]
) -> None:
    """Add the updates waiting at Telegram to `fetched`, after storing them on disk."""
    offset = None
    while batch := await bot.get_updates(offset, limit=_AT_ONCE, timeout=0, allowed_updates=kinds):
        fetched += [update for update in batch if await intake.keep(update)]
        offset = batch[-1].update_id + 1


def last_of_each_chat(
    updates: Sequence[Update], down: tuple[float, float], answers: Callable[[Message], bool]
) -> Backlog:
    """Keep only the last question that each chat asked while the bot was down.

    `down` is when it went down, in seconds since 1970; `answers` returns whether the bot would
    answer a message. Everything that is not a question is kept.
    """
    kept: list[Update] = []
    dropped: list[Update] = []
    answered: set[int] = set()
    passed_over: Counter[int] = Counter()
    for update in reversed(updates):
        message = update.message or update.edited_message
        if message is None or not _asked_then(message, down) or not answers(message):
            kept.append(update)
        elif message.chat_id in answered:
            dropped.append(update)
            passed_over[message.chat_id] += 1
        else:
            answered.add(message.chat_id)
            kept.append(update)
    return Backlog(tuple(reversed(kept)), tuple(reversed(dropped)), dict(passed_over))


def _asked_then(message: Message, down: tuple[float, float]) -> bool:
    begin, end = down
    return begin < (message.edit_date or message.date).timestamp() < end


def is_question(message: Message) -> bool:
    """Return whether a message asks the bot something."""
    text = text_of(message)
    if text.startswith("/"):
        return commands_to_ask(message)
    return bool(text) and (message.chat.type == message.chat.PRIVATE or ToThisBot().filter(message))


async def tell_passed_over(message: Message, text: str) -> None:
    """Say, as a reply to a question, that earlier ones were skipped."""
    try:
        await message.reply_text(text)
    except TelegramError as error:
        _log.info("That questions were passed over could not be told: %s", error)
