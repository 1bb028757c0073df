"""Whether two documents say different things of one matter: a date moved, a figure changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Final

from bot.types import Citation
from corpus.dates.calendar_names import FULL_MONTHS
from corpus.structure.sentences import sentence_spans
from corpus.types import Span
from corpus.words import split_words
from embeddings.index.passage_dates import days_of
from embeddings.types import Hit

_FIGURE: Final = re.compile(
    rf"\d+(?:[.,: \u00a0]\d+)*|(?<!\w)(?:{'|'.join(FULL_MONTHS)})(?!\w)", re.IGNORECASE
)
_UPDATES: Final = frozenset(
    "uppdaterad uppdaterat uppdatering ändrad ändrat rättad rättelse korrigerad korrigering "
    "updated update corrected correction revised".split()
)
"""What a title adds where a text comes again with changes."""
_ALIKE: Final = 0.8
"""Share of words in common, figures aside, from which two sentences say it of the same thing."""
_SHARED_FIGURES: Final = 2
"""Figures that both passages have, from which they tell of one event and not of two like it."""
_LONGEST_APART: Final = 200
"""Days between two versions of a text; what is further apart happens every year."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence, or list, with what tells which text it is of."""

    quote: str
    passage: str
    document: str
    title: str
    published: str | None


def with_counterpart(hit: Hit, other: Hit) -> Hit | None:
    """Return the other hit, quoting where it differs from a hit's quote; None where it does not."""
    start, end = hit.quote
    quoted = [_said(hit, unit) for unit in hit.passage.units if start <= unit[0] and unit[1] <= end]
    differing = (
        unit for one in quoted for unit in other.passage.units if _differ(one, _said(other, unit))
    )
    unit = next(differing, None)
    return replace(other, quote=unit) if unit else None


def find_differing(citations: Sequence[Citation]) -> tuple[Citation, Citation] | None:
    """Return the first two citations that differ, the newer one first, or None."""
    for one, other in combinations(citations, 2):
        if any(_differ(*pair) for pair in product(_cited(one), _cited(other))):
            return (other, one) if is_newer(other.published, one.published) else (one, other)
    return None


def is_newer(published: str | None, than: str | None) -> bool:
    """Whether one of two dates of publication is the later."""
    return (published or "") > (than or "")


def _said(hit: Hit, quote: Span) -> _Said:
    passage, source = hit.passage, hit.source
    start, end = quote[0] - passage.start, quote[1] - passage.start
    return _Said(passage.text[start:end], passage.text, source.path, source.title, source.published)


def _cited(citation: Citation) -> list[_Said]:
    """Return the sentences that are quoted."""
    quote, passage = citation.quote, citation.passage
    return [
        _Said(quote[start:end], passage, citation.document, citation.title, citation.published)
        for start, end in sentence_spans(quote, 0, len(quote), citation.language)
    ]


def _differ(one: _Said, other: _Said) -> bool:
    """Whether quotes say the same of one thing with other figures or dates.

    Both are of versions of one text, by title and passage, that came out on different days: of
    texts that merely resemble each other nothing is said.
    """
    figures, others = _figures(one.quote), _figures(other.quote)
    return (
        bool(figures)
        and bool(others)
        and figures != others
        and _alike(_words(one.quote), _words(other.quote))
        and _are_versions(one, other)
    )


def _are_versions(one: _Said, other: _Said) -> bool:
    days, others = days_of(one.published), days_of(other.published)
    if days is None or others is None or one.published == other.published:
        return False
    if abs((days[0] - others[0]).days) > _LONGEST_APART or one.document == other.document:
        return False
    shared = _figures(one.passage) & _figures(other.passage)
    return (
        set(split_words(one.title)) - _UPDATES == set(split_words(other.title)) - _UPDATES
        and len(shared) >= _SHARED_FIGURES
        and _alike(_words(one.passage), _words(other.passage))
    )


def _figures(text: str) -> set[str]:
    return {" ".join(figure[0].lower().split()) for figure in _FIGURE.finditer(text)}


def _words(text: str) -> set[str]:
    return set(split_words(_FIGURE.sub(" ", text)))


def _alike(words: set[str], others: set[str]) -> bool:
    return len(words & others) >= _ALIKE * max(len(words | others), 1)
