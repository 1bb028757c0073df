"""What the owner has set: read once, from the environment and otherwise a `.env` file."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from dotenv import dotenv_values

import corpus
from corpus.errors import UserError

SAMPLES: Final = Path(corpus.__file__).parent / "samples"
"""Documents written for this project, answered from until DOCUMENTS_DIR is set."""
VARIABLES: Final = (
    "TELEGRAM_BOT_TOKEN",
    "ADMIN_USER_IDS",
    "ALLOWED_CHAT_IDS",
    "DOCUMENTS_DIR",
    "STORE_DIR",
    "EMBEDDING_MODEL",
    "GOLDEN_QUESTIONS",
    "READER_MODEL",
    "CONFIDENCE_NEEDED",
    "TELEGRAM_API_URL",
    "ACCESS",
    "QUESTIONS_PER_MINUTE",
    "KEEP_QUESTIONS_DAYS",
    "WEBHOOK_URL",
    "LISTEN",
)
CONFIDENCE_NEEDED: Final = 0.35
"""Refuses most questions that the documents don't answer, and few that they do; see the README."""
_TOKEN: Final = re.compile(r"\d+:[\w-]{30,}", re.ASCII)
# Telegram's ids have up to 52 significant bits.
_ID: Final = re.compile(r"-?\d{1,16}", re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,6}", re.ASCII)
_SHARE: Final = re.compile(r"\d(?:\.\d{1,6})?", re.ASCII)
_WEBHOOK: Final = "https://bot.example.org/telegram"
_LISTEN_FOR_WEBHOOK: Final = ("127.0.0.1", 8443)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, each of them valid."""

    documents_dir: Path = SAMPLES
    store_dir: Path = Path("store")
    embedding_model: str | None = None
    """None for the bundled model, else the name or folder of a sentence-transformers model."""
    golden_questions: Path | None = None
    """A file of questions that a new index must answer as well as the one before."""
    reader_model: str | None = None
    """Name or folder of the model that reads passages; "off" for none, None for the bundled one."""
    confidence_needed: float = CONFIDENCE_NEEDED
    """Confidence from 0 to 1 below which a question counts as not answered."""
    telegram_bot_token: str | None = field(default=None, repr=False)
    admin_user_ids: frozenset[int] = frozenset()
    allowed_chat_ids: frozenset[int] = frozenset()
    """Chats that are answered, beside those an admin has let in."""
    telegram_api_url: str | None = None
    """Address of a Bot API server of one's own; None for Telegram's."""
    open_to_all: bool = False
    """Whether everybody is answered, known or not."""
    questions_per_minute: int = 10
    """Questions of one user that are answered in a minute; 0 for no limit."""
    keep_questions_days: int = 30
    """Days for which the texts of questions are kept; 0 for not at all."""
    webhook_url: str | None = None
    """Where Telegram is to send updates; None for asking Telegram for them."""
    listen: tuple[str, int] | None = None
    """Host and port on which the bot tells its health, and takes updates sent to the webhook."""

    @property
    def answers_from_samples(self) -> bool:
        """Whether no documents of one's own have been named."""
        return self.documents_dir == SAMPLES

    def require_token(self) -> str:
        """Return the bot's token; UserError where none is set."""
        if self.telegram_bot_token is None:
            raise UserError(
                "TELEGRAM_BOT_TOKEN is not set. Get a token from @BotFather in Telegram and put "
                "it in .env as TELEGRAM_BOT_TOKEN=123456:ABC..."
            )
        return self.telegram_bot_token


def load_settings(
    environment: Mapping[str, str] | None = None, env_file: Path = Path(".env")
) -> Settings:
    """Return the settings of the environment, which goes before those of the `.env` file.

    An empty value counts as not set. UserError naming the variable whose value is wrong.
    """
    values = _read_env_file(env_file)
    values.update(os.environ if environment is None else environment)
    given = {name: value for name in VARIABLES if (value := values.get(name, "").strip())}
    return Settings(
        documents_dir=_path(given, "DOCUMENTS_DIR", SAMPLES),
        store_dir=_path(given, "STORE_DIR", Path("store")),
        embedding_model=given.get("EMBEDDING_MODEL"),
        golden_questions=_file(given, "GOLDEN_QUESTIONS"),
        reader_model=given.get("READER_MODEL"),
        confidence_needed=_share(given, "CONFIDENCE_NEEDED", CONFIDENCE_NEEDED),
        telegram_bot_token=_token(given),
        admin_user_ids=_ids(given, "ADMIN_USER_IDS", groups=False),
        allowed_chat_ids=_ids(given, "ALLOWED_CHAT_IDS", groups=True),
        telegram_api_url=_url(given, "TELEGRAM_API_URL", "http://127.0.0.1:8081"),
        open_to_all=_choice(given, "ACCESS", ("closed", "open")) == "open",
        questions_per_minute=_number(given, "QUESTIONS_PER_MINUTE", 10),
        keep_questions_days=_number(given, "KEEP_QUESTIONS_DAYS", 30),
        webhook_url=_webhook(given),
        listen=_listen(given),
    )


