"""When a hit's event happened, and which event a question means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.dates.events import find_events, may_name_days
from corpus.dates.periods import overlaps
from corpus.languages.base import compiled
from corpus.languages.known import FUNCTION_WORDS, either
from corpus.languages.roles import asked_roles
from corpus.structure.sections import section_at
from corpus.types import Document, Period, Span
from corpus.words import split_words
from embeddings.index.passage_dates import days_of
from embeddings.search.language_index import HELD
from embeddings.types import Hit

_LATEST: Final = either(lambda w: w.latest)
_FIRST: Final = either(lambda w: w.first)
_EVENT: Final = either(lambda w: w.event)
# "The latest board meeting": the event comes at most two words later.
_ORDERED: Final = compiled(
    rf"(?:(?P<latest>{_LATEST})|(?P<first>{_FIRST}))\s+(?:\S+\s+){{0,2}}?(?:{_EVENT})"
)
_AN_EVENT: Final = compiled(_EVENT)
_AN_ORDER: Final = compiled(f"{_LATEST}|{_FIRST}")
_COMING: Final = either(lambda w: w.coming)
_COMING_EVENT: Final = compiled(rf"(?:{_COMING})\s+(?:\S+\s+){{0,2}}?(?:{_EVENT})")
_BARE: Final = compiled(either(lambda w: w.bare_event))
_OF_A_BODY: Final = 3
"""How many words before "meeting" may name the body that meets."""
_NAMED: Final = 0.9
"""Minimum match of an event's name in a document about that event."""
_PERHAPS: Final = 0.35
"""The minimum if no document reaches `_NAMED`."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Which of several events a question asks about."""

    is_event: bool
    """Whether it mentions a meeting or similar event."""
    latest: bool = False
    first: bool = False
    name: tuple[str, ...] = ()
    """The kind of event or its body, in lower case: "board", "vårmötet"."""


def occasion_of(question: str) -> Occasion:
    """Return which event a question means, apart from dates."""
    ordered = _ORDERED.search(question)
    return Occasion(
        is_event=bool(_AN_EVENT.search(question)),
        latest=bool(ordered and ordered["latest"]),
        first=bool(ordered and ordered["first"]),
        name=_name_of(question),
    )


def _name_of(question: str) -> tuple[str, ...]:
    """Return the words before "meeting" that identify it, and the word itself if a compound."""
    event = _AN_EVENT.search(question)
    if event is None:
        return ()
    words: list[str] = []
    for word in reversed(split_words(question[: event.start()])[-_OF_A_BODY:]):
        if word in FUNCTION_WORDS or asked_roles(word):
            break
        if not _says_nothing(word):
            words.insert(0, word)
    compound = event[0].casefold()
    if not _BARE.fullmatch(compound) and not may_name_days(compound):
        words.append(compound)
    return tuple(words)


def _says_nothing(word: str) -> bool:
    return not word.isalpha() or may_name_days(word) or bool(_AN_ORDER.fullmatch(word))


def of_this_name(hits: Sequence[Hit], occasion: Occasion, *, surely: bool = False) -> list[Hit]:
    """Return the hits whose documents are about the event asked for.

    If a document surely names it, or `surely` is set, only such documents count.
    """
    told = [(hit, _rendering(hit, occasion.name)) for hit in hits]
    best = max((sure for _, sure in told), default=0.0)
    least = _NAMED if surely or best >= _NAMED else _PERHAPS
    return [hit for hit, sure in told if sure >= least]


def of_no_other_name(hits: Sequence[Hit], among: Sequence[Hit], occasion: Occasion) -> list[Hit]:
    """Return hits without those of another body, if others in `among` surely name this one.

    A document must contain the word or a part of it; similar meaning is not enough, since the
    culture committee is not the sports committee.
    """
    if not of_this_name(among, occasion, surely=True):
        return list(hits)
    return [hit for hit in hits if _rendering(hit, occasion.name) >= HELD]


def tells_of_coming(text: str) -> bool:
    """Whether a text is about a future event: "the next meeting is on ..."."""
    return bool(_COMING_EVENT.search(text))


def _rendering(hit: Hit, name: Sequence[str]) -> float:
    """Return how well a document matches the worst matched word of a name; 1 for no name."""
    return min((hit.rendered[word] for word in name if word in hit.rendered), default=1.0)


def days_at(document: Document, offset: int) -> tuple[date, date] | None:
    """Return first and last day of what the text at an offset is about, or the publication date."""
    section = section_at(document, offset)
    if section and section.time:
        first, last = section.time
        return date.fromisoformat(first), date.fromisoformat(last)
    return days_of(document.published)


def is_within(days: tuple[date, date], periods: Sequence[Period]) -> bool:
    """Whether days overlap one of the periods; a recurring period matches in any year."""
    return any(overlaps(*days, period) for period in periods)


def told_days(hit: Hit) -> list[Period]:
    """Return the times named in a quote."""
    published = days_of(hit.source.published)
    return list(find_events(hit.quoted, published and published[0]))


def stretches_within(document: Document, periods: Sequence[Period]) -> list[Span]:
    """Return the spans of a document that are about one of the periods, largest first.

    A section without a time has that of the section around it. A time in the label of a list
    takes precedence.
    """
    whole = (0, len(document.text))
    if not periods:
        return [whole]
    published = days_of(document.published)
    labelled = [
        (one.start, one.end)
        for one in document.lists
        if _names_time(one.label, published and published[0], periods)
    ]
    dated = [one for one in document.sections if one.time]
    if dated:
        fitting = [
            (one.start, one.end)
            for one in dated
            if one.time and is_within(_days(one.time), periods)
        ]
        return [*fitting, *labelled]
    return [whole] if published and is_within(published, periods) else labelled


def _names_time(label: str, near: date | None, periods: Sequence[Period]) -> bool:
    return any(is_within((one.start, one.end), periods) for one in find_events(label, near))


def _days(time: tuple[str, str]) -> tuple[date, date]:
    return date.fromisoformat(time[0]), date.fromisoformat(time[1])
