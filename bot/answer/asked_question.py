"""The parsed question, passed to all later steps."""

from dataclasses import dataclass, replace
from datetime import date

from bot.answer.events import Occasion, occasion_of
from bot.question.asked_list import AskedList, asked_list
from bot.question.asked_value import Value, asked_value
from bot.question.follow_up import FollowUp
from bot.question.reading import in_year, read_question
from bot.types import Citation, Reading
from corpus.languages.detection import detect_language
from embeddings.types import Query, Scope


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question, parsed once and passed on as a whole."""

    text: str
    """The complete question, if what was typed is a follow-up."""
    reading: Reading
    query: Query
    wanted: AskedList | None
    occasion: Occasion
    value: Value | None
    """The kind of value it asks for, if known."""
    year: int | None
    leave_out: tuple[Citation, ...]


def read_asked(
    typed: str, follow_up: FollowUp, within: str | None, year: int | None, today: date
) -> AskedQuestion:
    """Return the parsed question."""
    in_full = follow_up.question
    reading = read_question(in_full, today)
    if year is not None:
        reading = in_year(reading, year)
    wanted = asked_list(in_full, reading.kind)
    query = Query(
        in_full,
        reading.language,
        reading.periods,
        Scope(document=within),
        whole_lists=wanted is not None and wanted.is_plural,
    )
    if in_full != typed:
        # The answer is in the language of this message, not of the previous question.
        language = detect_language(typed, reading.language)
        reading = replace(reading, language=language, read_as=in_full)
    return AskedQuestion(
        text=in_full,
        reading=reading,
        query=query,
        wanted=wanted,
        occasion=occasion_of(in_full),
        value=asked_value(in_full, reading.kind),
        year=year,
        leave_out=follow_up.leave_out,
    )
