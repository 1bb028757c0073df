"""The entries of a list or table that a question asks for, copied verbatim.

The label of a list and the headings above it say what its entries are; the question says which of
them it asks for. Nothing is guessed from the form of the entries.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.question.asked_list import AskedList
from corpus.languages.base import Role, compiled
from corpus.languages.known import WORDS, either
from corpus.languages.roles import roles_in
from corpus.structure.sections import section_at
from corpus.types import Document, Item, ItemList, Span
from corpus.words import stems

_YES: Final = frozenset[str]().union(*(words.yes for words in WORDS.values()))
_NO: Final = frozenset[str]().union(*(words.no for words in WORDS.values()))
_BESIDES: Final = frozenset((Role.REMOTE, Role.GUEST))
"""Roles that people present can also have, according to the list or the entry."""
_STANDING: Final = frozenset((Role.PRESENT, Role.ABSENT, Role.INVITED))
"""Roles that only the nearest label decides."""
_BESIDE: Final = re.compile(r"[,(:;–@]| - ")
_SAID_LAST: Final = re.compile(r"(?:\(| [-–] )([^()–]+?)\)?[ .]*$")
_NAME_OR_NUMBER: Final = re.compile(r"\d|(?<=\s)[A-ZÅÄÖ]")
_MOST_WORDS_BESIDE: Final = 4
# At the end of an entry: "Anna Ek, ordförande, samt".
_LEADS_ON: Final = re.compile(rf"(?:[,;]|\s(?:{either(lambda words: words.texts.joins)}))+$")
_PARTLY: Final = compiled(either(lambda words: words.partly))
LONGEST_QUOTE: Final = 3000
"""Up to this many characters, a list is quoted as a whole."""


@dataclass(frozen=True, slots=True)
class FoundList:
    """A list in a document with entries that are asked for."""

    document: str
    quote: Span
    """The list with its lead-in."""
    entries: tuple[Span, ...]
    """The entries asked for, as offsets into the document's text."""


def lists_of_roles(
    document: Document, asked: AskedList, within: Sequence[Span]
) -> Iterator[FoundList]:
    """Yield the lists within spans of a document whose entries have the roles asked for."""
    for one in document.lists:
        if _is_inside(one, within) and one.end - one.start <= LONGEST_QUOTE:
            entries = _entries(document, one, asked.roles)
            if entries:
                yield FoundList(document.path, (one.start, one.end), tuple(entries))


def lists_of_difference(
    document: Document, asked: AskedList, within: Sequence[Span]
) -> Iterator[FoundList]:
    """Yield two lists that together show who has one role but not another: summoned but not there.

    The entries asked for are those of the first list that match no entry of the second; the second
    is only shown.
    """
    roles, without = asked.roles, asked.without
    if Role.INVITED in roles and Role.ABSENT in roles:
        roles, without = frozenset((Role.INVITED,)), frozenset((Role.PRESENT,))
    if not without:
        return
    having = list(lists_of_roles(document, replace(asked, roles=roles - _BESIDES or roles), within))
    lacking = list(lists_of_roles(document, replace(asked, roles=without), within))
    if not having or not lacking:
        return
    others = {_name(document, span) for one in lacking for span in one.entries}
    left = [
        replace(
            one, entries=tuple(span for span in one.entries if _name(document, span) not in others)
        )
        for one in having
    ]
    if any(one.entries for one in left):
        yield from left
        yield from (replace(one, entries=()) for one in lacking)


def lists_of_kind(
    document: Document, kinds: Sequence[str], within: Sequence[Span]
) -> Iterator[FoundList]:
    """Yield lists whose label names a kind of people, and does not say whether they came.

    A kind is a phrase such as "substitutes"; a label names it if it contains the stems of all its
    words.
    """
    for one in document.lists:
        label = set(stems(one.label, document.language))
        if (
            _is_inside(one, within)
            and not roles_of(document, one) & _STANDING
            and any(set(stems(kind, document.language)) <= label for kind in kinds)
        ):
            entries = tuple(_lifted(document, item) for item in one.items)
            yield FoundList(document.path, (one.start, one.end), entries)


def _name(document: Document, span: Span) -> str:
    """Return the name in an entry, without remarks after it."""
    return _BESIDE.split(document.text[span[0] : span[1]], maxsplit=1)[0].strip().casefold()


