"""What the Telegram bot says, as every language has to say it.

Braces are filled in with `str.format`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerTexts:
    """What stands in and under an answer."""

    copies: str
    """Tells how many documents say nearly the same."""


@dataclass(frozen=True, slots=True)
class MenuTexts:
    """What Telegram shows of the bot: its commands, and what it is."""

    ask: str
    help: str
    status: str
    reembed: str


@dataclass(frozen=True, slots=True)
class TelegramTexts:
    """The bot's phrases in one language."""

    answer: AnswerTexts
    menu: MenuTexts
    greeting: str
    samples: str
    """Is added to the greeting until documents of one's own are named."""
    help: str
    help_for_admins: str
    stranger: str
    closed_group: str
    admins_alone: str
    unknown_command: str
    text_alone: str
    no_question: str
    too_long: str
    cannot_answer: str
    failed: str
    reembed_started: str
    reembed_running: str
    reembed_done: str
    reembed_unchanged: str
    reembed_failed: str
    skipped: str
    and_more: str
    status: str
    stages: dict[str, str]
    """What each stage of a re-embed is called."""
