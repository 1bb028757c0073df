"""The entry point for questions: searches the current index and builds the answer."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Final

from bot.answer.asked_question import read_asked
from bot.answer.assembling import assemble
from bot.answer.confidence import SURE
from bot.answer.finding import find
from bot.question.follow_up import FollowUp, read_follow_up
from bot.question.reading import clean_question
from bot.question.small_talk import read_small_talk
from bot.texts import texts_for
from bot.types import Answer, Excerpt, Reading
from corpus.errors import UserError
from embeddings.engines.storage import Store
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Embedder, Reader

_AROUND: Final = 600
"""Characters shown before and after a quote in an excerpt."""
_BEGINS: Final = re.compile(r"\n+|(?<=[.!?])\s+")


class Answerer:
    """Answers questions from a store, and switches to each new generation by itself."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        today: Callable[[], date] = date.today,
        confidence_needed: float = SURE,
        reader: Reader | None = None,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._reader = reader
        self._today = today
        self._needed = confidence_needed
        self._generation: str | None = None
        self._index: PassageIndex | None = None
        # The SQLite connection and the index's caches are not thread-safe.
        self._one_at_a_time = threading.Lock()

    def answer(
        self,
        question: str,
        *,
        after: Answer | None = None,
        within: str | None = None,
        year: int | None = None,
        today: date | None = None,
    ) -> Answer:
        """Return the answer to a question, or a reply to small talk.

        `after` is the conversation's last answer (small talk aside), for follow-ups. `within`
        limits the search to one document, given by its path. `year` is the year of a month or day
        named without one. `today` is the day it is asked, by default the current one. UserError if
        the text is not a question or there is no usable index.
        """
        started = time.monotonic()
        typed = clean_question(question)
        if small_talk := read_small_talk(typed, after.reading.language if after else None):
            return _reply(typed, *small_talk)
        today = today or self._today()
        follow_up = (after and read_follow_up(typed, after, today)) or FollowUp(typed)
        asked = read_asked(typed, follow_up, within, year, today)
        with self._index_in_use() as index:
            found = find(asked, index)
            answer = assemble(typed, asked, found, index, self._needed)
        return replace(
            answer, seconds=time.monotonic() - started, generation=self._generation or ""
        )

    def excerpt(self, document: str, start: int, end: int) -> Excerpt | None:
        """Return a span of a document with the text around it; None if it no longer exists."""
        text = self.text_of(document)
        if text is None or not 0 <= start < end <= len(text):
            return None
        return Excerpt(_tail(text[:start]), text[start:end], _head(text[end:]))

    def text_of(self, document: str) -> str | None:
        """Return a document's stored text; None if the document is not in the index."""
        try:
            with self._index_in_use() as index:
                return index.catalog.text_of(document)
        except LookupError:
            return None

    def close(self) -> None:
        """Close the index; the next question reopens it."""
        with self._one_at_a_time:
            if self._index is not None:
                self._index.close()
            self._index = None

    @contextmanager
    def _index_in_use(self) -> Iterator[PassageIndex]:
        """Yield the index of the current generation, to one thread at a time.

        UserError if it is damaged, even if that shows only afterwards: the result is then
        discarded.
        """
        with self._one_at_a_time:
            index = self._current_index()
            try:
                yield index
            except (UserError, LookupError):
                index.check.wait()
                raise
            # Libraries raise anything over a damaged file; tantivy even panics.
            except BaseException:
                index.check.repeat()
                raise
            index.check.wait()

    def _current_index(self) -> PassageIndex:
        if self._index is None or self._store.current_name() != self._generation:
            name, opened = self._store.open_current(
                lambda folder: (
                    folder.name,
                    PassageIndex.open(folder, self._embedder, self._reader),
                )
            )
            if self._index is not None:
                self._index.close()
            self._index, self._generation = opened, name
        return self._index


def _reply(said: str, language: str, purpose: str) -> Answer:
    text = texts_for(language).small_talk[purpose]
    return Answer(said, Reading(language, "small_talk", ()), text, (), (), 0.0, 0.0)


def _tail(text: str) -> str:
    """Return the end of the text before a quote, starting at a line or sentence if possible."""
    if len(text) <= _AROUND:
        return text
    cut = text[-_AROUND:]
    begin = _BEGINS.search(cut)
    return cut[begin.end() :] if begin else cut


def _head(text: str) -> str:
    """Return the start of the text after a quote, up to the end of a line or sentence."""
    if len(text) <= _AROUND:
        return text
    ends = [match.start() for match in _BEGINS.finditer(text, 0, _AROUND)]
    return text[: ends[-1] if ends else _AROUND]
