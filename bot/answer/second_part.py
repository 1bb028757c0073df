"""What answers the second part of "who got the job, and how long is the posting?"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from bot.answer.citations import cite
from bot.answer.confidence import figure_of, missing_from
from bot.answer.name_answers import Listing, renumbered
from bot.question.insisted import insisted_on
from bot.question.kinds import kind_of
from bot.question.two_parts import TwoParts, split_parts
from bot.types import Citation, Reading
from corpus.dates import periods as dates
from corpus.types import Period
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Hit, Query

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_WAS: Final = re.compile(
    r"(?:when|när) (?:was|were|did|var|hölls|ägde|skedde)(?!\w)", re.IGNORECASE
)
# Other answers are told too loosely for a claim: any capitals for a place, "för att" for a reason.
_SURELY_TOLD: Final = re.compile(r"(?:\w+ )?(?:when|när|how long|hur (?:länge|långt?))")
_HOLDS: Final = 1.0
"""What `held_by` finds in a text with a time, or with a length of time."""
_LOOKED_AT: Final = 12
"""Quotes of the document that one for the second part is chosen from."""
_NEARLY: Final = 3.0
"""How much less than the best quote one may score that holds what is expected."""


def with_second(query: Query, listing: Listing, index: PassageIndex) -> Listing:
    """Return a listing with the quote that answers the second part of a question, where one does.

    It is of the document cited first, and comes right after what answers the first part.
    """
    parts = split_parts(query.text)
    if parts is None or not listing.citations:
        return listing
    until = max((name.citation for name in listing.names), default=1)
    answering, others = listing.citations[:until], listing.citations[until:]
    second = _quote_second(parts, query, answering, index)
    if second is None:
        return listing
    kept = (one for one in others if not _overlap(one, second))
    says = [(until + 1, parts.second_asks)]
    # A single name is told of its citation; of a figure it is not sure which one is meant.
    if listing.names and until == 1:
        says.insert(0, (1, parts.first_asks))
    citations = renumbered([*answering, second, *kept])
    return replace(listing, citations=citations, says=tuple(says))


def _quote_second(
    parts: TwoParts, query: Query, answering: Sequence[Citation], index: PassageIndex
) -> Citation | None:
    """Return the best quote that holds what the second part expects; None if that is said."""
    if not _SURELY_TOLD.fullmatch(parts.second_asks):
        return None
    first, kind = answering[0], kind_of(parts.second)
    asked = replace(query, text=parts.second_in_full, kind=kind, within=first.document)
    hits = index.search(asked, _LOOKED_AT)
    good = (one for one in hits if one.answers >= hits[0].answers - _NEARLY)
    # "When was it?" asks for a day in the time named; "when does it start?" for another.
    periods = _settled(query.periods, first.year) if _WAS.match(parts.second) else None
    holding = ((one, held) for one in good if (held := _held(one, periods)))
    hit, held = next(holding, (None, set()))
    insists = Reading(query.language, kind, (), insists=insisted_on(parts.second, ()))
    if hit is None or missing_from(insists, [hit]):
        return None
    (citation,) = cite([(hit, [])], index.catalog)
    if any(_overlap(one, citation) or _says_all(one, held) for one in answering):
        return None
    return replace(citation, score=first.score, year=first.year)


def _held(hit: Hit, periods: Sequence[Period] | None) -> set[str]:
    """Return the words of a hit that are what is expected, a bare year aside."""
    if figure_of(hit, "answer") < _HOLDS:
        return set()
    begins = hit.passage.start
    said = (hit.passage.text[start - begins : end - begins] for start, end in hit.highlights)
    return {
        words
        for words in said
        if not _YEAR.fullmatch(words) and (periods is None or _is_in(words, periods))
    }


def _is_in(said: str, periods: Sequence[Period]) -> bool:
    """Tell whether words name a time that lies within one of some periods."""
    days = [day for one in periods for day in dates.find_periods(said, one.end, relative=False)]
    return any(one.start <= day.start and day.end <= one.end for day in days for one in periods)


def _settled(periods: Sequence[Period], year: int | None) -> list[Period]:
    """Return periods, those named without a year in the one they were taken to be in."""
    return [dates.in_year(one, year) if one.recurring and year else one for one in periods]


def _says_all(citation: Citation, held: Iterable[str]) -> bool:
    """Tell whether a citation has all of some words itself."""
    return all(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", citation.quote) for one in held)


def _overlap(one: Citation, other: Citation) -> bool:
    return (
        one.document == other.document
        and one.quote_start < other.quote_end
        and other.quote_start < one.quote_end
    )
