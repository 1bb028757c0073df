"""Citera's own texts, in each language."""

from bot.texts.choosing import LANGUAGES, texts_for
from bot.texts.filling import fill
from bot.texts.phrases import Texts
from bot.texts.telegram_phrases import AnswerTexts, TelegramTexts

__all__ = ["LANGUAGES", "AnswerTexts", "TelegramTexts", "Texts", "fill", "texts_for"]
