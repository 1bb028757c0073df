"""Chooses the language of the texts."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from bot.texts import languages
from bot.texts.phrases import Texts

LANGUAGES: Final[dict[str, Texts]] = {
    module.name: import_module(f"{languages.__name__}.{module.name}").TEXTS
    for module in iter_modules(languages.__path__)
}
"""The texts of each language that has a file."""
_OTHERWISE: Final = LANGUAGES["en"]


def texts_for(language: str | None) -> Texts:
    """Return the texts of a language such as "sv" or "sv-SE"; English ones for others."""
    return LANGUAGES.get((language or "").lower().partition("-")[0], _OTHERWISE)
