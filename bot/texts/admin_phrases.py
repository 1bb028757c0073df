"""Texts of the Telegram bot for admins, and about stored data.

Braces are filled in with `str.format`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AdminTexts:
    """Texts for admins."""

    in_private: str
    """The refusal in groups of reports that show other people's questions."""
    error: str
    """Reports an internal error with its id in the log."""
    running: str
    """The part of /status about the process."""
    stats: str
    stats_day: str
    stats_days: str
    """Heading over the figures of the last days."""
    no_question_yet: str
    unanswered: str
    downvoted: str
    none_unanswered: str
    exported: str
    boilerplate: str
    no_boilerplate: str
    people: str
    in_settings: str
    revoked: str
    not_let_in: str


@dataclass(frozen=True, slots=True)
class PrivacyTexts:
    """What is stored about a user, and that it has been deleted."""

    kept: str
    not_kept: str
    always: str
    """Follows either of the two."""
    forgotten: str
