"""Settings, read once from the environment and the `.env` file.

pydantic-settings would slow down every command: docs/how-it-works.md has figures.
"""

import difflib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dotenv.parser import parse_stream

import corpus
from bot import setting_values as values
from corpus.errors import UserError

ENV_FILE: Final = Path(".env")
SAMPLES: Final = Path(corpus.__file__).parent / "samples"
"""Sample documents written for this project, used until DOCUMENTS_DIR is set."""
CONFIDENCE_NEEDED: Final = 0.55
"""Refuses most unanswerable questions and few answerable ones; see the README."""
_LISTEN_FOR_WEBHOOK: Final = ("127.0.0.1", 8443)
_NEAR: Final = 0.8
"""Minimum similarity (difflib ratio) of a mistyped name to the suggested one."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, validated."""

    documents_dir: Path = SAMPLES
    store_dir: Path = Path("store")
    store_url: str | None = field(default=None, repr=False)
    """Database addresses of the index; None for the files in `store_dir`."""
    embedding_model: str | None = None
    """Name or folder of a sentence-transformers model; None for the bundled model."""
    embed_on: str | int | None = None
    """Number of local workers that embed passages, or the address of a Dask scheduler."""
    golden_questions: Path | None = None
    """A file of questions that a new index must answer as well as the old one."""
    ocr: bool = False
    """Whether Tesseract reads scanned pages."""
    reader_model: str | None = None
    """Name or folder of a cross-encoder; "off" for none, None for the bundled reader."""
    confidence_needed: float = CONFIDENCE_NEEDED
    """Confidence, from 0 to 1, from which an answer is given without "may"."""
    telegram_bot_token: str | None = field(default=None, repr=False)
    admin_user_ids: frozenset[int] = frozenset()
    allowed_chat_ids: frozenset[int] = frozenset()
    """Chats that are answered, in addition to those an admin has let in."""
    telegram_api_url: str | None = None
    """Address of a Bot API server; None for Telegram's."""
    open_to_all: bool = False
    """Whether the bot answers everybody."""
    questions_per_minute: int = 10
    """Limit per user; 0 for none."""
    keep_questions_days: int = 30
    """Days for which question texts are kept; 0 to store none."""
    webhook_url: str | None = None
    """Address to which Telegram sends updates; None for polling."""
    listen: tuple[str, int] | None = None
    """Host and port of the health page and the webhook."""

    @property
    def answers_from_samples(self) -> bool:
        """Whether the documents are the samples."""
        return self.documents_dir == SAMPLES

    def require_token(self) -> str:
        """Return the bot's token; UserError if none is set."""
        if self.telegram_bot_token is None:
            raise UserError(
                "TELEGRAM_BOT_TOKEN is not set. Get a token from @BotFather in Telegram and put "
                "it in .env as TELEGRAM_BOT_TOKEN=123456:ABC..."
            )
        return self.telegram_bot_token


_READ: Final[dict[str, tuple[str, Callable[[str, str], Any]]]] = {
    "TELEGRAM_BOT_TOKEN": ("telegram_bot_token", values.read_token),
    "ADMIN_USER_IDS": ("admin_user_ids", values.read_users),
    "ALLOWED_CHAT_IDS": ("allowed_chat_ids", values.read_chats),
    "DOCUMENTS_DIR": ("documents_dir", values.read_folder),
    "STORE_DIR": ("store_dir", values.read_folder),
    "STORE_URL": ("store_url", values.read_database),
    "EMBEDDING_MODEL": ("embedding_model", values.read_text),
    "EMBED_ON": ("embed_on", values.read_workers),
    "GOLDEN_QUESTIONS": ("golden_questions", values.read_file),
    "OCR": ("ocr", values.read_yes_or_no),
    "READER_MODEL": ("reader_model", values.read_text),
    "CONFIDENCE_NEEDED": ("confidence_needed", values.read_share),
    "TELEGRAM_API_URL": ("telegram_api_url", values.read_api_url),
    "ACCESS": ("open_to_all", values.read_openness),
    "QUESTIONS_PER_MINUTE": ("questions_per_minute", values.read_number),
    "KEEP_QUESTIONS_DAYS": ("keep_questions_days", values.read_number),
    "WEBHOOK_URL": ("webhook_url", values.read_webhook),
    "LISTEN": ("listen", values.read_place),
}
"""The setting and the parser of each variable."""
VARIABLES: Final = tuple(_READ)


