"""The Telegram bot: the only code that knows asyncio and the telegram library."""
