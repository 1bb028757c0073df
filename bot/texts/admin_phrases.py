"""What the Telegram bot says to admins, and to those who ask what it keeps of them.

Braces are filled in with `str.format`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AdminTexts:
    """What admins are told when they ask."""

    in_private: str
    """Is said in groups where a report would tell all of what others asked."""
    error: str
    """Tells of an error of the bot's own, by the id under which it is logged."""
    running: str
    """Is the part of /status that tells of the process."""
    stats: str
    stats_day: str
    stats_days: str
    """Heads the figures of the last so many days."""
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
    """What is kept of somebody, and that it is no more."""

    kept: str
    not_kept: str
    always: str
    """Goes with either of the two."""
    forgotten: str
