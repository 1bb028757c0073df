"""Has the reader judge the best quotes again, each on its own.

Within its passage, a quote profits from the text around it. Read alone, it must answer by itself,
which better shows whether anything answers at all. The same holds for the entries of a list: if the
question names one entry and the answer found stands in another, the named entry is read instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.structure.rows import pairs_in
from corpus.types import Span
from embeddings.models.static import StaticEmbedder
from embeddings.search.document_units import TakenApart
from embeddings.search.named_entry import is_of_another, named_entry
from embeddings.search.quote_selection import WITH_READER, Quote
from embeddings.types import Reader, ToRead, Verdict

_AGAIN: Final = 6
"""How many quotes are read again."""


@dataclass(frozen=True, slots=True)
class Matter:
    """The question's words and a model of their meaning, which tell a list's entries apart."""

    words: Sequence[str]
    model: StaticEmbedder

    def span_to_read(self, quote: Quote) -> Span:
        """Return the entry that the question names if the answer is in another; else the quote."""
        entry = named_entry(quote.passage, quote.span, self.words, self.model)
        answer = quote.unit.answer
        return entry if answer and is_of_another(answer, entry) else quote.span


def read_again(
    question: str,
    quotes: Sequence[Quote],
    documents: Mapping[str, TakenApart],
    reader: Reader,
    matter: Matter | None = None,
) -> list[Quote]:
    """Return quotes, best first, after judging the best ones on their own as well.

    Quotes that are not read again stay behind those that are. Without `matter`, lists are read
    whole.
    """
    likeliest, others = quotes[:_AGAIN], quotes[_AGAIN:]
    spans = [matter.span_to_read(one) if matter else one.span for one in likeliest]
    pairs = list(zip(likeliest, spans, strict=True))
    verdicts = reader.read(question, [_to_read(one, span, documents) for one, span in pairs])
    judged = [
        _judged(one, verdict.answers) if span == one.span else _by_entry(one, span, verdict)
        for (one, span), verdict in zip(pairs, verdicts, strict=True)
    ]
    return [*sorted(judged, key=lambda one: -one.score), *others]


def _to_read(quote: Quote, span: Span, documents: Mapping[str, TakenApart]) -> ToRead:
    row = pairs_in(quote.passage, span) if span in quote.passage.units else None
    begin, (start, end) = quote.passage.start, span
    text = row.text if row else quote.passage.text[start - begin : end - begin]
    return ToRead(documents[quote.unit.path].source.title, text, ((0, len(text)),))


def _judged(quote: Quote, answers: float) -> Quote:
    evidence = replace(quote.unit.evidence, read_alone=answers)
    return replace(
        quote,
        unit=replace(quote.unit, evidence=evidence),
        score=quote.score + WITH_READER.read_alone * answers,
    )


def _by_entry(quote: Quote, entry: Span, verdict: Verdict) -> Quote:
    """Return the quote with the evidence of the entry asked about; the others answer nothing."""
    row = pairs_in(quote.passage, entry) if entry in quote.passage.units else None
    start, end = verdict.units[0].answer
    start, end = row.in_row((start, end)) if row else (start, end)
    read = verdict.answers
    evidence = replace(quote.unit.evidence, passage_read=read, unit_read=read, read_alone=read)
    unit = replace(quote.unit, evidence=evidence, answer=(entry[0] + start, entry[0] + end))
    return replace(quote, unit=unit, score=unit.score(WITH_READER))
