"""How an answer is put into words around its citations."""

from collections.abc import Sequence

from bot.texts import texts_for
from bot.types import Citation, Reading


def compose_text(reading: Reading, citations: Sequence[Citation], *, again: bool = False) -> str:
    """Return an answer's own words, in the asker's language, with a [n] for each citation.

    `again` tells that earlier answers have shown what there was first.
    """
    texts = texts_for(reading.language)
    if not citations:
        return texts.nothing_more if again else texts.not_found
    markers = " ".join(f"[{citation.number}]" for citation in citations)
    return f"{texts.answer_lead(reading.kind)} {markers}"
