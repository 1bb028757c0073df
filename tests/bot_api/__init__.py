"""A local Bot API server for tests, as strict as Telegram about a bot's errors.

It is our reading of the interface (https://core.telegram.org/bots/api): it shows how a bot behaves,
not that Telegram agrees. Where Telegram silently corrects an error, such as by dropping the 101st
entity, this server refuses, so that a test notices.
"""

from bot_api.faults import Dropped, Held, Refused
from bot_api.server import FakeTelegram
from bot_api.state import BOT, TOKEN, Sent

__all__ = ["BOT", "TOKEN", "Dropped", "FakeTelegram", "Held", "Refused", "Sent"]
