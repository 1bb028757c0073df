"""What citera says around quotes, in each language it speaks."""

from bot.texts.choosing import LANGUAGES, texts_for
from bot.texts.phrases import TelegramTexts, Texts

__all__ = ["LANGUAGES", "TelegramTexts", "Texts", "texts_for"]
