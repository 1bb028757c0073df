"""Which messages are meant for the bot, and what they ask."""

import re

from telegram import Message, MessageEntity
from telegram.ext import filters


class ToThisBot(filters.MessageFilter):
    """Messages that mention the bot or reply to it."""

    def filter(self, message: Message) -> bool:
        """Return whether a message does."""
        return replies_to_bot(message) or _mentions_bot(message)


def replies_to_bot(message: Message) -> bool:
    """Return whether a message replies to one of the bot's."""
    replied = message.reply_to_message
    sender = replied.from_user if replied else None
    return sender is not None and sender.id == message.get_bot().id


def _mentions_bot(message: Message) -> bool:
    named = f"@{message.get_bot().username}".casefold()
    mentions = (
        *message.parse_entities([MessageEntity.MENTION]).values(),
        *message.parse_caption_entities([MessageEntity.MENTION]).values(),
    )
    return named in (mention.casefold() for mention in mentions)


def question_of(message: Message) -> str:
    """Return what a message asks: its text without command and mention of the bot.

    Where that leaves nothing, the text of the message it replies to.
    """
    text = re.sub(r"^/\w+(@\w+)?", "", text_of(message))
    mention = rf"@{re.escape(message.get_bot().username)}\b"
    text = re.sub(mention, "", text, flags=re.IGNORECASE).strip()
    replied = message.reply_to_message
    return text or (text_of(replied) if replied else "")


def text_of(message: Message) -> str:
    """Return a message's text, or what is written under its picture or file."""
    return message.text or message.caption or ""
