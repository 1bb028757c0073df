"""Turns hits into citations, and verifies each quote."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answer.comparing.folding import Folded
from bot.answer.links import link_to_quote
from bot.types import Citation
from corpus.errors import UserError
from corpus.structure.sections import place_at
from corpus.types import Document, Span
from embeddings.types import Hit


def cite(folded: Sequence[Folded], opened: Callable[[str], Document]) -> list[Citation]:
    """Return a numbered citation for each hit, after comparing its quote with the document.

    UserError if the document does not contain the quote there.
    """
    return [
        replace(
            cite_span(one.hit, opened(one.hit.source.path), one.hit.quote),
            number=number,
            also_in=one.also_in,
            differs_in=one.differs_in,
        )
        for number, one in enumerate(folded, 1)
    ]


def cite_span(hit: Hit, document: Document, span: Span) -> Citation:
    """Return a citation of a span of a hit's document; its passage is the hit's, or the span.

    UserError if the document does not contain the hit's passage.
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
