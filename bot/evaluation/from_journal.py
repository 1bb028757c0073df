"""A question file from what people asked, with what was cited as a guess for someone to check."""

from typing import Any, Final

from bot.evaluation.matching import fold
from bot.service.journal import Asked, Journal

_MOST: Final = 1000
"""Questions of each sort that are looked at, the latest."""


def questions_to_check(journal: Journal) -> list[dict[str, Any]]:
    """Return rows of a question file, each marked as unchecked.

    First come questions that got no answer, then those whose answer was disliked, then the others;
    one asked in the same words several times comes once, as it was asked last.
    """
    rows: dict[str, dict[str, Any]] = {}
    for why, asked in (
        ("nothing was found", journal.unanswered(_MOST)),
        ("the answer was disliked", journal.downvoted(_MOST)),
        ("answered", journal.recent(_MOST)),
    ):
        for one in asked:
            if one.question and fold(one.question):
                rows.setdefault(fold(one.question), _row(one, one.question, why))
    return list(rows.values())


def _row(asked: Asked, question: str, why: str) -> dict[str, Any]:
    shown = list(dict.fromkeys(document for document, _, _ in asked.citations))
    return {
        "question": question,
        "docs": shown if asked.found else [],
        "lang": asked.language,
        "today": asked.asked_at[:10],
        "unchecked": True,
        "why": why,
        **({} if asked.found else {"nearest": shown}),
    }
