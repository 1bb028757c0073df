"""A Bot API server of our own on this machine, as strict as Telegram where a bot goes wrong.

It is our reading of the interface (https://core.telegram.org/bots/api): it shows how a bot behaves,
not that Telegram agrees. Where Telegram forgives in silence, such as by leaving out the hundred
and first entity, this server refuses, so that a test tells of it.
"""

from bot_api.faults import Dropped, Held, Refused
from bot_api.server import FakeTelegram
from bot_api.state import BOT, TOKEN, Sent

__all__ = ["BOT", "TOKEN", "Dropped", "FakeTelegram", "Held", "Refused", "Sent"]
