"""The names that answer a question, gathered from the documents found and cited one by one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.answer.links import link_to_quote
from bot.answer.merging import merge_names
from bot.answer.naming import NamingUnit, choose_naming
from bot.answer.same_event import is_same_event
from bot.question.asked_names import AskedNames, asked_names
from bot.types import Citation, Coverage, Listed
from corpus.names.finding import find_names
from corpus.types import Passage, Period
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Query, UnitRead

_AS_GOOD: Final = 0.95
"""Share of the best document's score that the first one with names must have."""
_IN_OFFICE: Final = 0.8
"""The same where the name is given with the office that is asked for."""
_MOST_UNITS: Final = 4
"""Sentences and lists that names are cited from at most."""


@dataclass(frozen=True, slots=True)
class Listing:
    """An answer's citations, those with names first, and the names."""

    citations: tuple[Citation, ...]
    names: tuple[Listed, ...] = ()
    coverage: Coverage | None = None
    asked: AskedNames | None = None
    says: tuple[tuple[int, str], ...] = ()
    """Which citation says what, in the question's words, where it asks for two things."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A document read for names."""

    citation: Citation
    text: str
    units: tuple[NamingUnit, ...]
    people: frozenset[str]
    """All whom it names."""


def list_names(
    query: Query,
    cited: Sequence[Citation],
    index: PassageIndex,
    shown: Collection[tuple[str, int]] = (),
) -> Listing:
    """Return the citations of an answer with the names in them, where a question asks for names.

    The documents that answer best are read whole, but for the passages `shown` before, given as
    path and start; the sentences and lists that name someone are cited before the others, so that
    there can be more citations than before.
    """
    asked = asked_names(query.text, query.kind)
    if asked is None or not cited or (asked.one and not asked.people):
        return Listing(tuple(cited))
    every, matching = _read_documents(query, cited, asked, index, shown)
    naming = every[:_MOST_UNITS]
    if not naming:
        return Listing(tuple(cited))
    quotes = _naming_quotes(naming)
    citations = renumbered(_naming_first([*quotes.values()], cited))
    numbers = {place: number for number, place in enumerate(quotes, 1)}
    names = merge_names(
        Listed(
            name.name,
            name.detail if name.detail in unit.unit.text else "",
            numbers[_place(citation)],
        )
        for citation, unit in naming
        for name in unit.names
    )
    documents = len({citation.document for citation, _ in naming})
    complete = documents == matching and len(naming) == len(every)
    return Listing(citations, names, Coverage(documents, matching, complete), asked)


def split_citations(
    citations: Sequence[Citation], further: Sequence[Citation], most: int
) -> tuple[tuple[Citation, ...], tuple[Citation, ...]]:
    """Return up to `most` citations, and the rest with those further on, numbered in order."""
    every = renumbered([*citations, *further])
    shown = min(len(citations), most)
    return every[:shown], every[shown:]


def _read_documents(
    query: Query,
    cited: Sequence[Citation],
    asked: AskedNames,
    index: PassageIndex,
    shown: Collection[tuple[str, int]],
) -> tuple[list[tuple[Citation, NamingUnit]], int]:
    """Return the naming units of the documents that answer, with a citation of each's.

    And how many documents speak of the same.
    """
    # A document is known by the first of its citations.
    best = list({one.document: one for one in reversed(cited)}.values())[::-1]
    units = index.read(query, [one.document for one in best])
    read = []
    for one in best:
        new = [u for u in units[one.document] if (one.document, u.passage.start) not in shown]
        text = index.catalog.text_of(one.document)
        read.append(_read(query, one, asked, text, new))
    enough = _AS_GOOD * cited[0].score
    first = next((one for one in read if one.units and one.citation.score >= enough), None)
    if asked.office and not query.periods:
        # Who holds an office now is told by the newest document that names a holder.
        naming = [one for one in read if one.units and one.units[0].in_role]
        good = [one for one in naming if one.citation.score >= _IN_OFFICE * cited[0].score]
        first = max(good, key=lambda one: one.citation.published or "", default=first)
    if first is None:
        return [], 0
    same = [first]
    if asked.people and not asked.one:
        same += [one for one in read if one is not first and _same_event(first, one, query.periods)]
    return [(_citing(one, unit, cited), unit) for one in same for unit in one.units], len(same)


def _read(
    query: Query, citation: Citation, asked: AskedNames, text: str, units: Sequence[UnitRead]
) -> _Read:
    names = find_names(text)
    naming = choose_naming(units, names, asked, query.text)
    if not naming and units and (title := _title_unit(text, units)):
        naming = choose_naming([title], names, asked, query.text)
    people = frozenset(name.name for name in names if name.is_person)
    return _Read(citation, text, tuple(naming), people)


def _title_unit(text: str, units: Sequence[UnitRead]) -> UnitRead | None:
    """Return the title as a unit, for what it alone says; None where it stands nowhere."""
    source = units[0].source
    start = text.find(source.title)
    if not source.title or start < 0:
        return None
    span = (start, start + len(source.title))
    passage = Passage(source.path, *span, source.title, heading="", location="", units=(span,))
    return UnitRead(source, passage, span, support=0.0)


def _same_event(first: _Read, other: _Read, periods: Sequence[Period]) -> bool:
    published = first.citation.published, other.citation.published
    return is_same_event(first.people & other.people, *published, periods)


def _citing(read: _Read, naming: NamingUnit, cited: Iterable[Citation]) -> Citation:
    """Return a citation of a unit of the document; keep a quote that it is part of."""
    passage, (start, end) = naming.unit.passage, naming.unit.span
    for one in cited:
        if one.document == passage.document and one.quote_start <= start and end <= one.quote_end:
            return one
    citation = read.citation
    return replace(
        citation,
        location=passage.location,
        passage=passage.text,
        start=passage.start,
        end=passage.end,
        quote=naming.unit.text,
        quote_start=start,
        quote_end=end,
        link=link_to_quote(citation.url, read.text, start, end),
    )


def _naming_quotes(
    naming: Iterable[tuple[Citation, NamingUnit]],
) -> dict[tuple[str, int, int], Citation]:
    """Return each quote that names someone once, by its place, the names in it highlighted."""
    quotes: dict[tuple[str, int, int], Citation] = {}
    for citation, unit in naming:
        known = quotes.setdefault(_place(citation), replace(citation, highlights=()))
        spans = {*known.highlights, *(name.span for name in unit.names)}
        quotes[_place(citation)] = replace(known, highlights=tuple(sorted(spans)))
    return quotes


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.document, citation.quote_start, citation.quote_end


def _naming_first(naming: Sequence[Citation], cited: Iterable[Citation]) -> list[Citation]:
    """Return the citations that name someone, then those that say something else."""
    return [*naming, *(one for one in cited if not any(_within(one, new) for new in naming))]


def _within(one: Citation, other: Citation) -> bool:
    return (
        one.document == other.document
        and other.quote_start <= one.quote_start
        and one.quote_end <= other.quote_end
    )


def renumbered(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return citations numbered from 1 in their order."""
    return tuple(replace(one, number=number) for number, one in enumerate(citations, 1))
