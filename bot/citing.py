"""From what was found to citations: each verified, near duplicates under one number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.comparing import is_newer, with_counterpart
from bot.links import link_to_quote
from bot.types import Citation
from corpus.errors import UserError
from embeddings.catalog import Catalog
from embeddings.static import split_words
from embeddings.types import Hit

_NEAR_DUPLICATE: Final = 0.8
"""Share of words in common from which two passages count as one."""


@dataclass(slots=True)
class _Kept:
    hit: Hit
    words: frozenset[str]
    also_in: list[str] = field(default_factory=list)

    def overlaps(self, other: Hit) -> bool:
        """Whether the same stretch of the same document is quoted."""
        (start, end), (begin, close) = self.hit.quote, other.quote
        return self.hit.source.path == other.source.path and start < close and begin < end

    def is_version(self, path: str, words: frozenset[str]) -> bool:
        """Whether a passage of another document has nearly the same words."""
        return self.hit.source.path != path and _alike(self.words, words)


def fold_duplicates(hits: Iterable[Hit], *, dated: bool) -> list[tuple[Hit, list[str]]]:
    """Return the hits of distinct documents, each with the paths of near duplicates of its own.

    Of two versions of a text that differ in what is quoted both stay, the newer one first unless
    the question is `dated` and may mean the older.
    """
    kept: list[_Kept] = []
    duplicates: set[str] = set()
    for hit in hits:
        path = hit.source.path
        if path in duplicates or any(one.overlaps(hit) for one in kept):
            continue
        words = frozenset(split_words(hit.passage.text))
        place = next((at for at, one in enumerate(kept) if one.is_version(path, words)), None)
        if place is None:
            kept.append(_Kept(hit, words))
        elif other := with_counterpart(kept[place].hit, hit):
            newer = is_newer(hit.source.published, kept[place].hit.source.published)
            kept.insert(place if newer and not dated else place + 1, _Kept(other, words))
        else:
            kept[place].also_in.append(path)
            duplicates.add(path)
    return [(one.hit, one.also_in) for one in kept if one.hit.source.path not in duplicates]


def _alike(words: frozenset[str], others: frozenset[str]) -> bool:
    return len(words & others) >= _NEAR_DUPLICATE * max(len(words | others), 1)


def cite(hits: Sequence[tuple[Hit, list[str]]], catalog: Catalog) -> list[Citation]:
    """Return a numbered citation for each hit, its quote compared with the stored document.

    UserError where a quote does not stand there.
    """
    citations: list[Citation] = []
    for hit, also_in in hits:
        start, end = hit.quote
        passage = hit.passage
        text = catalog.text_of(passage.document)
        quote = text[start:end]
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
                year=hit.year,
                link=link_to_quote(hit.source.url, text, start, end),
                highlights=tuple(
                    one for one in hit.highlights if start <= one[0] and one[1] <= end
                ),
            )
        )
    return citations
