"""A bot without an index that answers each question with one word, for tests of who may do what."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot_api import TOKEN, FakeTelegram
from bot_inside import take
from telegram_bot import ADMIN, MEMBER

from bot.service.services import Services
from bot.settings import Settings
from bot.types import Answer, Reading
from corpus.errors import UserError
from embeddings.engines.storage import Store
from embeddings.index.manifest import Manifest
from embeddings.types import BuildReport, Progress

SECOND = 8
"""An administrator besides `ADMIN`."""
QUESTION = "Who attended the January meeting?"
Deliver = Callable[..., None]


def answer(question: str, **_: object) -> Answer:
    return Answer(question, Reading("en", None, ()), "Answered.", (), (), 0.0, 0.0)


def rebuild(progress: Progress) -> BuildReport:
    raise AssertionError


def status() -> Manifest:
    raise UserError("There is no index yet.")


def services_with(memory: dict[str, Any]) -> Services:
    return Services(
        answer, rebuild, status, status, Store(Path("no-store")), lambda *_: None, **memory
    )


def delivering(fake: FakeTelegram, memory: dict[str, Any]) -> Deliver:
    """Return a function that has the bot handle updates; keywords change its settings."""
    settings = Settings(
        telegram_bot_token=TOKEN,
        admin_user_ids=frozenset({ADMIN, SECOND}),
        allowed_chat_ids=frozenset({MEMBER}),
        telegram_api_url=fake.url,
    )

    def deliver(*updates: dict[str, Any], **changes: Any) -> None:
        take(replace(settings, **changes), services_with(memory), *updates)

    return deliver
