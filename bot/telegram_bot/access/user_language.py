"""Chooses the language for a Telegram user."""

from telegram import Message, Update, User

from bot.service.people import People
from bot.texts import Texts, texts_for


def phrases_for(user: User | None, people: People) -> Texts:
    """Return the texts in the language a user has chosen, or has set in Telegram."""
    if user is None:
        return texts_for(None)
    return texts_for(people.language_of(str(user.id)) or user.language_code)


def message_of(update: Update) -> Message:
    """Return the message of an update that has one."""
    message = update.effective_message
    assert message is not None  # Handlers that call this are registered for messages only.
    return message
