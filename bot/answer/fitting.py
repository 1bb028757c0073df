"""Removes quotes that cannot answer: of the opposite side, another time, body or kind of value.

The reader sees one passage at a time, so it cannot judge this.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from bot.answer.asked_question import AskedQuestion
from bot.answer.events import days_at, is_within, tells_of_coming, told_days
from bot.question.asked_list import SINGULAR_ROLES
from bot.question.asked_value import holds
from corpus.dates.periods import is_long
from corpus.languages.base import Role
from corpus.languages.roles import OPPOSITE, asked_roles, roles_of_verbs, roles_told
from corpus.types import Document, Period
from embeddings.types import Hit

OpenDocument = Callable[[str], Document]

_SIZES: Final = tuple(map(timedelta, (1, 7, 31, 92, 184, 366)))
"""A day, a week, a month, a quarter, a half and a year."""


def fitting_side(asked: AskedQuestion, hits: Sequence[Hit]) -> list[Hit]:
    """Return hits without those that say the opposite or lack a value of the kind asked for."""
    return [
        hit
        for hit in hits
        if not _says_opposite(asked, hit)
        and not (asked.occasion.latest and tells_of_coming(hit.quoted))
        and not _lacks_value(asked, hit)
    ]


def _lacks_value(asked: AskedQuestion, hit: Hit) -> bool:
    """Whether a quote that the reader chose lacks a value of the kind asked for."""
    return asked.value is not None and hit.answer is not None and not holds(asked.value, hit.quoted)


def fitting_time(
    asked: AskedQuestion, hits: Sequence[Hit], open_document: OpenDocument
) -> list[Hit]:
    """Return hits without those of another time.

    Quotes that name another time come last, if another quote of their document names the right one.
    """
    periods = asked.query.periods
    if not periods or (asked.reading.kind == "when" and not _names_event(asked)):
        return list(hits)
    told = {id(hit): told_days(hit) for hit in hits}
    kept = [
        hit for hit in hits if _is_of_time(asked, hit, told[id(hit)], open_document) is not False
    ]
    if any(map(is_long, periods)):
        return kept
    naming = {hit.source.path for hit in kept if _touches(told[id(hit)], periods)}
    return sorted(
        kept,
        key=lambda hit: hit.source.path in naming and _is_of_another(told[id(hit)], periods),
    )


def _names_event(asked: AskedQuestion) -> bool:
    """Whether a question names the day of an event rather than asking for it."""
    periods = asked.query.periods
    return asked.occasion.is_event and all(
        one.start == one.end and not one.recurring for one in periods
    )


def fitting_absence(roles: frozenset[Role], hits: Sequence[Hit]) -> list[Hit]:
    """Return hits without those that mention no absence, if the absent are asked for.

    Otherwise the people they name may well have been present.
    """
    missed = roles & {Role.ABSENT, Role.ABSTAINED}
    return fitting_roles(missed, hits) if missed else list(hits)


def fitting_roles(roles: frozenset[Role], hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits whose quote, or a heading above it, mentions one of the roles."""
    return [
        hit
        for hit in hits
        if roles & (asked_roles(hit.quoted) | roles_told(hit.quoted))
        or roles & roles_told(hit.passage.heading)
    ]


def _says_opposite(asked: AskedQuestion, hit: Hit) -> bool:
    """Whether a quote names only those who did the opposite, or who hold another office."""
    if asked.wanted is None:
        return False
    said = roles_told(hit.quoted)
    if any(OPPOSITE.get(role) in said and role not in said for role in asked.wanted.roles):
        return True
    # The name of the chair does not answer who the treasurer is.
    office = asked.wanted.roles & SINGULAR_ROLES - roles_of_verbs(asked.text)
    others = said & SINGULAR_ROLES
    return bool(office and others) and not office & (said | asked_roles(hit.quoted))


def _is_of_time(
    asked: AskedQuestion, hit: Hit, told: Sequence[Period], open_document: OpenDocument
) -> bool | None:
    """Whether a quote is about a time asked about; None if its document has no times.

    `told` are the times that the quote itself names.
    """
    periods = asked.query.periods
    of_an_event = asked.occasion.is_event or (
        asked.wanted and asked.wanted.roles and not asked.wanted.is_single
    )
    if not (of_an_event or any(map(is_long, periods))):
        return None
    document = open_document(hit.source.path)
    if not any(section.time for section in document.sections):
        return None
    if _touches(told, periods):
        return True
    days = days_at(document, hit.quote[0])
    return None if days is None else is_within(days, periods)


def _touches(told: Sequence[Period], periods: Sequence[Period]) -> bool:
    return any(is_within((one.start, one.end), periods) for one in told)


def _is_of_another(told: Sequence[Period], periods: Sequence[Period]) -> bool:
    """Whether the quote's times all differ from those asked about, and one has the same length."""
    if _touches(told, periods):
        return False
    sizes = {_size(one) for one in periods}
    return any(_size(one) in sizes for one in told)


def _size(period: Period) -> int:
    length = period.end - period.start + timedelta(days=1)
    return sum(length > size for size in _SIZES)
