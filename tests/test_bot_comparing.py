"""Two versions of a text that say different things are told apart from texts that resemble."""

from dataclasses import replace

import made_up
import pytest

from bot.answer.citations import fold_duplicates
from bot.answer.versions import find_differing
from bot.types import Citation
from corpus.types import Document

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


def test_a_date_that_moved_within_a_longer_quote():
    """Quotes are compared sentence by sentence, whatever else they hold."""
    both = replace(OLDER, quote=QUOTE + REST, quote_end=len(QUOTE + REST))
    newer = version(MOVED)
    assert find_differing([both, newer]) == (newer, both)


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


def hit(text: str, quoted: str, score: float, path: str = "a.md", published: str = "2025-03-04"):
    """Return a hit of a document of one passage, quoting a stretch of it."""
    of = Document(path, text, (), "Bron stängs", published, "sv", None, "")
    return made_up.hit(of, quoted, score=score)


def test_quotes_of_near_duplicates_fold_into_one_document():
    """In whatever order quotes of two copies come, those of the first stay, and name the other."""
    text = QUOTE + REST
    hits = [
        hit(text, QUOTE, 0.9),
        hit(text, "Bron byggdes 1931", 0.8, "b.md", "2025-03-18"),
        hit(text, "Arbetet kostar", 0.7),
        hit(text, QUOTE, 0.6, "b.md", "2025-03-18"),
    ]
    assert fold_duplicates(hits, dated=False) == [(hits[0], ["b.md"]), (hits[2], [])]


@pytest.mark.parametrize(("dated", "first"), [(False, "b.md"), (True, "a.md")])
def test_a_version_that_differs_is_cited_beside_the_other(dated, first):
    """It quotes the sentence that differs, as the document's own hit does, and a copy is named."""
    newer = "2025-03-18"
    hits = [
        hit(QUOTE + REST, "Bron byggdes 1931", 0.9),
        hit(QUOTE + REST, QUOTE, 0.8),
        hit(MOVED + REST, "Arbetet kostar", 0.7, "b.md", newer),
        hit(MOVED + REST, MOVED, 0.6, "b.md", newer),
        hit(MOVED + REST, MOVED, 0.5, "c.md", newer),
    ]
    built, *differing = fold_duplicates(hits, dated=dated)
    assert built == (hits[0], [])
    assert {one.source.path: also_in for one, also_in in differing} == {
        "a.md": [],
        "b.md": ["c.md"],
    }
    assert differing[0][0].source.path == first
    assert {one.quote for one, _ in differing} == {hits[1].quote, hits[3].quote}
