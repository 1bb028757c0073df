"""From a question to an answer made of verified quotes."""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from bot.question import clean_question, read_question
from bot.texts import texts_for
from bot.types import Answer, Citation, Reading
from corpus.errors import UserError
from embeddings.index import PassageIndex
from embeddings.static import split_words
from embeddings.storage import Store
from embeddings.types import Embedder, Hit, Query

MOST_CITATIONS: Final = 5
_LOOKED_AT: Final = 20
"""Hits that citations are chosen from."""
ENOUGH_COVERAGE: Final = 0.2
"""Share of the question's matter that the best passage must render to support an answer."""
_LEAST_SHARE: Final = 0.5
"""Share of the best hit's score below which a passage only distracts from the answer."""
_NEAR_DUPLICATE: Final = 0.8
"""Share of words in common from which two passages count as one."""


class Answerer:
    """Answers questions from the current generation of a store, moving on to each new one."""

    def __init__(
        self, store: Store, embedder: Embedder, today: Callable[[], date] = date.today
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._today = today
        self._generation: str | None = None
        self._index: PassageIndex | None = None
        # SQLite's connection and the index's caches serve one thread at a time.
        self._one_at_a_time = threading.Lock()

    def answer(self, question: str) -> Answer:
        """Return the answer to a question.

        UserError where it is no question, or where there is no index that can be searched.
        """
        started = time.monotonic()
        asked = clean_question(question)
        reading = read_question(asked, self._today())
        query = Query(asked, reading.language, reading.kind, reading.periods)
        with self._one_at_a_time:
            index = self._current_index()
            hits = index.search(query, _LOOKED_AT)
            citations = _cite(_fold_duplicates(_supporting(hits)), index)
        confidence = hits[0].coverage if hits else 0.0
        return _compose(asked, reading, citations, confidence, time.monotonic() - started)

    def _current_index(self) -> PassageIndex:
        name = self._store.current_name()
        if self._index is None or name != self._generation:
            opened = PassageIndex.open(self._store.current(), self._embedder)
            if self._index is not None:
                self._index.close()
            self._index, self._generation = opened, name
        return self._index


def _supporting(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits that stand up to the best one."""
    return [hit for hit in hits if hit.score >= _LEAST_SHARE * hits[0].score]


def _fold_duplicates(hits: Iterable[Hit]) -> list[tuple[Hit, list[str]]]:
    """Return the hits with, for each, the paths of later ones that say nearly the same."""
    folded: list[tuple[Hit, frozenset[str], list[str]]] = []
    for hit in hits:
        words = frozenset(split_words(hit.passage.text))
        same = next((paths for _, other, paths in folded if _alike(words, other)), None)
        if same is None:
            folded.append((hit, words, []))
        else:
            same.append(hit.source.path)
    return [(hit, paths) for hit, _, paths in folded[:MOST_CITATIONS]]


def _alike(words: frozenset[str], others: frozenset[str]) -> bool:
    return len(words & others) >= _NEAR_DUPLICATE * max(len(words | others), 1)


def _cite(hits: Sequence[tuple[Hit, list[str]]], index: PassageIndex) -> list[Citation]:
    """Return a citation for each hit whose quote stands in the stored document, numbered."""
    citations: list[Citation] = []
    for hit, also_in in hits:
        start, end = hit.quote
        passage = hit.passage
        quote = index.catalog.text_of(passage.document)[start:end]
        if quote != passage.text[start - passage.start : end - passage.start]:
            raise UserError("The index is damaged: a quote has moved. Run: citera reembed")
        citations.append(
            Citation(
                number=len(citations) + 1,
                document=hit.source.path,
                title=hit.source.title,
                published=hit.source.published,
                language=hit.source.language,
                location=passage.location,
                url=hit.source.url,
                passage=passage.text,
                start=passage.start,
                end=passage.end,
                quote=quote,
                quote_start=start,
                quote_end=end,
                score=hit.score,
                also_in=tuple(also_in),
            )
        )
    return citations


def _compose(
    question: str,
    reading: Reading,
    citations: Sequence[Citation],
    confidence: float,
    seconds: float,
) -> Answer:
    texts = texts_for(reading.language)
    found = confidence >= ENOUGH_COVERAGE and bool(citations)
    markers = " ".join(f"[{citation.number}]" for citation in citations)
    return Answer(
        question=question,
        reading=reading,
        text=f"{texts.answer_lead(reading.kind)} {markers}" if found else texts.not_found,
        citations=tuple(citations) if found else (),
        nearest=() if found else tuple(citations),
        confidence=confidence,
        seconds=seconds,
    )
