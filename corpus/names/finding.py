"""Finds names in text and lists, with the title or organisation given with each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corpus.dates.calendar_names import FULL_MONTHS
from corpus.languages.international import NAME_PARTICLES
from corpus.languages.known import either
from corpus.names.name_details import detail_after, is_title, starts_line, title_before
from corpus.names.name_patterns import (
    ADJECTIVES,
    CAPITAL,
    JOINS,
    LINKS,
    OPENERS,
    ORGANISATION,
    TITLE,
    TITLES_BEFORE,
)
from corpus.types import Span

_WORD: Final = rf"(?:{CAPITAL}\.(?=\s?{CAPITAL})|{CAPITAL}[\w’'-]*)"
_PARTICLES: Final = rf"(?:(?:{NAME_PARTICLES}) ){{1,2}}"
_RUN: Final = re.compile(rf"(?<![\w@/.-]){_WORD}(?: (?:& |{_PARTICLES})?{_WORD})*")
_SMALL: Final = re.compile(r"(?<![\w-])[a-zåäöé][\w-]*")
_LIST_ITEM: Final = re.compile(rf",|\.?\n|\.?$| (?:{JOINS}) ")
_LONGEST_NAME: Final = 5
"""Maximum number of words in a person's name."""
_PLACE_BEFORE: Final = re.compile(
    rf"(?<!\w)(?:{either(lambda w: w.names.place_before)})\s$", re.IGNORECASE
)
_WHEN: Final = re.compile(r"\d[.:]\d\d|(?<!\d)(?:19|20)\d\d(?!\d)")
_ITSELF_TITLED: Final = re.compile(rf"[\w-]+-(?:{TITLE})")
_LINKED: Final = re.compile(rf" (?:{LINKS}) [^\W\d_]+(?: [a-zåäöé][\w-]*){{0,2}}(?=[,;.)\n]|$)")
_KIND_OF: Final = re.compile(rf" [a-zåäöé][\w-]*(?:n|t|a)(?= (?:{JOINS}) |[,;.)\n]|$)")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: `text[start:end] == name`."""

    name: str
    detail: str
    """Title, office or organisation given with it, verbatim; "" for none."""
    span: Span
    is_person: bool


def find_names(text: str) -> list[Name]:
    """Return the names in a text, of people and others, in order.

    Names inside another one's description ("standing in for Anna Ek") are left out.
    """
    found: list[Name] = []
    told = 0
    for start, end in _runs(text, frozenset(_SMALL.findall(text))):
        name = _name_at(text, start, end) if start >= told else None
        if name:
            found.append(name)
            told = _told(text, name)
    return found


def _told(text: str, name: Name) -> int:
    """Return where a name ends, including the description in the line that it opens."""
    end = name.span[1]
    if not name.detail or not starts_line(text, name.span[0]):
        return end
    at = text.find(name.detail, end, end + len(name.detail) + 12)
    return end if at < 0 else at + len(name.detail)


def _runs(text: str, ordinary: frozenset[str]) -> Iterator[Span]:
    """Yield runs of capitalised words, without words that only start a sentence."""
    for run in _RUN.finditer(text):
        start, end = run.span()
        opens = _begins_sentence(text, start)
        while start < end:
            word = text[start:end].split(" ", 1)[0]
            titles = len(word) < end - start and is_title(word)
            if not titles and not _is_ordinary(word, ordinary, opens=opens):
                break
            opens = False
            start += len(word) + 1
        # A single word at the start of a sentence is a name only if nothing but a list follows.
        one_word = opens and " " not in text[start:end]
        if start < end and (not one_word or _LIST_ITEM.match(text, end)):
            yield start, end


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 12) : start].rstrip(" \t\"”“»'-–—•*")
    return not before or before[-1] in ".!?:\n"


def _is_ordinary(word: str, ordinary: frozenset[str], *, opens: bool) -> bool:
    """Whether a capitalised word is not part of the name after it."""
    if word.endswith("."):
        return False
    folded = word.casefold()
    if folded in OPENERS or folded in TITLES_BEFORE or folded in FULL_MONTHS:
        return True
    if word.endswith(("'s", "’s")) or _ITSELF_TITLED.fullmatch(word):
        return True
    # A word that the text also has in lower case is an ordinary one at the start of a sentence.
    return opens and word.lower() in ordinary


def _name_at(text: str, start: int, end: int) -> Name | None:
    """Return the name in a run of capitalised words, or None."""
    words = text[start:end].split(" ")
    title = title_before(text, start)
    for possessive in ("'s", "’s"):
        if text[start:end].endswith(possessive):
            end -= 2
    if text[end - 1 : end] in "-–'’":
        return None
    if _is_person(text, start, words, titled=bool(title)):
        detail = detail_after(text, start, end, titled=bool(title)) or title
        if not _WHEN.search(detail):
            end -= _is_genitive(text, start, end)
            return Name(text[start:end], detail, (start, end), is_person=True)
    return Name(text[start : (end := _further(text, end))], "", (start, end), is_person=False)


def _is_genitive(text: str, start: int, end: int) -> bool:
    """Whether a name ends in an s that is missing elsewhere in the text."""
    name = text[start : end - 1]
    return text[end - 1] == "s" and bool(re.search(rf"{re.escape(name)}(?!\w)", text))


def _further(text: str, end: int) -> int:
    """Return the end of an organisation's name that continues in lower case."""
    if linked := _LINKED.match(text, end):
        return linked.end()
    following = _KIND_OF.match(text, end)
    if following and (text[end - 1] == "a" or ORGANISATION.search(following[0])):
        return following.end()
    return end


def _is_person(text: str, start: int, words: list[str], *, titled: bool) -> bool:
    if any(ORGANISATION.search(word) for word in words) or words[0] in ADJECTIVES:
        return False
    if sum(word[0].isupper() for word in words) > _LONGEST_NAME or len(words[-1].rstrip(".")) < 2:
        return False
    if any(word.isupper() and len(word.rstrip(".")) > 1 for word in words):
        return False
    if len(words) == 1:
        return titled and len(words[0]) > 2
    before = text[max(0, start - 12) : start]
    return titled or not (_PLACE_BEFORE.search(before) or before.endswith(("”", "“", '"')))
