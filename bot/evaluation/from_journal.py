"""Makes a question file from the journal, with the cited documents as guesses to check."""

from typing import Any, Final

from bot.evaluation.matching import fold
from bot.service.journal import Asked, Journal

_MOST: Final = 1000
"""Only the latest questions of each group are used, up to this many."""


def questions_to_check(journal: Journal) -> list[dict[str, Any]]:
    """Return rows of a question file, each marked as unchecked.

    Questions without an answer come first, then those with disliked answers, then the rest. A
    question asked several times in the same words appears once, as last asked.
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
