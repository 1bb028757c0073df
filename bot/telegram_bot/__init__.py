"""The Telegram bot: the only package that uses asyncio and python-telegram-bot."""
