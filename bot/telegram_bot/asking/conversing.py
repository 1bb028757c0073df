"""Interprets a message in its conversation."""

from dataclasses import replace

from telegram import Message

from bot.service.conversations import Conversations
from bot.service.exchanges import Exchange, Place, Question
from bot.telegram_bot.asking.addressing import question_of, with_context


def place_of(message: Message, user: int) -> Place:
    """Return the place where a user wrote a message or pressed a button."""
    topic = message.message_thread_id if message.is_topic_message else None
    return Place(str(message.chat_id), str(topic or ""), str(user))


def read_message(message: Message, conversations: Conversations) -> Question:
    """Return what a message asks.

    It follows up the message it replies to, otherwise its writer's last question. An edit keeps the
    context of the original and replaces its answer.
    """
    asked = _read(message, conversations)
    before = conversations.of_message(str(message.chat_id), str(message.id))
    if before and before.asked == str(message.id):
        return again(before, conversations, text=asked.text)
    return asked


def read_alone(message: Message) -> Question:
    """Return what a message asks without a conversation, including the text it replies to."""
    user = message.from_user
    text = with_context(question_of(message), message)
    return Question(text, place_of(message, user.id if user else 0), str(message.id))


def _read(message: Message, conversations: Conversations) -> Question:
    asked = read_alone(message)
    if message.reply_to_message:
        return _reply(asked, message, message.reply_to_message, conversations)
    context = conversations.context(asked.place)
    return replace(asked, after=context.last, document=context.document)


def _reply(
    asked: Question, message: Message, replied: Message, conversations: Conversations
) -> Question:
    before = conversations.of_message(str(message.chat_id), str(replied.id))
    # A reply with text follows up; one without asks the same question again.
    if before and (own := question_of(message)):
        return replace(asked, text=own, after=before, document=before.document)
    return replace(asked, document=conversations.offered(str(message.chat_id), str(replied.id)))


def again(before: Exchange, conversations: Conversations, *, text: str | None = None) -> Question:
    """Return the question of an exchange to be answered again, reworded if `text` is given."""
    return Question(
        text=before.question if text is None else text,
        place=before.place,
        asked=before.asked,
        after=conversations.find(before.after) if before.after else None,
        document=before.document,
        replaces=before,
    )
