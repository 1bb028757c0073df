"""Telegram's HTML and refusals, under the names they had before `bot_api`."""

from bot_api import Refused, markup

__all__ = ["Refused", "read_html"]


def read_html(html: str) -> str:
    """Return what a reader sees of Telegram's HTML; Refused where it is not well formed."""
    return markup.read_html(html)[0]
