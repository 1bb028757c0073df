"""Which of the quotes found can't be what is asked for: of another side, time, body or kind.

The reader sees one passage at a time; what parts it from others of its kind is told here.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from bot.answer.asked_question import AskedQuestion
from bot.answer.events import days_at, is_within, tells_of_coming, told_days
from bot.question.asked_dates import is_open
from bot.question.asked_list import SINGULAR_ROLES
from bot.question.asked_value import holds
from corpus.languages.base import Role
from corpus.languages.roles import OPPOSITE, asked_roles, roles_of_verbs, roles_told
from corpus.types import Document, Period
from embeddings.types import Hit

OpenDocument = Callable[[str], Document]

_SIZES: Final = tuple(map(timedelta, (1, 7, 31, 92, 184, 366)))
"""A day, a week, a month, a quarter, a half and a year."""


def fitting_side(asked: AskedQuestion, hits: Sequence[Hit]) -> list[Hit]:
    """Return hits without those that tell of the opposite, or hold no value of the kind asked."""
    return [
        hit
        for hit in hits
        if not _says_opposite(asked, hit)
        and not (asked.occasion.latest and tells_of_coming(hit.quoted))
        and not _lacks_value(asked, hit)
    ]


def _lacks_value(asked: AskedQuestion, hit: Hit) -> bool:
    """Whether a quote that a reader chose has no value of the kind asked."""
    return asked.value is not None and hit.answer is not None and not holds(asked.value, hit.quoted)


def fitting_time(
    asked: AskedQuestion, hits: Sequence[Hit], open_document: OpenDocument
) -> list[Hit]:
    """Return hits without those of another time; those that name another one themselves last.

    The latter where another quote of their document names the time that is asked about.
    """
    periods = asked.query.periods
    if not periods or (asked.reading.kind == "when" and not _names_event(asked)):
        return list(hits)
    told = {id(hit): told_days(hit) for hit in hits}
    kept = [
        hit for hit in hits if _is_of_time(asked, hit, told[id(hit)], open_document) is not False
    ]
    if any(map(is_open, periods)):
        return kept
    naming = {hit.source.path for hit in kept if _touches(told[id(hit)], periods)}
    return sorted(
        kept,
        key=lambda hit: hit.source.path in naming and _is_of_another(told[id(hit)], periods),
    )


def _names_event(asked: AskedQuestion) -> bool:
    """Whether a question names the day of an event, rather than asks for it."""
    periods = asked.query.periods
    return asked.occasion.is_event and all(
        one.start == one.end and not one.recurring for one in periods
    )


def fitting_absence(roles: frozenset[Role], hits: Sequence[Hit]) -> list[Hit]:
    """Return hits without those that tell of none absent, where the absent are asked for.

    Whoever is named there may well have come.
    """
    missed = roles & {Role.ABSENT, Role.ABSTAINED}
    return fitting_roles(missed, hits) if missed else list(hits)


def fitting_roles(roles: frozenset[Role], hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits whose quote, or a heading over it, tells of one of some roles."""
    return [
        hit
        for hit in hits
        if roles & (asked_roles(hit.quoted) | roles_told(hit.quoted))
        or roles & roles_told(hit.passage.heading)
    ]


def _says_opposite(asked: AskedQuestion, hit: Hit) -> bool:
    """Whether a quote tells of those who did the opposite of what is asked, and of no others.

    Or of who holds another office than the one that is asked about.
    """
    if asked.wanted is None:
        return False
    said = roles_told(hit.quoted)
    if any(OPPOSITE.get(role) in said and role not in said for role in asked.wanted.roles):
        return True
    # Who is treasurer is not told by who is chair.
    office = asked.wanted.roles & SINGULAR_ROLES - roles_of_verbs(asked.text)
    others = said & SINGULAR_ROLES
    return bool(office and others) and not office & (said | asked_roles(hit.quoted))


def _is_of_time(
    asked: AskedQuestion, hit: Hit, told: Sequence[Period], open_document: OpenDocument
) -> bool | None:
    """Whether a quote tells of a time asked about; None where its document has no times.

    `told` are the times that it names itself.
    """
    periods = asked.query.periods
    of_an_event = asked.occasion.is_event or (
        asked.wanted and asked.wanted.roles and not asked.wanted.is_single
    )
    if not (of_an_event or any(map(is_open, periods))):
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
    """Whether times are none of those asked about, though some are as long as one of them."""
    if _touches(told, periods):
        return False
    sizes = {_size(one) for one in periods}
    return any(_size(one) in sizes for one in told)


def _size(period: Period) -> int:
    length = period.end - period.start + timedelta(days=1)
    return sum(length > size for size in _SIZES)
