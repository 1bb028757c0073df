"""Descriptions of people beside their names: title, office, organisation."""

import re
from functools import lru_cache
from typing import Final

from corpus.languages.known import all_of, either
from corpus.names.name_patterns import CAPITAL, JOINS, TITLE

_SHORT_TITLES: Final = either(lambda w: w.names.short_titles)
_LONGEST: Final = 90
"""Maximum length of a description in characters."""
_BEFORE: Final = 120
_TITLE_BEFORE: Final = re.compile(
    rf"(?P<title>(?:{CAPITAL}[\w-]*?(?:s|[’']s) )?(?:(?:[\w-]+-,? )+(?:{JOINS}) )?"
    rf"(?:(?i:{either(lambda w: w.names.before_title)}) )?"
    rf"(?:(?:{either(lambda w: w.names.title_subjects)}) ){{0,3}}"
    rf"(?i:{TITLE})(?: (?:{either(lambda w: w.names.of_title)}) "
    rf"(?!(?:{either(lambda w: w.names.not_of_title)}) )(?:[a-zåäö][\w-]* ?){{1,5}})?) $"
    rf"|(?<!\w)(?P<short>(?:{_SHORT_TITLES})\.?) $"
)
_WORD_START: Final = re.compile(r"(?<!\w)\w")
_TITLE: Final = re.compile(rf"{TITLE}|(?:{_SHORT_TITLES})\.", re.IGNORECASE)
_WORDS_BEFORE: Final = 7
_PREPOSITIONS: Final = frozenset(all_of(lambda w: w.names.prepositions))
_TITLE_AFTER: Final = re.compile(rf"(?:[\w-]+ ){{0,4}}{TITLE}(?!\w)", re.IGNORECASE)
_OF_ANOTHER: Final = re.compile(rf"(?i:{TITLE}) {CAPITAL}[\w-]+ {CAPITAL}|-$")
_MARK: Final = re.compile(
    rf",?\s(?P<clause>{either(lambda w: w.names.is_clause)})\s| ?\(|, ?| [–-] |: "
)
_END: Final = re.compile(
    rf"[,;.:)(\n]|\s(?:{JOINS}|{either(lambda w: w.names.leads_on)})\s(?={CAPITAL}|\w+- |{TITLE})"
)
_LINE_START: Final = re.compile(r"(?:^|\n)[ \t]*(?:[-–*•][ \t]+)?$")
_LINE: Final = re.compile(r"[^\n]*")
_BRACKET: Final = re.compile(r"[^)\n]*")


@lru_cache(maxsize=20_000)
def is_title(word: str) -> bool:
    """Whether a word is a title."""
    return bool(_TITLE.fullmatch(word))


def title_before(text: str, start: int) -> str:
    """Return the title right before a name, with what it is of, or nothing."""
    before = text[max(0, start - _BEFORE) : start]
    if not any(map(is_title, before.split()[-_WORDS_BEFORE:])):
        return ""
    # Matched only at word starts: the pattern is slow to fail, and would be tried at every letter.
    starts = (word.start() for word in _WORD_START.finditer(before))
    found = next(filter(None, (_TITLE_BEFORE.match(before, at) for at in starts)), None)
    if not found or found[0].split()[-1] in _PREPOSITIONS:
        return ""
    return str(found["title"] or found["short"])


def starts_line(text: str, start: int) -> bool:
    """Whether a name starts a line or a list item."""
    before = text[max(0, start - _BEFORE) : start]
    return bool(_LINE_START.search(before)) if start <= _BEFORE or "\n" in before else False


def detail_after(text: str, start: int, end: int, *, titled: bool) -> str:
    """Return the description right after a name, or nothing.

    If the name starts a line, the rest of the line is about it. If a title precedes it, only a
    bracket counts, since a comma may lead to the next person.
    """
    mark = _MARK.match(text, end)
    if not mark:
        return ""
    begin = mark.end()
    if "(" in mark[0]:
        found = _BRACKET.match(text, begin)
        detail = found[0] if found else ""
    elif not mark["clause"] and starts_line(text, start):
        found = _LINE.match(text, begin)
        detail = re.sub(rf"[ ,;.]*(?: (?:{JOINS}))?[ ,;.]*$", "", found[0] if found else "")
    else:
        closing = _END.search(text, begin)
        detail = text[begin : closing.start() if closing else len(text)].strip()
        if titled or not _TITLE_AFTER.match(detail) or _OF_ANOTHER.search(detail):
            return ""
    return detail if len(detail) <= _LONGEST and "\n" not in detail else ""
