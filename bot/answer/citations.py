"""From what was found to citations: each verified, near duplicates under one number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.answer.links import link_to_quote
from bot.answer.versions import is_newer, with_counterpart
from bot.types import Citation
from corpus.errors import UserError
from corpus.structure.sections import place_at
from corpus.types import Document, Span
from corpus.words import split_words
from embeddings.types import Hit

_NEAR_DUPLICATE: Final = 0.8
"""Share of words in common from which two passages count as one."""


@dataclass(slots=True)
class _Kept:
    hit: Hit
    also_in: list[str] = field(default_factory=list)
    versions: list["_Kept"] = field(default_factory=list)
    """Hits of other documents that differ from it in what is quoted."""


def fold_duplicates(hits: Sequence[Hit], *, dated: bool) -> list[tuple[Hit, list[str]]]:
    """Return the hits of distinct documents, each with the paths of near duplicates of its own.

    Of two versions of a text that differ in what is quoted both stay, the newer one first unless
    the question is `dated` and may mean the older.
    """
    place = {id(hit): at for at, hit in enumerate(hits)}
    words = {id(hit): frozenset(split_words(hit.passage.text)) for hit in hits}
    kept: list[_Kept] = []
    for own in _by_document(hits):
        alike = [
            (one, hit) for one in kept for hit in own if _alike(words[id(one.hit)], words[id(hit)])
        ]
        if alike:
            _fold(alike, own)
        else:
            kept += map(_Kept, own)
    # Documents were taken one after the other, and their quotes now stand by themselves.
    kept.sort(key=lambda one: place[id(one.hit)])
    return [(each.hit, each.also_in) for one in kept for each in _in_order(one, dated=dated)]


def _by_document(hits: Sequence[Hit]) -> list[list[Hit]]:
    """Return the hits of each document, none of which quotes what another does."""
    documents: dict[str, list[Hit]] = {}
    for hit in hits:
        own = documents.setdefault(hit.source.path, [])
        if not any(_overlap(one.quote, hit.quote) for one in own):
            own.append(hit)
    return list(documents.values())


def _fold(alike: Sequence[tuple[_Kept, Hit]], own: Sequence[Hit]) -> None:
    """Note a document with the hit it is a near duplicate of, or one that it differs from."""
    path = own[0].source.path
    for one, hit in alike:
        if found := with_counterpart(one.hit, hit):
            same = (twin for twin in one.versions if not with_counterpart(twin.hit, hit))
            if twin := next(same, None):
                twin.also_in.append(path)
            else:
                # Its own quote has words set apart, and may be longer.
                quoting = (each for each in own if _overlap(each.quote, found.quote))
                one.versions.append(_Kept(next(quoting, found)))
            return
    alike[0][0].also_in.append(path)


def _in_order(one: _Kept, *, dated: bool) -> list[_Kept]:
    """Return a hit with its other versions, newer ones before it unless a time was asked for."""
    published = one.hit.source.published
    newer = [
        each
        for each in one.versions
        if not dated and is_newer(each.hit.source.published, published)
    ]
    return [*newer, one, *(each for each in one.versions if each not in newer)]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _alike(words: frozenset[str], others: frozenset[str]) -> bool:
    return len(words & others) >= _NEAR_DUPLICATE * max(len(words | others), 1)


def cite(
    hits: Sequence[tuple[Hit, list[str]]], opened: Callable[[str], Document]
) -> list[Citation]:
    """Return a numbered citation for each hit, its quote compared with the stored document.

    UserError where a quote does not stand there.
    """
    return [
        replace(
            cite_span(hit, opened(hit.source.path), hit.quote),
            number=number,
            also_in=tuple(also_in),
        )
        for number, (hit, also_in) in enumerate(hits, 1)
    ]


def cite_span(hit: Hit, document: Document, span: Span) -> Citation:
    """Return a citation of a stretch of a hit's document; its passage is the hit's or the stretch.

    UserError where the hit's passage does not stand in the document.
    """
    start, end = span
    passage = hit.passage
    if document.text[passage.start : passage.end] != passage.text:
        raise UserError("The index is damaged: a quote has moved. Run: citera reembed")
    around = (passage.start, passage.end)
    if not (around[0] <= start and end <= around[1]):
        around = span
    answer = hit.answer
    location = place_at(document, start)
    return Citation(
        number=1,
        document=hit.source.path,
        title=hit.source.title,
        published=hit.source.published,
        language=hit.source.language,
        location=location,
        url=hit.source.url,
        passage=document.text[around[0] : around[1]],
        start=around[0],
        end=around[1],
        quote=document.text[start:end],
        quote_start=start,
        quote_end=end,
        score=hit.score,
        year=hit.year,
        link=link_to_quote(hit.source.url, document.text, start, end, location),
        highlights=(answer,) if answer and start <= answer[0] and answer[1] <= end else (),
    )
