"""A bot over the samples, for tests of what users see."""

from dataclasses import dataclass
from typing import Any

from bot_api import FakeTelegram, Sent
from bot_inside import take

from bot.service.services import Services
from bot.settings import Settings

ADMIN, MEMBER, STRANGER, GROUP, OTHER_GROUP = 7, 42, 666, -100, -200


@dataclass
class Bot:
    """The bot, with Telegram around it."""

    fake: FakeTelegram
    settings: Settings
    services: Services

    def take(self, *updates: dict[str, Any]) -> Sent | None:
        """Have the bot handle updates; return the last message it sent."""
        take(self.settings, self.services, *updates)
        return self.fake.sent[-1] if self.fake.sent else None

    def ask(self, text: str, **who: Any) -> Sent:
        """Return the bot's answer to a message."""
        sent = self.take(self.fake.update(text, **who))
        assert sent is not None
        return sent

    def press(self, sent: Sent, button: str = "", **how: Any) -> str | None:
        """Press a button; return the notice shown, if any."""
        update = self.fake.pressed(sent, button, **how)
        self.take(update)
        answer = self.fake.answers[update["callback_query"]["id"]]
        return answer.get("text")

    def message(self, sent: Sent) -> dict[str, Any]:
        """Return a message of the bot that can be replied to."""
        return self.fake.messages[sent.chat_id, sent.message_id]
