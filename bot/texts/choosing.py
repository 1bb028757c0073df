"""Which language people are spoken to in."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from bot.texts import languages
from bot.texts.phrases import Texts

LANGUAGES: Final[dict[str, Texts]] = {
    module.name: import_module(f"{languages.__name__}.{module.name}").TEXTS
    for module in iter_modules(languages.__path__)
}
"""The phrases of each language that there is a file of."""
_OTHERWISE: Final = LANGUAGES["en"]


def texts_for(language: str | None) -> Texts:
    """Return the phrases of a language such as "sv" or "sv-SE", or else English ones."""
    return LANGUAGES.get((language or "").lower().partition("-")[0], _OTHERWISE)
