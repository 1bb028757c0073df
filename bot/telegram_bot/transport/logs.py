"""Logging without the token."""

import logging
import warnings

from telegram.warnings import PTBDeprecationWarning


class _WithoutToken(logging.Formatter):
    """Formats log records, tracebacks included, without the token."""

    def __init__(self, token: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        # The part before the colon is the bot's id, which is no secret.
        self._secrets = (token, token.partition(":")[2])

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "<token>")
        return text


def log_without_token(token: str) -> None:
    """Log to stderr without the token, which is part of each request's address."""
    handler = logging.StreamHandler()
    handler.setFormatter(_WithoutToken(token))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # The library warns about a future type whenever Telegram asks to wait.
    warnings.filterwarnings("ignore", ".*retry_after", PTBDeprecationWarning)
    # run_telegram reports a failed start in one sentence, so no traceback is needed.
    logging.getLogger("telegram.ext").addFilter(lambda one: "(Bootstrap" not in one.getMessage())
