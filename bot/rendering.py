"""Answers as they are printed: text for people, JSON for programs."""

import json
import re
import textwrap
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from bot.texts import Texts, texts_for
from bot.types import Answer, Citation

_INDENT: Final = "    "
_SHOWN_OF_NEAREST: Final = 240
"""Characters shown of a quote that is no answer."""
# What begins with ESC or its 8-bit form: commands, window titles and links, single characters.
_ESCAPES: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]"
)
# JSON escapes control characters below 32 by itself; these others can steer a terminal, too, or
# cannot be written as UTF-8 at all.
_UNSAFE_IN_JSON: Final = re.compile(
    "[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Look:
    """What the place that is printed to can show."""

    styled: bool = False
    """Bold, dimmed and clickable text."""
    width: int | None = None
    """Columns that text is wrapped at; None to leave lines as they are."""

    def bold(self, text: str) -> str:
        """Return the text standing out."""
        return f"\x1b[1m{text}\x1b[0m" if self.styled else text

    def dim(self, text: str) -> str:
        """Return the text standing back."""
        return f"\x1b[2m{text}\x1b[0m" if self.styled else text

    def link(self, text: str, address: str) -> str:
        """Return the text as a link that terminals open."""
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if self.styled else text


def printable(text: str) -> str:
    """Return a text without what could steer a terminal; line breaks stay."""
    without = _ESCAPES.sub("", text.replace("\t", " "))
    return "".join(one for one in without if one == "\n" or not _steers(one))


def _steers(character: str) -> bool:
    # Zero-width joiners hold many emoji together and do no harm.
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} and character != "\u200d"


def render_answer(answer: Answer, documents_dir: Path, look: Look = Look()) -> str:
    """Return an answer for people: its text, and each quote with where it stands."""
    texts = texts_for(answer.reading.language)
    asked_in = answer.reading.language
    parts = [printable(answer.text)]
    if answer.reading.read_as:
        parts.insert(0, look.dim(texts.read_as.format(question=answer.reading.read_as)))
    if answer.nearest:
        parts.append(texts.nearest)
    for citation in (*answer.citations, *answer.nearest):
        lines = _citation(citation, asked_in, texts, documents_dir, look, short=not answer.found)
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _citation(
    citation: Citation,
    asked_in: str,
    texts: Texts,
    documents_dir: Path,
    look: Look,
    *,
    short: bool,
) -> Iterator[str]:
    facts = (
        texts.date(citation.published),
        citation.location,
        texts.language_note(citation.language, asked_in),
    )
    about = "".join(f" · {on_one_line(fact)}" for fact in facts if fact)
    yield f"[{citation.number}] {on_one_line(citation.title)}{look.dim(about)}"
    opening, closing = texts.quotation_marks
    quote = printable(citation.quote).strip()
    quote = textwrap.shorten(quote, _SHOWN_OF_NEAREST, placeholder=" …") if short else quote
    for line in _wrapped(f"{opening}{quote}{closing}", look):
        yield _INDENT + (line if short else look.bold(line))
    address = (documents_dir / citation.document).absolute().as_uri()
    yield _INDENT + look.dim(look.link(on_one_line(citation.document), address))
    if citation.url:
        page = look.link(on_one_line(citation.url), on_one_line(citation.link or citation.url))
        yield _INDENT + look.dim(page)
    if citation.also_in:
        yield _INDENT + look.dim(f"{texts.also_in}: {on_one_line(', '.join(citation.also_in))}")


def on_one_line(text: str) -> str:
    """Return a text on one line, without what could steer a terminal."""
    return " ".join(printable(text).split())


def _wrapped(text: str, look: Look) -> Iterator[str]:
    for line in filter(None, map(str.strip, text.splitlines())):
        if look.width is None:
            yield line
        else:
            yield from textwrap.wrap(
                line, max(20, look.width - len(_INDENT)), break_on_hyphens=False
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
            "names": [asdict(name) for name in answer.names],
            "coverage": asdict(answer.coverage) if answer.coverage else None,
            "citations": [_citation_fields(citation) for citation in answer.citations],
            "nearest": [_citation_fields(citation) for citation in answer.nearest],
            "confidence": round(answer.confidence, 4),
            "seconds": round(answer.seconds, 4),
        }
    )


def json_line(value: dict[str, Any]) -> str:
    """Return an object as one line of JSON that is safe to print, letters as they are."""
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
        "score": round(citation.score, 4),
    }
