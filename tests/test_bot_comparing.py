"""Two versions of a text that say different things are told apart from texts that resemble."""

from dataclasses import replace

import pytest

from bot.comparing import find_differing
from bot.types import Citation

QUOTE = "Bron stängs för all trafik från den 7 april klockan 8."
REST = " Bron byggdes 1931 och bär 3 100 fordon om dagen. Arbetet kostar 6,8 miljoner kronor."
OLDER = Citation(
    number=1,
    document="a.md",
    title="Bron stängs",
    published="2025-03-04",
    language="sv",
    location="",
    url=None,
    passage=QUOTE + REST,
    start=0,
    end=len(QUOTE + REST),
    quote=QUOTE,
    quote_start=0,
    quote_end=len(QUOTE),
    score=1.0,
)


def version(quote=QUOTE, rest=REST, **changes):
    others = {"document": "b.md", "published": "2025-03-18", "number": 2, **changes}
    return replace(OLDER, quote=quote, passage=quote + rest, **others)


MOVED = QUOTE.replace("7 april", "14 april")


def test_a_date_that_moved():
    """The newer of two versions comes first, in whatever order they are cited."""
    newer = version(MOVED, title="Uppdaterad: Bron stängs")
    assert find_differing([OLDER, newer]) == (newer, OLDER)
    assert find_differing([newer, OLDER]) == (newer, OLDER)


@pytest.mark.parametrize(
    "other",
    [
        version(),
        version(MOVED, title="Ån stängs"),
        version(MOVED, title="Bron stängs 2026"),
        version(MOVED, published="2025-03-04"),
        version(MOVED, published=None),
        version(MOVED, published="2026-03-04"),
        version(MOVED, document="a.md"),
        version(MOVED, rest=" En annan bro byggdes 1950 och bär 200 fordon i veckan, sägs det."),
        version("Bron öppnas igen den 14 april."),
        version("Bron stängs för all trafik."),
    ],
)
def test_nothing_differs(other):
    """The same figures, another title, day or year, other words: none of it is a contradiction."""
    assert find_differing([OLDER, other]) is None
