"""How an answer is put into words around its citations."""

from collections.abc import Sequence

from bot.texts import texts_for
from bot.types import Citation, Reading


def compose_text(reading: Reading, citations: Sequence[Citation]) -> str:
    """Return an answer's own words, in the asker's language, with a [n] for each citation."""
    texts = texts_for(reading.language)
    if not citations:
        return texts.not_found
    markers = " ".join(f"[{citation.number}]" for citation in citations)
    return f"{texts.answer_lead(reading.kind)} {markers}"
