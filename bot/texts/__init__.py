"""What citera says around quotes, in each language it speaks."""

from bot.texts.choosing import LANGUAGES, texts_for
from bot.texts.phrases import Texts
from bot.texts.telegram_phrases import TelegramTexts

__all__ = ["LANGUAGES", "TelegramTexts", "Texts", "texts_for"]
