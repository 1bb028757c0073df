"""Chooses the lists, and the event, that answer a question about the entries of a list."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.answer.chosen_entries import called_so, entries_asked_for, of_kind
from bot.answer.confidence import AS_LIKELY
from bot.answer.events import (
    Occasion,
    days_at,
    is_within,
    of_no_other_name,
    of_this_name,
    stretches_within,
)
from bot.answer.lists import (
    FoundList,
    is_partial,
    list_at,
    lists_of_difference,
    lists_of_roles,
)
from bot.question.asked_list import AskedList
from bot.types import Reading
from corpus.dates.occasions import days_in_file_name
from corpus.structure.entries import LONGEST_ENTRY
from corpus.types import Document, ItemList
from embeddings.types import Hit

_DOCUMENTS: Final = 8
"""How many documents are searched for lists."""
_SURELY: Final = 0.8
"""Minimum probability of the reader's answer words for them to be stated in the answer."""
_NEARLY: Final = 0.15
"""Within this score of the best, another document that disagrees may be right."""
OpenDocument = Callable[[str], Document]


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """The lists that answer, all from one document and event."""

    hit: Hit
    """The best hit of the document."""
    document: Document
    lists: tuple[FoundList, ...]
    is_as_read: bool = False
    """Whether only the reader, and no label of a list, identified the entry."""

    @property
    def is_partial(self) -> bool:
        """Whether one of the lists says of itself that it does not name all."""
        return any(is_partial(self.document, one) for one in self.lists)


def answer_by_lists(
    question: str,
    asked: AskedList,
    reading: Reading,
    occasion: Occasion,
    hits: Sequence[Hit],
    of_any_time: Sequence[Hit],
    open_document: OpenDocument,
) -> ListAnswer | None:
    """Return the lists whose entries a question asks for; None if there are none.

    A list matches by the role that the question names, or by being the best quote. `hits` are those
    of the time asked about.
    """
    if asked.roles:
        named = of_this_name(of_no_other_name(hits, of_any_time, occasion), occasion)
        # Minutes may not name their meeting, so a day in the question decides alone.
        is_day = any(one.start == one.end and not one.recurring for one in reading.periods)
        likely = _likely(named or (hits if is_day else ()))
        found = [
            one
            for hit in likely
            if (one := _by_role(question, hit, asked, reading, hits, open_document))
        ]
        if found or asked.is_plural or not asked.is_single:
            return _of_occasion(_dated_alike(found, reading), reading, occasion)
    first = hits[0] if hits else None
    if first is None or reading.kind not in ("who", "list"):
        return None
    document = open_document(first.source.path)
    if asked.is_plural:
        return _whole_list(question, first, document)
    return None if _is_disputed(first, hits) else _one_entry(first, document)


def lists_of_no_time(
    asked: AskedList, hits: Sequence[Hit], open_document: OpenDocument
) -> ListAnswer | None:
    """Return the lists of the roles asked for in the best document without a date.

    They may be of the time asked about, but nothing proves it: they can be quoted, but their
    entries are not stated as the answer.
    """
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.source.path, hit)
    for hit in list(best.values())[:_DOCUMENTS]:
        document = open_document(hit.source.path)
        if document.published or any(section.time for section in document.sections):
            continue
        found = list(lists_of_roles(document, asked, [(0, len(document.text))]))
        if found:
            return ListAnswer(hit, document, tuple(_without_overlap(found)))
    return None


def days_listed(
    asked: AskedList, hits: Sequence[Hit], open_document: OpenDocument
) -> frozenset[date]:
    """Return the dates of events for which the documents have lists of the roles asked for."""
    documents = [open_document(path) for path in dict.fromkeys(one.source.path for one in hits)]
    found = (
        days_at(document, one.quote[0])
        for document in documents[:_DOCUMENTS]
        for one in lists_of_roles(document, asked, [(0, len(document.text))])
    )
    return frozenset(days[0] for days in found if days and days[0] == days[1])


def _whole_list(question: str, hit: Hit, document: Document) -> ListAnswer | None:
    """Return the best quote if it is a list, with the entries that the question asks for."""
    quoted = list_at(document, hit.quote)
    if quoted is None:
        return None
    quoted = _narrowest(document, quoted, hit)
    entries = [(item.start, item.end) for item in quoted.items]
    chosen = entries_asked_for(question, document, entries)
    whole = FoundList(document.path, (quoted.start, quoted.end), chosen)
    return ListAnswer(hit, document, (whole,)) if chosen else None


