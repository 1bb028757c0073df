"""Answers as JSON, one line each."""

import json
import re
from dataclasses import asdict
from typing import Any, Final

from bot.types import Answer, Citation

# JSON escapes control characters below 32. These others can also control a terminal, or cannot be
# encoded as UTF-8.
_UNSAFE_IN_JSON: Final = re.compile(
    "[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def answer_as_json(answer: Answer) -> str:
    """Return an answer as one line of JSON."""
    return json_line(
        {
            "question": answer.question,
            "language": answer.reading.language,
            "found": answer.found,
            "text": answer.text,
            "reading": {
                "kind": answer.reading.kind,
                "read_as": answer.reading.read_as,
                "dates": [
                    {
                        "from": period.start.isoformat(),
                        "to": period.end.isoformat(),
                        "said": period.said,
                    }
                    for period in answer.reading.periods
                ],
                "other_years": list(answer.other_years),
                "insists": list(answer.reading.insists),
            },
            "grade": answer.grade.value,
            "items": [asdict(item) for item in answer.items],
            "complete": answer.complete,
            "citations": [_citation_fields(citation) for citation in answer.citations],
            "nearest": [_citation_fields(citation) for citation in answer.nearest],
            "missing": list(answer.missing),
            "confidence": round(answer.confidence, 4),
            "seconds": round(answer.seconds, 4),
        }
    )


def json_line(value: dict[str, Any]) -> str:
    """Return an object as one line of JSON that is safe to print; letters are not escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _citation_fields(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "document": citation.document,
        "title": citation.title,
        "published": citation.published,
        "location": citation.location,
        "url": citation.url,
        "link": citation.link,
        "passage": citation.passage,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "quote_start": citation.quote_start,
        "quote_end": citation.quote_end,
        "highlights": [list(span) for span in citation.highlights],
        "score": round(citation.score, 4),
    }
