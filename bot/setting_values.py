"""Parsers of setting values; each raises a UserError that names the variable if it is wrong."""

import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from corpus.errors import UserError

_TOKEN: Final = re.compile(r"\d+:[\w-]{30,}", re.ASCII)
# Telegram's ids have up to 52 significant bits.
_ID: Final = re.compile(r"-?\d{1,16}", re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,6}", re.ASCII)
_LONGEST_SHOWN: Final = 30
_SHARE: Final = re.compile(r"\d(?:\.\d{1,6})?", re.ASCII)
_DATABASE: Final = re.compile(
    r"postgres(?:ql)?://[^/\s]+/[^/\s]+|(?:milvus|https?)://[^/\s]+(?:/[^/\s]*)?"
    r"|milvus:///[^?\s]+\.db(?:\?[^\s]*)?"
)
_WORKERS: Final = re.compile(r"[1-9]\d?", re.ASCII)
_SCHEDULER: Final = re.compile(r"(?:tcp|tls)://[^/\s:]+:\d{1,5}")
_WEBHOOK: Final = "https://bot.example.org/telegram"
_API: Final = "http://127.0.0.1:8081"


def read_text(_name: str, value: str) -> str:
    """Return a text unchanged."""
    return value


def read_folder(name: str, value: str) -> Path:
    """Return the path of a folder, which need not exist yet."""
    path = _path(name, value)
    if path.exists() and not path.is_dir():
        raise UserError(f"{name} must name a folder, but {path} is a file.")
    return path


def read_database(name: str, value: str) -> str:
    """Return one or more database addresses, separated by spaces.

    They may contain a password, so error messages never show them.
    """
    # urlsplit rejects addresses with several hosts and ports.
    if not value.split() or not all(map(_DATABASE.fullmatch, value.split())):
        raise UserError(
            f"{name} must be an address such as postgresql://citera@db.example.org:5432/citera or "
            "milvus://milvus.example.org:19530/citera."
        )
    return value


def read_workers(name: str, value: str) -> str | int:
    """Return the number of local workers, or the address of a Dask scheduler."""
    if _WORKERS.fullmatch(value):
        return int(value)
    if not _SCHEDULER.fullmatch(value):
        raise UserError(
            f"{name} must be a number of workers from 1 to 99, or the address of a Dask scheduler "
            f"such as tcp://10.0.0.5:8786; it is {value!r}."
        )
    return value


def read_file(name: str, value: str) -> Path:
    """Return the path of a file, which need not exist yet."""
    path = _path(name, value)
    if path.is_dir():
        raise UserError(f"{name} must name a file, but {path} is a folder.")
    return path


def _path(name: str, value: str) -> Path:
    """Return a path that the system can look up; "~nobody" and very long names it cannot."""
    try:
        path = Path(value).expanduser()
        path.is_dir()
    except (OSError, RuntimeError, ValueError) as error:
        raise UserError(f"{name} is not a path that can be opened ({error}).") from error
    return path


def read_yes_or_no(name: str, value: str) -> bool:
    """Return True for "yes", False for "no"."""
    if value.lower() not in {"yes", "no"}:
        raise UserError(f"{name} must be yes or no; it is {value!r}.")
    return value.lower() == "yes"


def read_token(name: str, value: str) -> str:
    """Return a bot's token."""
    if not _TOKEN.fullmatch(value):
        # Don't show the value: it may be a token with one wrong character.
        raise UserError(
            f"{name} does not look like a bot token. Copy all of it from @BotFather: digits, a "
            "colon and about 35 letters."
        )
    return value


def read_users(name: str, value: str) -> frozenset[int]:
    """Return the Telegram ids of users."""
    return _ids(name, value, "123456789, 987654321", groups=False)


def read_chats(name: str, value: str) -> frozenset[int]:
    """Return the Telegram ids of users and groups; a group's id is negative."""
    return _ids(name, value, "123456789, -1001234567890", groups=True)


def _ids(name: str, value: str, example: str, *, groups: bool) -> frozenset[int]:
    words = list(filter(None, re.split(r"[\s,;]+", value)))
    for word in words:
        if not _ID.fullmatch(word) or (word.startswith("-") and not groups):
            raise UserError(
                f"{name} must be Telegram ids separated by commas, such as {example}; "
                f"{word!r} is not one."
            )
    return frozenset(int(word) for word in words)


def read_openness(name: str, value: str) -> bool:
    """Return True for "open", False for "closed"."""
    if value.lower() not in {"closed", "open"}:
        raise UserError(f"{name} must be closed or open; it is {value!r}.")
    return value.lower() == "open"


def read_number(name: str, value: str) -> int:
    """Return a whole number of up to six digits."""
    if not _NUMBER.fullmatch(value):
        shown = value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"
        raise UserError(f"{name} must be a whole number from 0 to 999999; it is {shown!r}.")
    return int(value)


def read_share(name: str, value: str) -> float:
    """Return a number from 0 to 1."""
    if not _SHARE.fullmatch(value) or float(value) > 1:
        raise UserError(f"{name} must be a number from 0 to 1, such as 0.25; it is {value!r}.")
    return float(value)


def read_webhook(name: str, value: str) -> str:
    """Return the webhook address."""
    url = _url(name, value, _WEBHOOK)
    if not (url.startswith("https://") and urlsplit(url).path.strip("/")):
        raise UserError(f"{name} must start with https:// and have a path, as in {_WEBHOOK}.")
    return url


def read_api_url(name: str, value: str) -> str:
    """Return the address of a Bot API server."""
    return _url(name, value, _API)


def read_place(name: str, value: str) -> tuple[str, int]:
    """Return a host and a port."""
    host, _, port = value.rpartition(":")
    if not (host and _NUMBER.fullmatch(port) and 0 < int(port) < 65536):
        raise UserError(
            f"{name} must be a host and a port such as 127.0.0.1:8443; it is {value!r}."
        )
    return host.strip("[]"), int(port)


def _url(name: str, value: str, example: str) -> str:
    try:
        parts = urlsplit(value)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        valid = False
    if not valid:
        raise UserError(f"{name} must be an address such as {example}; it is {value!r}.")
    return value.rstrip("/")
