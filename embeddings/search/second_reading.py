"""Has the reader judge the best quotes again, each on its own.

Within its passage, a quote profits from the text around it. Read alone, it must answer by itself,
which better shows whether anything answers at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from corpus.structure.rows import pairs_in
from embeddings.search.document_units import TakenApart
from embeddings.search.quote_selection import WITH_READER, Quote
from embeddings.types import Reader, ToRead

_AGAIN: Final = 6
"""How many quotes are read again."""


def read_again(
    question: str, quotes: Sequence[Quote], documents: Mapping[str, TakenApart], reader: Reader
) -> list[Quote]:
    """Return quotes, best first, after judging the best ones on their own as well.

    Quotes that are not read again stay behind those that are.
    """
    likeliest, others = quotes[:_AGAIN], quotes[_AGAIN:]
    verdicts = reader.read(question, [_to_read(one, documents) for one in likeliest])
    judged = [
        _judged(one, verdict.answers) for one, verdict in zip(likeliest, verdicts, strict=True)
    ]
    return [*sorted(judged, key=lambda one: -one.score), *others]


def _to_read(quote: Quote, documents: Mapping[str, TakenApart]) -> ToRead:
    begin, (start, end) = quote.passage.start, quote.span
    text = quote.passage.text[start - begin : end - begin]
    if quote.span in quote.passage.units and (row := pairs_in(quote.passage, quote.span)):
        text = row.text
    return ToRead(documents[quote.unit.path].source.title, text, ((0, len(text)),))


def _judged(quote: Quote, answers: float) -> Quote:
    evidence = replace(quote.unit.evidence, read_alone=answers)
    return replace(
        quote,
        unit=replace(quote.unit, evidence=evidence),
        score=quote.score + WITH_READER.read_alone * answers,
    )
