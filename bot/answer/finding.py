"""Finds the quotes that may answer a question, of the right time and event."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.answer.asked_question import AskedQuestion
from bot.answer.citations import cite
from bot.answer.comparing.folding import Folded, fold_duplicates
from bot.answer.confidence import confidence_of, is_far_worse, missing_from
from bot.answer.events import days_at, is_within, of_no_other_name, of_this_name
from bot.answer.fitting import fitting_absence, fitting_roles, fitting_side, fitting_time
from bot.answer.list_answer import (
    ListAnswer,
    answer_by_lists,
    days_listed,
    lists_of_no_time,
)
from bot.question.asked_list import AskedList
from bot.types import Citation
from corpus.types import Document
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Hit

_LOOKED_AT: Final = 20
"""How many hits citations are chosen from."""
_NAMED_BY_READER: Final = 0.85
"""From this confidence on, the answer names a person that only the reader identified."""
_MOST_OTHERS: Final = 6
"""How many meetings at other times are named if there is none at the time asked about."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question."""

    folded: Sequence[Folded]
    citations: tuple[Citation, ...]
    confidence: float
    seen: Sequence[Hit] = ()
    """Everything found, including what cannot be the answer."""
    listed: ListAnswer | None = None
    perhaps: ListAnswer | None = None
    """Lists in a document without a date, which may be of the time asked about."""
    others: tuple[date, ...] = ()
    """Dates of other meetings, if there is none at the time asked about."""

    @property
    def hits(self) -> list[Hit]:
        """The hits in citation order."""
        return [one.hit for one in self.folded]


def find(asked: AskedQuestion, index: PassageIndex) -> Found:
    """Search, leaving out what was shown before; hits of the time asked about come first."""
    every = index.search(asked.query, _LOOKED_AT + len(asked.leave_out))
    documents: dict[str, Document] = {}

    def opened(path: str) -> Document:
        return documents.setdefault(path, index.document(path))

    hits = [hit for hit in every if not _was_shown(asked, hit)]
    sided = fitting_side(asked, hits)
    hits = fitting_time(asked, sided, opened)
    are_of_time = bool(hits)
    named = of_this_name(hits, asked.occasion, surely=True)
    hits = [*named, *(hit for hit in hits if hit not in named)]
    listed = _listed(asked, hits, sided, every, opened)
    perhaps = None
    if asked.wanted and asked.wanted.roles and asked.query.periods and not listed:
        perhaps = lists_of_no_time(asked.wanted, hits, opened)
    others: Collection[date] = ()
    if asked.wanted and not (listed or perhaps):
        hits, others = _told_besides(asked, asked.wanted, hits, sided, opened)
    hits = _in_order(asked, hits, listed, opened)
    times = asked.reading.dates_named
    folded = fold_duplicates(hits, asked.text, times, in_order=asked.occasion.first)
    citations = tuple(cite(folded, opened))
    confidence = confidence_of(asked.reading, hits[0] if hits else None)
    is_sure = confidence >= _NAMED_BY_READER
    if listed and listed.is_as_read and not (is_sure and _is_undisputed(listed.hit, folded)):
        listed = None
    if not are_of_time:
        others = _days_of(of_this_name(sided, asked.occasion), opened)
    latest = () if hits else tuple(sorted(others, reverse=True)[:_MOST_OTHERS])
    return Found(folded, citations, confidence, every, listed, perhaps, latest)


def _listed(
    asked: AskedQuestion,
    hits: Sequence[Hit],
    sided: Sequence[Hit],
    every: Sequence[Hit],
    opened: Callable[[str], Document],
) -> ListAnswer | None:
    """Return the lists that answer, except those that an earlier answer has shown.

    A list of people cannot answer how many came to something that is not a meeting and has no date.
    """
    is_dated = asked.occasion.is_event or asked.query.periods
    if not asked.wanted or (asked.wanted.is_count and not is_dated):
        return None
    listed = answer_by_lists(
        asked.text, asked.wanted, asked.reading, asked.occasion, hits, sided, opened
    )
    if listed and (_asks_of_nobody(asked, every) or _was_listed(asked, listed)):
        return None
    return listed


def _told_besides(
    asked: AskedQuestion,
    wanted: AskedList,
    hits: Sequence[Hit],
    sided: Sequence[Hit],
    opened: Callable[[str], Document],
) -> tuple[list[Hit], frozenset[date]]:
    """Return the hits that may answer a question about a role outside lists, and the lists' dates.

    If a time is asked about and only lists of other times exist, a hit must name the role itself.
    """
    others: frozenset[date] = frozenset()
    if wanted.roles and asked.query.periods:
        own = of_no_other_name(hits, sided, asked.occasion)
        days = days_listed(wanted, [*of_this_name(sided, asked.occasion), *own], opened)
        if not any(is_within((day, day), asked.query.periods) for day in days):
            others = days
            hits = own
    kept = fitting_absence(wanted.roles, hits)
    return (fitting_roles(wanted.roles, kept) if others else kept), others


def _was_shown(asked: AskedQuestion, hit: Hit) -> bool:
    """Whether an earlier answer to the question has shown a hit's passage or quote."""
    path, passage, (start, end) = hit.source.path, hit.passage, hit.quote
    return any(
        one.document == path
        and (one.start == passage.start or (one.quote_start < end and start < one.quote_end))
        for one in asked.leave_out
    )


def _asks_of_nobody(asked: AskedQuestion, every: Sequence[Hit]) -> bool:
    """Whether the question asks if somebody came whom no document mentions."""
    if not (asked.wanted and asked.wanted.is_check) or asked.query.periods:
        return False
    return bool(set(asked.reading.insists[:1]).intersection(missing_from(asked.reading, every)))


def _is_undisputed(hit: Hit, folded: Sequence[Folded]) -> bool:
    """Whether no other version of a hit's quote is cited, so that it can be stated alone."""
    return not any(one.hit is hit and one.differs_in for one in folded)


def _was_listed(asked: AskedQuestion, listed: ListAnswer) -> bool:
    """Whether an earlier answer to the question has shown one of the lists."""
    return any(
        shown.document == listed.document.path
        and shown.quote_start < one.quote[1]
        and one.quote[0] < shown.quote_end
        for shown in asked.leave_out
        for one in listed.lists
    )


def _in_order(
    asked: AskedQuestion,
    hits: Sequence[Hit],
    listed: ListAnswer | None,
    opened: Callable[[str], Document],
) -> list[Hit]:
    """Return the hits, those of the right event first."""
    if listed:
        return sorted(hits, key=lambda hit: hit.source.path != listed.hit.source.path)
    if not (asked.occasion.latest or asked.occasion.first) or not hits:
        return list(hits)
    dated = [
        (days, place, hit)
        for place, hit in enumerate(hits)
        if not is_far_worse(hit.score, hits[0].score)
        and (days := days_at(opened(hit.source.path), hit.quote[0]))
    ]
    dated.sort(key=lambda one: one[0], reverse=asked.occasion.latest)
    first = [hit for _, _, hit in dated]
    return [*first, *(hit for hit in hits if hit not in first)]


def _days_of(hits: Sequence[Hit], opened: Callable[[str], Document]) -> frozenset[date]:
    """Return the dates of the events in the hits."""
    found = (days_at(opened(hit.source.path), hit.quote[0]) for hit in hits)
    return frozenset(days[0] for days in found if days and days[0] == days[1])
