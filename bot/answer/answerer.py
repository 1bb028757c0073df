"""From a question to an answer made of verified quotes."""

import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.answer.answer_text import compose_text
from bot.answer.citations import cite, fold_duplicates
from bot.answer.confidence import confidence_of, missing_from
from bot.answer.name_answers import Listing, list_names, split_citations
from bot.answer.second_part import with_second
from bot.answer.settle_year import settle_year
from bot.question.follow_up import FollowUp, read_follow_up
from bot.question.reading import clean_question, in_year, read_question
from bot.question.small_talk import read_small_talk
from bot.settings import CONFIDENCE_NEEDED
from bot.texts import texts_for
from bot.types import Answer, Citation, Excerpt, Reading
from corpus.languages.detection import detect_language
from corpus.types import Passage
from embeddings.index.storage import Store
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Embedder, Query

MOST_CITATIONS: Final = 5
_LOOKED_AT: Final = 20
"""Hits that citations are chosen from."""
_NEAREST: Final = 2
"""Passages shown where none supports an answer."""
_LEAST_SHARE: Final = 0.5
"""Share of the best hit's score below which a passage only distracts from the answer."""


_AROUND: Final = 600
"""Characters shown before and after a quote in an excerpt."""
_BEGINS: Final = re.compile(r"\n+|(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class _Search:
    """What a search brought."""

    citations: Sequence[Citation]
    confidence: float
    missing: tuple[str, ...]


class Answerer:
    """Answers questions from the current generation of a store, moving on to each new one."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        today: Callable[[], date] = date.today,
        confidence_needed: float = CONFIDENCE_NEEDED,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._today = today
        self._needed = confidence_needed
        self._generation: str | None = None
        self._index: PassageIndex | None = None
        # SQLite's connection and the index's caches serve one thread at a time.
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
        """Return the answer to a question, or to what is said in politeness.

        `after` is the last answer of the conversation that was none to small talk, which the
        question may lean on. `within` is the path of the one document to ask, `year` the year that
        is meant by a month or day named without one, and `today` the day it is asked on, if not
        this one. UserError where it is no question, or where there is no index that can be
        searched.
        """
        started = time.monotonic()
        asked = clean_question(question)
        if small_talk := read_small_talk(asked, after.reading.language if after else None):
            return _reply(asked, *small_talk)
        today = today or self._today()
        follow_up = (after and read_follow_up(asked, after, today)) or FollowUp(asked)
        query, reading = _read(asked, follow_up.question, within, year, today)
        search = self._search(query, reading, follow_up.leave_out, year)
        settled = settle_year(reading, search.citations, year)
        reading, cited = settled.reading, settled.citations
        supporting = _count_supporting(cited, follow_up.leave_out)
        shown = supporting or _NEAREST
        best, others = cited[:shown], (*cited[shown:], *settled.set_aside)
        # A year is chosen where there was an answer, and others of it were offered.
        found = (search.confidence >= self._needed or year is not None) and supporting > 0
        listing = self._list_names(query, best, follow_up.leave_out) if found else Listing(())
        citations, further = split_citations(listing.citations, others, MOST_CITATIONS)
        listing = replace(listing, citations=citations)
        missing = () if found else search.missing
        text = compose_text(reading, listing, missing, again=bool(follow_up.leave_out))
        return Answer(
            question=asked,
            reading=reading,
            text=f"{text}\n{settled.note}" if found and settled.note else text,
            citations=citations,
            nearest=() if found else best[:_NEAREST],
            confidence=search.confidence,
            missing=missing,
            seconds=time.monotonic() - started,
            further=further,
            names=listing.names,
            coverage=listing.coverage,
            generation=self._generation or "",
            other_years=settled.other_years if found else (),
            shown_before=follow_up.leave_out,
        )

    def _search(
        self, query: Query, reading: Reading, leave_out: Sequence[Citation], year: int | None
    ) -> _Search:
        """Search, without what is left out, and what is of the chosen year first."""
        known = set(map(_place, leave_out))
        with self._one_at_a_time:
            index = self._current_index()
            hits = index.search(query, _LOOKED_AT + len(known))
            new = [
                (hit, also_in)
                for hit, also_in in fold_duplicates(hits, dated=bool(query.periods))
                if _place(hit.passage) not in known
            ]
            if year is not None:
                new.sort(key=lambda one: one[0].year != year)
            citations = cite(new, index.catalog)
        best = [hit for hit, _ in new]
        return _Search(citations, confidence_of(reading, best), missing_from(reading, best))

    def _list_names(
        self, query: Query, cited: Sequence[Citation], leave_out: Sequence[Citation]
    ) -> Listing:
        """Return the citations with the names in them, where those are asked for.

        Of a question of two parts, what answers the second one is among them, unless earlier
        answers have shown what there is.
        """
        with self._one_at_a_time:
            try:
                index = self._current_index()
                listing = list_names(query, cited, index, set(map(_place, leave_out)))
                return listing if leave_out else with_second(query, listing, index)
            except LookupError:
                # A new generation without the document has come since it was found.
                return Listing(tuple(cited))

    def excerpt(self, document: str, start: int, end: int) -> Excerpt | None:
        """Return a stretch of a document with the text around it; None where it is gone."""
        text = self.text_of(document)
        if text is None or not 0 <= start < end <= len(text):
            return None
        return Excerpt(_tail(text[:start]), text[start:end], _head(text[end:]))

    def text_of(self, document: str) -> str | None:
        """Return a document's text as stored; None where it is gone."""
        with self._one_at_a_time:
            try:
                return self._current_index().catalog.text_of(document)
            except LookupError:
                return None

    def close(self) -> None:
        """Let go of the index; the next question opens it again."""
        with self._one_at_a_time:
            if self._index is not None:
                self._index.close()
            self._index = None

    def _current_index(self) -> PassageIndex:
        name = self._store.current_name()
        if self._index is None or name != self._generation:
            opened = PassageIndex.open(self._store.current(), self._embedder)
            if self._index is not None:
                self._index.close()
            self._index, self._generation = opened, name
        return self._index


def _reply(said: str, language: str, purpose: str) -> Answer:
    """Return the answer to small talk: a fitting line, and nothing looked for."""
    text = texts_for(language).small_talk[purpose]
    return Answer(said, Reading(language, "small_talk", ()), text, (), (), 0.0, 0.0)


def _read(
    asked: str, in_full: str, within: str | None, year: int | None, today: date
) -> tuple[Query, Reading]:
    """Return a question as it is searched for, told `in_full`, and as it was understood."""
    reading = read_question(in_full, today)
    if year is not None:
        reading = in_year(reading, year)
    query = Query(in_full, reading.language, reading.kind, reading.periods, within)
    if in_full != asked:
        # The answer is in the language that was asked in now.
        language = detect_language(asked, reading.language)
        reading = replace(reading, language=language, read_as=in_full)
    return query, reading


def _count_supporting(cited: Sequence[Citation], shown_before: Sequence[Citation]) -> int:
    """Return how many of the first citations stand up to the best, and do not just distract."""
    # What was shown before has the same question's scores, and was better.
    best_score = max((one.score for one in (*shown_before, *cited)), default=0.0)
    return sum(one.score >= _LEAST_SHARE * best_score for one in cited[:MOST_CITATIONS])


def _place(passage: Passage | Citation) -> tuple[str, int]:
    return passage.document, passage.start


def _tail(text: str) -> str:
    """Return the end of what stands before a quote, from a line or sentence on where it can."""
    if len(text) <= _AROUND:
        return text
    cut = text[-_AROUND:]
    begin = _BEGINS.search(cut)
    return cut[begin.end() :] if begin else cut


def _head(text: str) -> str:
    """Return the beginning of what stands after a quote, up to the end of a line or sentence."""
    if len(text) <= _AROUND:
        return text
    ends = [match.start() for match in _BEGINS.finditer(text, 0, _AROUND)]
    return text[: ends[-1] if ends else _AROUND]
