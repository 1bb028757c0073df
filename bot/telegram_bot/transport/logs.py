"""What the bot logs, and what it never does: its token."""

import logging
import warnings

from telegram.warnings import PTBDeprecationWarning


class _WithoutToken(logging.Formatter):
    """Formats what is logged, tracebacks too, with the token left out."""

    def __init__(self, token: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        # What stands before the colon is the bot's id, which is no secret.
        self._secrets = (token, token.partition(":")[2])

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "<token>")
        return text


def log_without_token(token: str) -> None:
    """Log to stderr from now on, without the token, which stands in each request's address."""
    handler = logging.StreamHandler()
    handler.setFormatter(_WithoutToken(token))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # The library announces a change of type with every wait that Telegram asks for.
    warnings.filterwarnings("ignore", ".*retry_after", PTBDeprecationWarning)
    # A start that fails is told in one sentence by run_telegram, not in a traceback as well.
    logging.getLogger("telegram.ext").addFilter(lambda one: "(Bootstrap" not in one.getMessage())