class WrongSettings(UserError):
    """Invalid settings: `sentences` lists the errors, `right` has the valid settings."""

    def __init__(self, sentences: list[str], right: Settings) -> None:
        self.sentences = tuple(sentences)
        self.right = right
        others = len(sentences) - 1
        more = f" ({others} more: citera check)" if others else ""
        super().__init__(f"{sentences[0]}{more}")


def load_settings(
    environment: Mapping[str, str] | None = None, env_file: Path = ENV_FILE
) -> Settings:
    """Return the settings; a variable in the environment overrides the `.env` file.

    An empty value counts as not set. WrongSettings lists each wrong value, each unknown name in
    the file, and each line of it that sets nothing.
    """
    wrong: list[str] = []
    given = _read_env_file(env_file, wrong)
    given.update(os.environ if environment is None else environment)
    read = {}
    for name, (setting, reads) in _READ.items():
        if value := given.get(name, "").strip():
            try:
                read[setting] = reads(name, value)
            except UserError as error:
                wrong.append(str(error))
    if "webhook_url" in read:
        read.setdefault("listen", _LISTEN_FOR_WEBHOOK)
    settings = Settings(**read)
    if wrong:
        raise WrongSettings(wrong, settings)
    return settings


def sources() -> dict[str, str]:
    """Return where each variable is set: "environment" or ".env"."""
    in_file = _read_env_file(ENV_FILE, [])
    return {
        name: source
        for name in VARIABLES
        for source, given in ((str(ENV_FILE), in_file), ("environment", os.environ))
        if given.get(name, "").strip()
    }


def keep_numpy_to_one_thread() -> None:
    """Set the number of threads of numpy's matrix library to 1, unless it is set; before it loads.

    A question takes many small products, for which its threads wait for each other by spinning:
    that took twice the processor's time on a quiet machine and three times on a busy one.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def misspelt(environment: Mapping[str, str] | None = None) -> list[str]:
    """Return a sentence for each environment variable that may be a mistyped setting.

    These are not errors, since other programs use the environment too.
    """
    names = os.environ if environment is None else environment
    near = ((name, _nearest(name)) for name in sorted(set(names) - set(VARIABLES)))
    return [f"{name} is not a setting. Did you mean: {known}" for name, known in near if known]


def colours_wanted() -> bool:
    """Return whether to style terminal output; see no-color.org."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _read_env_file(path: Path, wrong: list[str]) -> dict[str, str]:
    """Return the variables set in a file; append its errors to `wrong`."""
    try:
        lines = list(_lines_of(path))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read ({error}). Save it as a text file in UTF-8."
        raise UserError(message) from error
    read = {}
    for number, name, value in lines:
        if name is None or value is None:
            # Don't show the line: it may contain a token.
            wrong.append(f"{path}, line {number} is not of the form NAME=value.")
        elif name in _READ:
            read[name] = value
        else:
            wrong.append(f"{path}, line {number}: {_unknown(name)}")
    return read


def _lines_of(path: Path) -> Iterator[tuple[int, str | None, str | None]]:
    """Yield number, name and value of each line but comments; None for what is missing."""
    with path.open(encoding="utf-8-sig") as file:  # Some editors write a byte order mark.
        for one in parse_stream(file):
            if one.error or one.key is not None:
                yield one.original.line, None if one.error else one.key, one.value


def _unknown(name: str) -> str:
    nearest = _nearest(name)
    told = f"Did you mean: {nearest}" if nearest else f"Settings: {', '.join(VARIABLES)}"
    return f"there is no setting {name}. {told}"


def _nearest(name: str) -> str | None:
    return next(iter(difflib.get_close_matches(name.upper(), VARIABLES, 1, _NEAR)), None)
