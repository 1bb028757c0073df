"""Which messages are meant for the bot, and what they ask."""

import re
from typing import Final

from telegram import Message, MessageEntity
from telegram.ext import filters

from bot.telegram_bot.asking.splitting import split_text

_MOST_TAKEN_ALONG: Final = 300
"""Characters of somebody else's message that a question takes along."""
_LONG_FORWARD: Final = 300
"""Characters from which what was forwarded is a text and no question."""


class ToThisBot(filters.MessageFilter):
    """Messages that mention the bot or reply to it."""

    def filter(self, message: Message) -> bool:
        """Return whether a message does."""
        return replies_to_bot(message) or _mentions_bot(message)


class AskedInCaption(filters.MessageFilter):
    """Messages whose picture or file is sent with /ask and a question."""

    def filter(self, message: Message) -> bool:
        """Return whether a message is."""
        return bool(message.caption) and commands_to_ask(message)


def commands_to_ask(message: Message) -> bool:
    """Return whether a message begins with /ask, and says it to no other bot."""
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
    """Return what a message asks itself: its text without command and mention of the bot."""
    text = re.sub(r"^/\w+(@\w+)?", "", text_of(message))
    mention = rf"@{re.escape(message.get_bot().username)}\b"
    return re.sub(mention, "", text, flags=re.IGNORECASE).strip()


def with_context(question: str, message: Message) -> str:
    """Return a question with the text that its message replies to: the marked part, or all.

    Where the message asks nothing itself, that text is the question.
    """
    replied = message.reply_to_message
    if replied is None or replies_to_bot(message):
        return question
    about = message.quote.text if message.quote else text_of(replied)
    if not question:
        return about
    return f"{question} {next(split_text(about.strip(), _MOST_TAKEN_ALONG), '')}".strip()


def is_long_forward(message: Message) -> bool:
    """Return whether a message brings a text from elsewhere that is too long to be a question."""
    return message.forward_origin is not None and len(text_of(message)) >= _LONG_FORWARD


def text_of(message: Message) -> str:
    """Return a message's text, or what is written under its picture or file."""
    return message.text or message.caption or ""