def list_at(document: Document, quote: Span) -> ItemList | None:
    """Return the list that makes up most of a quote; None if there is none."""
    overlaps = [
        (min(one.end, quote[1]) - max(one.start, quote[0]), one)
        for one in document.lists
        if len(one.items) > 1
    ]
    length, best = max(overlaps, key=lambda each: each[0], default=(0, None))
    if best is None or 2 * length < quote[1] - quote[0] or 2 * length < best.end - best.start:
        return None
    return best


def is_partial(document: Document, one: FoundList) -> bool:
    """Whether a list says that it is incomplete: "among others"."""
    return bool(_PARTLY.search(document.text[one.quote[0] : one.quote[1]]))


def entries_matching(
    document: Document, entries: Sequence[Span], conditions: Sequence[str]
) -> list[Span]:
    """Return the entries of a list that meet the conditions; one that no entry meets is ignored.

    A condition is a phrase; an entry meets it if it contains the stems of all its words.
    """
    chosen = list(entries)
    for condition in conditions:
        meeting = [span for span in chosen if meets(document, span, condition)]
        chosen = meeting or chosen
    return chosen


def meets(document: Document, span: Span, condition: str) -> bool:
    """Whether an entry contains the stems of all words of a condition."""
    own = stems(document.text[span[0] : span[1]], document.language)
    return set(stems(condition, document.language)) <= set(own)


def roles_of(document: Document, one: ItemList) -> frozenset[Role]:
    """Return the roles of a list's entries, from its label or the nearest heading with one."""
    section = section_at(document, one.start)
    found: set[Role] = set()
    for label in (one.label, *reversed(section.path if section else ())):
        named = roles_in(label)
        found |= named - _STANDING if found & _STANDING else named
    return frozenset(found)


def _is_inside(one: ItemList, within: Sequence[Span]) -> bool:
    return any(start <= one.start and one.end <= end for start, end in within)


def _entries(document: Document, one: ItemList, roles: frozenset[Role]) -> list[Span]:
    column = _column_of(one, roles)
    if column is not None:
        place, wanted = column
        rows = [item for item in one.items if _says(document, item, place, wanted=wanted)]
        return [_name_cell(item, place) for item in rows]
    own = roles_of(document, one)
    if Role.PRESENT in own:
        if roles == {Role.ABSENT}:
            return [_lifted(document, item) for item in one.items if _is_absent(document, item)]
        present = [item for item in one.items if not _is_absent(document, item)]
        one = replace(one, items=tuple(present))
    lacking = roles - own
    if Role.REMOTE in roles & own:
        lacking -= {Role.PRESENT}
    if lacking - _BESIDES or lacking == roles:
        return []
    return [
        _lifted(document, item)
        for item in one.items
        if lacking <= roles_in(document.text[item.start : item.end])
    ]


def _is_absent(document: Document, item: Item) -> bool:
    """Whether an entry in a list of those present says otherwise: "Bo Li (ej närvarande)"."""
    said = document.text[item.start : item.end]
    beside = _SAID_LAST.search(said)
    if beside is None or len(beside[1].split()) > _MOST_WORDS_BESIDE:
        return False
    # "Deputy for Cia Ek, absent" and "absent from item 4" don't say that of the person named.
    return not _NAME_OR_NUMBER.search(beside[1]) and Role.ABSENT in roles_in(beside[1])


def _column_of(one: ItemList, roles: frozenset[Role]) -> tuple[int, bool] | None:
    """Return the column that shows who has the roles, and whether "yes" there means having them."""
    for place, head in enumerate(one.columns):
        named = roles_in(head)
        if place and named & roles:
            return place, True
        if place and Role.PRESENT in named and Role.ABSENT in roles:
            return place, False
    return None


def _says(document: Document, item: Item, place: int, *, wanted: bool) -> bool:
    if place >= len(item.cells):
        return False
    start, end = item.cells[place]
    said = document.text[start:end].strip(" .*()").casefold()
    return said in _YES if wanted else (not said or said in _NO)


def _name_cell(item: Item, place: int) -> Span:
    return next(cell for number, cell in enumerate(item.cells) if number != place)


def _lifted(document: Document, item: Item) -> Span:
    """Return the span of an entry to list: for a table row, its first cell that is not empty.

    What leads on to the next entry, as a comma or "and" at the end, is left out.
    """
    cells = (cell for cell in item.cells if cell[0] < cell[1])
    start, end = next(cells, (item.start, item.end))
    leads_on = _LEADS_ON.search(document.text, start, end)
    return (start, leads_on.start()) if leads_on and leads_on.start() > start else (start, end)
