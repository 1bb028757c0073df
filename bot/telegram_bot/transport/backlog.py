"""What was asked while the bot was down: of several questions in a chat the last is answered."""

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
"""Updates that Telegram gives at a time."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is to be dealt with, and what is not any more."""

    kept: tuple[Update, ...]
    dropped: tuple[Update, ...]
    passed_over: dict[int, int]
    """For each chat the number of its questions that were dropped."""


async def fetch_waiting(
    bot: Bot, intake: Intake, kinds: Sequence[str], fetched: list[Update]
) -> None:
    """Add the updates that Telegram has waiting to those fetched, each of them on the disk now."""
    offset = None
    while batch := await bot.get_updates(offset, limit=_AT_ONCE, timeout=0, allowed_updates=kinds):
        fetched += [update for update in batch if await intake.keep(update)]
        offset = batch[-1].update_id + 1


def last_of_each_chat(
    updates: Sequence[Update], down: tuple[float, float], answers: Callable[[Message], bool]
) -> Backlog:
    """Keep, of the questions asked while the bot was down, the last one in each chat.

    `down` is when that was, in seconds since 1970, and `answers` says of a message whether the bot
    would answer it. All that is no question is kept.
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
    """Say under a question that it is the only one answered of several."""
    try:
        await message.reply_text(text)
    except TelegramError as error:
        _log.info("That questions were passed over could not be told: %s", error)
