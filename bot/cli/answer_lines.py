"""Answers as text for people."""

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.answer.links import link_to_page
from bot.texts import Texts, texts_for
from bot.texts.printable import on_one_line, printable
from bot.types import Answer, Citation
from corpus.types import Span

_INDENT: Final = "    "
_SHOWN_OF_NEAREST: Final = 240
"""Characters shown of a quote that does not answer."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the output can show."""

    styled: bool = False
    """Bold, dimmed and clickable text."""
    width: int | None = None
    """Column at which text is wrapped; None for no wrapping."""

    def bold(self, text: str) -> str:
        """Return the text in bold."""
        return f"\x1b[1m{text}\x1b[0m" if self.styled else text

    def dim(self, text: str) -> str:
        """Return the text dimmed."""
        return f"\x1b[2m{text}\x1b[0m" if self.styled else text

    def link(self, text: str, address: str) -> str:
        """Return the text as a clickable link (OSC 8)."""
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if self.styled else text


def render_answer(answer: Answer, documents_dir: Path, look: Look = Look()) -> str:
    """Return an answer as text: the lead, then each quote with its source."""
    texts = texts_for(answer.reading.language)
    asked_in = answer.reading.language
    parts = ["\n".join(_wrapped(printable(answer.text), look))]
    if answer.reading.read_as:
        read_as = texts.read_as.format(question=answer.reading.read_as)
        parts.insert(0, "\n".join(map(look.dim, _wrapped(printable(read_as), look))))
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
    head = f"[{citation.number}] {on_one_line(citation.title)}"
    about = "".join(f" · {on_one_line(fact)}" for fact in facts if fact)
    whole = (len(head), len(head + about))
    yield from _wrapped(head + about, look, styled=[whole], style=look.dim)
    opening, closing = texts.quotation_marks
    quote, answering = _printable_quote(citation)
    if short:
        quote, answering = textwrap.shorten(quote, _SHOWN_OF_NEAREST, placeholder=" …"), []
    bold = [(start + len(opening), end + len(opening)) for start, end in answering]
    yield from _wrapped(f"{opening}{quote}{closing}", look, _INDENT, styled=bold, style=look.bold)
    file = (documents_dir / citation.document).absolute().as_uri()
    address = link_to_page(file, citation.location)
    yield _INDENT + look.dim(look.link(on_one_line(citation.document), address))
    if citation.url:
        page = on_one_line(citation.link or citation.url)
        # A terminal opens the link behind the text; in a pipe there is none, so print it in full.
        shown = on_one_line(citation.url) if look.styled else page
        yield _INDENT + look.dim(look.link(shown, page))
    if citation.also_in:
        copies = f"{texts.also_in}: {on_one_line(', '.join(citation.also_in))}"
        yield from (look.dim(line) for line in _wrapped(copies, look, _INDENT))


def _printable_quote(citation: Citation) -> tuple[str, list[Span]]:
    """Return a quote without control characters, and the spans of the words that answer."""
    bold: list[Span] = []
    shown, place = "", 0
    for span in citation.highlights:
        start, end = (offset - citation.quote_start for offset in span)
        shown += printable(citation.quote[place:start])
        begin = len(shown)
        shown += printable(citation.quote[start:end])
        bold.append((begin, len(shown)))
        place = end
    return (shown + printable(citation.quote[place:])).rstrip(), bold


def _wrapped(
    text: str,
    look: Look,
    indent: str = "",
    *,
    styled: Sequence[Span] = (),
    style: Callable[[str], str] = str,
) -> Iterator[str]:
    """Yield the lines of a text, wrapped between words.

    `styled` are the spans of the text to which `style` is applied.
    """
    place = 0
    for line in filter(None, map(str.strip, text.splitlines())):
        for part in _broken(line, look, indent):
            place = text.index(part, place)
            yield indent + _with_style(part, place, styled, style)
            place += len(part)


def _broken(line: str, look: Look, indent: str) -> list[str]:
    if look.width is None:
        return [line]
    return textwrap.wrap(line, max(20, look.width - len(indent)), break_on_hyphens=False)


def _with_style(part: str, begin: int, styled: Sequence[Span], style: Callable[[str], str]) -> str:
    """Return a part of a text, starting at offset `begin`, with the style applied to its spans."""
    shown, place = "", 0
    for start, end in styled:
        first, last = max(start - begin, 0), min(end - begin, len(part))
        if first < last:
            shown += part[place:first] + style(part[first:last])
            place = last
    return shown + part[place:]
