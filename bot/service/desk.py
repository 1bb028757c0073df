"""Takes questions from users: rate-limits, queues, answers and journals them."""

import logging
import math
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from bot.service.exchanges import Exchange, Place, Question, new_key
from bot.service.journal import Asked, Journal
from bot.service.limits import PerMinute
from bot.service.search_queue import SearchQueue
from bot.settings import Settings
from bot.types import Answer
from corpus.errors import UserError

_log = logging.getLogger(__name__)


class Answers(Protocol):
    """Answers a question, as `Answerer.answer` does."""

    def __call__(
        self,
        question: str,
        *,
        after: Answer | None = None,
        within: str | None = None,
        year: int | None = None,
    ) -> Answer:
        """Return the answer; UserError if there is no usable index."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer and its number in the journal."""

    answer: Answer
    number: int | None
    """None if the journal could not be written; the answer is given anyway."""


class Desk:
    """Takes questions and returns answers; thread-safe."""

    def __init__(self, answers: Answers, journal: Journal, settings: Settings) -> None:
        self.queue = SearchQueue()
        self._answers = answers
        self._journal = journal
        self._keeps_texts = settings.keep_questions_days > 0
        self._limit = PerMinute(settings.questions_per_minute)

    def wait(self, asker: str, asked_at: float) -> int:
        """Return 0 and count the question if the user may ask, otherwise seconds to wait.

        `asked_at` is in seconds since 1970.
        """
        return math.ceil(self._limit.wait(asker, asked_at))

    def submit(self, question: Question) -> Future[Answered]:
        """Return a future of the answer.

        It raises UserError if there is no usable index.
        """
        return self.queue.submit(partial(self._answer, question))

    def note_reply(self, number: int | None, message: str) -> None:
        """Record which message answered a question in the journal, for later feedback."""
        if number is not None:
            try:
                self._journal.note_reply(number, message)
            except UserError as error:
                _log.error("%s", error)

    def _answer(self, question: Question) -> Answered:
        answer = self._answers(
            question.text,
            after=question.after.answer if question.after else None,
            within=question.document.path if question.document else None,
            year=question.year,
        )
        return Answered(answer, self._note(question.place, question.asked, answer))

    def _note(self, place: Place, message: str | None, answer: Answer) -> int | None:
        shown = answer.citations or answer.nearest
        asked = Asked(
            chat=place.chat,
            user=place.user,
            message=message,
            question=answer.question if self._keeps_texts else None,
            language=answer.reading.language,
            kind=answer.reading.kind,
            found=answer.found,
            confidence=answer.confidence,
            seconds=answer.seconds,
            generation=answer.generation,
            citations=tuple((one.document, one.quote_start, one.quote_end) for one in shown),
        )
        try:
            return self._journal.record(asked)
        except UserError as error:
            _log.error("%s", error)
            return None


def exchange_of(question: Question, answered: Answered) -> Exchange:
    """Return an exchange of a question and its answer, with no messages yet."""
    replaced, answer = question.replaces, answered.answer
    return Exchange(
        key=replaced.key if replaced else new_key(),
        place=question.place,
        asked=question.asked,
        told=replaced.told if replaced else (),
        question=question.text,
        answer=answer,
        number=answered.number,
        after=question.after.key if question.after else None,
        document=question.document,
        year=question.year,
        years=replaced.years if replaced and question.year else _years_of(answer),
    )


def _years_of(answer: Answer) -> tuple[int, ...]:
    """Return the years to choose from for a month without one, including the one assumed."""
    taken = {period.end.year for period in answer.reading.periods if period.recurring}
    years = {*answer.other_years, *taken} if answer.other_years else set()
    return tuple(sorted(years, reverse=True))