def _narrowest(document: Document, quoted: ItemList, hit: Hit) -> ItemList:
    """Return the sublist in which the reader sees the answer, or else the whole list."""
    if hit.answer is None:
        return quoted
    start, end = hit.answer
    holding = [
        one
        for one in document.lists
        if len(one.items) > 1 and quoted.start <= one.start <= start < end <= one.end <= quoted.end
    ]
    return min(holding, key=lambda one: one.end - one.start, default=quoted)


def _one_entry(hit: Hit, document: Document) -> ListAnswer | None:
    """Return the answer the reader is sure of: a list entry, or words of a sentence."""
    if hit.answer is None or hit.strength < _SURELY:
        return None
    start, end = hit.answer
    quoted = list_at(document, hit.quote)
    entries = [(item.start, item.end) for item in quoted.items] if quoted else []
    holding = [
        span for span in entries if span[0] <= start and end <= span[1] <= span[0] + LONGEST_ENTRY
    ]
    entry = holding[0] if holding else (start, end)
    found = FoundList(document.path, hit.quote, (entry,))
    return ListAnswer(hit, document, (found,), is_as_read=True)


def _is_disputed(first: Hit, hits: Iterable[Hit]) -> bool:
    """Whether another document gives a different answer with similar certainty."""
    told = _answer(first)
    return any(
        other.source.path != first.source.path
        and other.strength >= _SURELY
        and other.score >= first.score - _NEARLY
        and not (told in _answer(other) or _answer(other) in told)
        for other in hits
    )


def _answer(hit: Hit) -> str:
    """Return the reader's answer words."""
    if hit.answer is None:
        return ""
    start, end = hit.answer
    begin = hit.passage.start
    return " ".join(hit.passage.text[start - begin : end - begin].casefold().split())


def _likely(hits: Sequence[Hit]) -> list[Hit]:
    """Return the best hit of each document that may be the right one."""
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.source.path, hit)
    chosen = list(best.values())[:_DOCUMENTS]
    least = AS_LIKELY * max((hit.evidence.document for hit in chosen), default=0.0)
    return [hit for hit in chosen if hit.evidence.document >= least]


def _by_role(
    question: str,
    hit: Hit,
    asked: AskedList,
    reading: Reading,
    hits: Iterable[Hit],
    open_document: OpenDocument,
) -> ListAnswer | None:
    document = open_document(hit.source.path)
    within = stretches_within(document, reading.periods)
    found = list(lists_of_roles(document, asked, within))
    found = found or list(lists_of_difference(document, asked, within))
    found = of_kind(question, document, found, within)
    if asked.is_single:
        found = called_so(question, document, found)
    if not found:
        return None
    times = {_time_of(document, one) for one in found}
    if len(times) > 1:
        # If one document has several meetings: the one that was found, or else the latest.
        quoted = (days_at(document, one.quote[0]) for one in hits if one.source == hit.source)
        chosen = next((days for days in quoted if days in times), None)
        chosen = chosen or max(days for days in times if days)
        found = [one for one in found if _time_of(document, one) == chosen]
    lists = tuple(
        replace(one, entries=entries_asked_for(question, document, one.entries))
        for one in _without_overlap(found)
    )
    return ListAnswer(hit, document, lists) if any(one.entries for one in lists) else None


def _dated_alike(found: Sequence[ListAnswer], reading: Reading) -> Sequence[ListAnswer]:
    """Return the answers from files with the time asked about in their names, if there are any.

    Minutes written over a copy of earlier ones may still have the old date in their heading.
    """
    named = [
        one
        for one in found
        if (days := days_in_file_name(one.document.path)) and is_within(days, reading.periods)
    ]
    return named or found


def _time_of(document: Document, one: FoundList) -> tuple[date, date] | None:
    return days_at(document, one.quote[0])


def _without_overlap(found: Sequence[FoundList]) -> list[FoundList]:
    """Return the lists without those inside another one."""
    kept: list[FoundList] = []
    for one in sorted(found, key=lambda one: (one.quote[0], -one.quote[1])):
        if not kept or one.quote[0] >= kept[-1].quote[1]:
            kept.append(one)
    return kept


def _of_occasion(
    found: Sequence[ListAnswer], reading: Reading, occasion: Occasion
) -> ListAnswer | None:
    """Return the answer from the right event: the latest one if only a month is named."""
    recurring = any(period.recurring for period in reading.periods)
    if not found or not (occasion.latest or occasion.first or recurring):
        return found[0] if found else None
    dated = [(days, one) for one in found if (days := _time_of(one.document, one.lists[0]))]
    if not dated:
        return found[0]
    chosen = min if occasion.first else max
    return chosen(dated, key=lambda each: each[0])[1]
