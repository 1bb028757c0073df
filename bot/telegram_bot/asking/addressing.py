"""Which messages are meant for the bot, and what they ask."""

import re
from typing import Final

from telegram import Message, MessageEntity
from telegram.ext import filters

from bot.telegram_bot.asking.splitting import split_text

_MOST_TAKEN_ALONG: Final = 300
"""A question includes at most this many characters of a quoted message."""
_LONG_FORWARD: Final = 300
"""From this length on, a forwarded text is not a question."""


class ToThisBot(filters.MessageFilter):
    """Filter for messages that mention the bot or reply to it."""

    def filter(self, message: Message) -> bool:
        """Return whether a message passes."""
        return replies_to_bot(message) or _mentions_bot(message)


class AskedInCaption(filters.MessageFilter):
    """Filter for pictures and files with /ask and a question in the caption."""

    def filter(self, message: Message) -> bool:
        """Return whether a message passes."""
        return bool(message.caption) and commands_to_ask(message)


def commands_to_ask(message: Message) -> bool:
    """Return whether a message starts with /ask, addressed to no other bot."""
    match = re.match(r"/ask(?:@(\w+))?(?!\S)", text_of(message), re.IGNORECASE)
    if match is None:
        return False
    return match[1] is None or match[1].casefold() == message.get_bot().username.casefold()


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
    """Return the text of a message without command and mention of the bot."""
    text = re.sub(r"^/\w+(@\w+)?", "", text_of(message))
    mention = rf"@{re.escape(message.get_bot().username)}\b"
    return re.sub(mention, "", text, flags=re.IGNORECASE).strip()


def with_context(question: str, message: Message) -> str:
    """Return a question with the text it replies to: the quoted part, or all of it.

    If the message itself asks nothing, that text is the question.
    """
    replied = message.reply_to_message
    if replied is None or replies_to_bot(message):
        return question
    about = message.quote.text if message.quote else text_of(replied)
    if not question:
        return about
    return f"{question} {next(split_text(about.strip(), _MOST_TAKEN_ALONG), '')}".strip()


def is_long_forward(message: Message) -> bool:
    """Return whether a message contains a forwarded text too long to be a question."""
    return message.forward_origin is not None and len(text_of(message)) >= _LONG_FORWARD


def text_of(message: Message) -> str:
    """Return a message's text or caption."""
    return message.text or message.caption or ""
