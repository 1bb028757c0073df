"""The text of an answer around its citations.

Each word of Citera's own is a fixed phrase about what was done, or lifted out of a quote.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final

from bot.answer.comparing.versions import Version, find_differing
from bot.question.asked_list import AskedList
from bot.texts import Texts, texts_for
from bot.types import AnswerItem, Citation, Grade, Reading
from corpus.languages.base import Role

_ON_ONE_LINE: Final = 100
"""Up to this many characters, items are written on one line."""
_ROLE_LEADS: Final = ((Role.ABSENT, "absent"), (Role.PRESENT, "attended"))


@dataclass(frozen=True, slots=True)
class Wording:
    """What the answer text says in addition to its citations."""

    grade: Grade
    items: tuple[AnswerItem, ...] = ()
    asked: AskedList | None = None
    is_whole: bool = True
    """Whether the items are known to be complete, so that they can be counted."""
    checked: str = ""
    """The person whom the question checks for, as in "Was Anna there?"; "" for none."""
    others: tuple[date, ...] = ()
    """Dates of other meetings, if there is none at the time asked about."""
    missing: tuple[str, ...] = ()
    parts: tuple[tuple[int, str], ...] = ()
    """The number of the citation that answers each part of the question (0 for none), and the
    part's words."""
    again: bool = False
    """Whether earlier answers have already shown results for this question."""


def compose_text(reading: Reading, citations: Sequence[Citation], said: Wording) -> str:
    """Return the text of an answer, in the question's language, with a [n] for each citation."""
    texts = texts_for(reading.language)
    if said.grade is Grade.NOT_FOUND or not citations:
        return _nothing(said, texts)
    numbers = [citation.number for citation in citations]
    if said.items:
        lines = _listing(said, numbers, texts)
    elif said.grade is Grade.MAY_ANSWER:
        lines = [f"{texts.may_answer} {_markers(numbers)}"]
    else:
        lines = [f"{texts.answer_lead()} {_markers(numbers)}"]
    lines += _parts(said, texts)
    # If the question names a time, it may mean only one of the versions.
    if not reading.periods:
        lines += _differing(reading, citations, texts)
    return "\n".join(lines)


def _nothing(said: Wording, texts: Texts) -> str:
    nothing = texts.nothing_more if said.again else texts.not_found
    lines = [nothing]
    if said.others:
        dates = ", ".join(texts.date(day.isoformat()) for day in said.others)
        lines.append(texts.other_meetings.format(dates=dates))
    elif said.missing:
        lines.append(texts.not_mentioned.format(phrases=", ".join(said.missing)))
    return " ".join(lines)


def _listing(said: Wording, numbers: Sequence[int], texts: Texts) -> list[str]:
    """Return the lines that list the items and the other citations."""
    told = {item.citation for item in said.items} | {number for number, _ in said.parts}
    others = [number for number in numbers if number not in told]
    lines = [*_checked(said, texts)] or _counted(said, texts)
    if others:
        lines.append(f"{texts.see_also} {_markers(others)}")
    return lines


def _checked(said: Wording, texts: Texts) -> list[str]:
    """Return lines that say whether a person is among the items, with their entry."""
    if not said.checked:
        return []
    found = [item for item in said.items if said.checked.casefold() in item.text.casefold()]
    if found:
        return [texts.among.format(item=_on_one_line(found[0]))]
    return [texts.not_among.format(name=said.checked, citation=_markers(_cited(said.items)))]


def _counted(said: Wording, texts: Texts) -> list[str]:
    lead = texts.answer_lead(_lead_of(said.asked))
    if said.asked and said.asked.is_count and said.is_whole:
        lead = f"{len(said.items)}:"
    inline = "; ".join(_marked(said.items))
    if len(inline) <= _ON_ONE_LINE:
        return [f"{lead} {inline}"]
    return [lead, *(f"• {item}" for item in _marked(said.items))]


def _marked(items: Sequence[AnswerItem]) -> list[str]:
    """Return the items' texts; the last one of each citation ends with its [n]."""
    marked: list[str] = []
    for number, group in groupby(items, key=lambda item: item.citation):
        own = [" ".join(item.text.split()) for item in group]
        marked += [*own[:-1], f"{own[-1]} [{number}]"]
    return marked


def _on_one_line(item: AnswerItem) -> str:
    return f"{' '.join(item.text.split())} [{item.citation}]"


def _cited(items: Sequence[AnswerItem]) -> list[int]:
    return sorted({item.citation for item in items})


def _lead_of(asked: AskedList | None) -> str | None:
    roles = asked.roles if asked else frozenset[Role]()
    return next((lead for role, lead in _ROLE_LEADS if role in roles), None)


def _parts(said: Wording, texts: Texts) -> list[str]:
    if not said.parts:
        return []
    told = [
        texts.says.format(citation=f"[{number}]", asked=asked)
        for number, asked in said.parts
        if number
    ]
    untold = [
        texts.part_not_found.format(asked=asked) for number, asked in said.parts if not number
    ]
    return [f"{', '.join(told)}."] * bool(told) + untold


def _differing(reading: Reading, citations: Sequence[Citation], texts: Texts) -> list[str]:
    """Return lines that quote versions of one text where they differ.

    Names from an older version are left out: who-questions ask for the current people.
    """
    versions, is_ordered = find_differing(citations)
    if not versions:
        return []
    asks_for_people = reading.kind in ("who", "list")
    if not is_ordered:
        if asks_for_people:
            markers = _markers([one.citation.number for one in versions])
            return [texts.differing.format(citations=markers)]
        return [f"{'; '.join(_says(one, texts.says, texts) for one in versions)}."]
    newest, *others = versions
    said = texts.said_something_else if asks_for_people else texts.said
    told = [_says(newest, texts.newer_says, texts), *(_says(one, said, texts) for one in others)]
    return [f"{'; '.join(told)}."]


def _says(version: Version, phrase: str, texts: Texts) -> str:
    citation = version.citation
    dated = f" ({texts.date(citation.published)})" if citation.published else ""
    begin, end = texts.quotation_marks
    pieces = ", ".join(f"{begin}{' '.join(piece.split())}{end}" for piece in version.pieces)
    return phrase.format(citation=f"[{citation.number}]{dated}", asked=pieces)


def _markers(numbers: Sequence[int]) -> str:
    return " ".join(f"[{number}]" for number in numbers)


def renumbered(citations: Sequence[Citation], first: int = 1) -> tuple[Citation, ...]:
    """Return the citations numbered consecutively from `first`."""
    return tuple(replace(one, number=number) for number, one in enumerate(citations, first))