def colours_wanted() -> bool:
    """Return whether a terminal may be sent colours and links: see no-color.org."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _read_env_file(path: Path) -> dict[str, str]:
    try:
        values = dotenv_values(path, interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read ({error}). Save it as a text file in UTF-8."
        raise UserError(message) from error
    return {name: value for name, value in values.items() if value is not None}


def _path(given: Mapping[str, str], name: str, default: Path) -> Path:
    if name not in given:
        return default
    path = Path(given[name]).expanduser()
    if path.exists() and not path.is_dir():
        raise UserError(f"{name} must name a folder, but {path} is a file.")
    return path


def _file(given: Mapping[str, str], name: str) -> Path | None:
    if name not in given:
        return None
    path = Path(given[name]).expanduser()
    if path.is_dir():
        raise UserError(f"{name} must name a file, but {path} is a folder.")
    return path


def _token(given: Mapping[str, str]) -> str | None:
    token = given.get("TELEGRAM_BOT_TOKEN")
    if token is not None and not _TOKEN.fullmatch(token):
        # The value itself is never shown: it may be a token with one wrong character.
        raise UserError(
            "TELEGRAM_BOT_TOKEN does not look like a bot token; copy it whole from @BotFather: "
            "digits, a colon and about 35 letters."
        )
    return token


def _ids(given: Mapping[str, str], name: str, *, groups: bool) -> frozenset[int]:
    words = re.split(r"[\s,;]+", given.get(name, "").strip(",; "))
    words = [word for word in words if word]
    for word in words:
        if not _ID.fullmatch(word) or (word.startswith("-") and not groups):
            example = "123456789, -1001234567890" if groups else "123456789, 987654321"
            raise UserError(
                f"{name} must be Telegram ids with commas between them, such as {example}; "
                f"{word!r} is not one."
            )
    return frozenset(int(word) for word in words)


def _choice(given: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = given.get(name, choices[0]).lower()
    if value not in choices:
        raise UserError(f"{name} must be {' or '.join(choices)}; it is {given[name]!r}.")
    return value


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    value = given.get(name, str(default))
    if not _NUMBER.fullmatch(value):
        raise UserError(f"{name} must be a whole number, 0 or more; it is {value!r}.")
    return int(value)


def _share(given: Mapping[str, str], name: str, default: float) -> float:
    value = given.get(name, str(default))
    if not _SHARE.fullmatch(value) or float(value) > 1:
        raise UserError(f"{name} must be a number from 0 to 1, such as 0.25; it is {value!r}.")
    return float(value)


def _webhook(given: Mapping[str, str]) -> str | None:
    url = _url(given, "WEBHOOK_URL", _WEBHOOK)
    if url and not (url.startswith("https://") and urlsplit(url).path.strip("/")):
        raise UserError(f"WEBHOOK_URL must begin with https:// and have a path, as {_WEBHOOK} has.")
    return url


def _listen(given: Mapping[str, str]) -> tuple[str, int] | None:
    value = given.get("LISTEN")
    if value is None:
        return _LISTEN_FOR_WEBHOOK if "WEBHOOK_URL" in given else None
    host, _, port = value.rpartition(":")
    if not (host and _NUMBER.fullmatch(port) and 0 < int(port) < 65536):
        raise UserError(
            f"LISTEN must be a host and a port such as 127.0.0.1:8443; it is {value!r}."
        )
    return host.strip("[]"), int(port)


def _url(given: Mapping[str, str], name: str, example: str) -> str | None:
    url = given.get(name)
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        valid = False
    if not valid:
        raise UserError(f"{name} must be an address such as {example}; it is {url!r}.")
    return url.rstrip("/")
