"""Parses a question: its language, what it asks for, and its dates."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from bot.question.asked_dates import is_given_name, is_topic, opened
from bot.question.insisted import insisted_on
from bot.question.kinds import kind_of
from bot.question.spelling import as_written, mend_months, mend_question_word
from bot.types import Reading
from corpus.dates import periods as dates
from corpus.errors import UserError
from corpus.languages.detection import detect_language
from corpus.types import Period

# Colours and cursor moves, which come with text copied from a terminal.
_TERMINAL_CODES: Final = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")

LONGEST: Final = 2000
"""Maximum length of a question in characters; longer ones are pasted documents."""


def clean_question(text: str) -> str:
    """Return a question on one line, without control characters.

    UserError if it is empty or too long.
    """
    text = _TERMINAL_CODES.sub(" ", text)
    printable = "".join(character if character.isprintable() else " " for character in text)
    question = " ".join(printable.split())
    if not any(character.isalnum() for character in question):
        raise UserError("Ask a question in words, such as: Who attended the January meeting?")
    if len(question) > LONGEST:
        raise UserError(
            f"The question is {len(question):,} characters long; the limit is {LONGEST:,}. "
            "Ask for one thing at a time."
        )
    return question


def read_question(question: str, today: date) -> Reading:
    """Return the parsed question; relative dates such as "last year" count from `today`."""
    mended = mend_months(question)
    periods: list[Period] = []
    topics: list[Period] = []
    for period in dates.find_periods(mended, today):
        if not is_given_name(mended, period):
            kept = topics if is_topic(mended, period, today) else periods
            named = replace(period, said=as_written(period.said, question))
            kept.append(opened(question, named) if kept is periods else named)
    return Reading(
        language=detect_language(question),
        kind=kind_of(question) or kind_of(mend_question_word(question)),
        periods=tuple(periods),
        insists=insisted_on(question, periods),
        topics=tuple(topics),
    )


def in_year(reading: Reading, year: int) -> Reading:
    """Return a reading in which months and days without a year are in `year`."""
    periods = (
        dates.in_year(period, year) if period.recurring else period for period in reading.periods
    )
    return replace(reading, periods=tuple(periods))
