"""Splits a line into its label, its values, and entries separated by commas."""

import re
from collections.abc import Iterator
from typing import Final

from corpus.languages.base import Role, compiled
from corpus.languages.known import either
from corpus.languages.roles import roles_in
from corpus.structure.sentences import sentence_spans, trimmed
from corpus.types import Span

# "Present:", "Members of the board (elected until 2025):"; but not the colon of a time or address.
_LABEL: Final = re.compile(r"(?:[-–*•]\s+)?([^\W\d_][^:;!?\n]{0,70}):(?![\w/])[ \t]*")
_JOINS: Final = either(lambda w: w.texts.joins)
# The comma of "1,800" or "4,5" separates nothing.
_BETWEEN: Final = re.compile(
    rf"\s*(?:;|,(?!(?<=\d,)\d))\s*(?:(?:{_JOINS}|&)\s+)?|\s+(?:{_JOINS}|&)\s+|\s+[|/]\s+"
)
_MARKER: Final = re.compile(r"(?:(?:\d{1,3}|[a-zA-Z])[.)]|[-*•·▪◦])\s+")
_BOX: Final = re.compile(r"\[([ xX]?)\]\s+|([☐☑☒✓✔✗✘✅❌])\s*(?=\w)")
_ONGOING: Final = (" m.fl.", " m. fl.", " etc.")
LONGEST_ENTRY: Final = 90
"""Maximum length in characters of a list entry, as opposed to a sentence."""
_MOST_WORDS: Final = 9
_WORDS_ALONE: Final = 5
"""Up to this many words, a single entry with a full stop is not a sentence: "Chair: Anna Ek."."""
_SHORT: Final = 5
_OFFICE: Final = re.compile(rf"(?:{either(lambda words: words.office)})\s*(?:\(|$)", re.IGNORECASE)
_NAME_THEN_CLAUSE: Final = re.compile(
    r"([^\W\d_a-zåäöéü][\w'’.-]{0,30}(?:\s[^\W\d_a-zåäöéü][\w'’.-]{0,30}){0,4})"
    rf"\s(?:{either(lambda words: words.tells)})\s"
)
_NOBODY: Final = compiled(either(lambda words: words.none_listed))
_NAMED_BY: Final = re.compile(
    rf"([^\W\d_][^.,;:!?\n]{{4,60}}?)\s(?:{either(lambda words: words.sent_by)})\s(?=[A-ZÅÄÖ])"
)
_BRACKET: Final = re.compile(r"\s*\([^()]*\)")
_NO_ROLE: Final = frozenset[Role]()
_FEWEST_NAMES: Final = 3
_NOT_WORDS: Final = re.compile(r"^[\W_]+|[\W_]+$")
_IN_NAMES: Final = re.compile(r"[@\d]")


def labels_in(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the labels at the starts of lines, with or without values; group 1 is the label."""
    labels = (_LABEL.match(text, line, end) for line, _ in lines_of(text, start, end))
    return [label for label in labels if label]


def lines_of(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the non-empty lines of a span of text."""
    while start < end:
        line_end = text.find("\n", start, end)
        line_end = end if line_end == -1 else line_end
        if start < line_end:
            yield start, line_end
        start = line_end + 1


def entries_in(
    text: str, start: int, end: int, language: str, roles: frozenset[Role] = _NO_ROLE
) -> list[Span]:
    """Return the entries separated by commas and the like; empty for sentences.

    With `roles`, more sentences may follow: the entries are those of the first one. There are none
    if it says "nobody" or has another role.
    """
    start, end = trimmed(text, start, end)
    sentences = sentence_spans(text, start, end, language)
    if not sentences or (len(sentences) > 1 and not roles):
        return []
    start, end = sentences[0]
    ended = text[end - 1] == "." and not text.endswith(_ONGOING, start, end)
    end -= ended
    spans = [
        span for span in _parted(text, start, end) if any(map(str.isalnum, text[slice(*span)]))
    ]
    if names_nobody(text, spans) or (
        roles and not any(_may_name(text[slice(*one)]) for one in spans)
    ):
        return []
    if ended and len(spans) == 1 and len(text[start:end].split()) > _WORDS_ALONE:
        return []
    spans = _with_roles(text, _without_clause(text, spans, roles))
    too_long = any(
        stop - begin > LONGEST_ENTRY or len(text[begin:stop].split()) > _MOST_WORDS
        for begin, stop in spans
    )
    return [] if too_long else spans


def names_nobody(text: str, spans: list[Span]) -> bool:
    """Whether the text in place of a list says that it is empty: "None"."""
    if len(spans) != 1 or spans[0][1] - spans[0][0] > LONGEST_ENTRY:
        return False
    return bool(_NOBODY.fullmatch(_NOT_WORDS.sub("", text[slice(*spans[0])])))


def _may_name(entry: str) -> bool:
    """Whether an entry could be a name: a capital, a figure or a handle, or a single word."""
    words = entry.split()
    return len(words) == 1 or not entry.islower() or bool(_IN_NAMES.search(entry))


def entries_named_in(text: str, start: int, end: int, language: str) -> tuple[Span, list[Span]]:
    """Return lead-in and names of a sentence like "Apologies were received from Anna Ek and Bo Li".

    Both are empty if it is no such sentence.
    """
    said = _NAMED_BY.match(text, start, end)
    if said is None or roles_in(said[1]) != {Role.ABSENT}:
        return (start, start), []
    spans = entries_in(text, said.end(), end, language, frozenset((Role.ABSENT,)))
    return said.span(1), spans if are_short(text, spans) else []


def _without_clause(text: str, spans: list[Span], roles: frozenset[Role]) -> list[Span]:
    """Return the entries without a final clause about all: "Anna and Bo had sent regrets"."""
    if not spans[1:]:  # A single one is a sentence.
        return spans
    *others, (start, end) = spans
    name = _NAME_THEN_CLAUSE.match(text, start, end)
    # In "Present: Anna, Bo had sent regrets" the last words contradict the label.
    if name is None or not roles_in(text[name.end(1) : end]) <= roles:
        return spans
    return [*others, (start, name.end(1))]


def _with_roles(text: str, spans: list[Span]) -> list[Span]:
    """Return the entries, merging those that only give a role: "Anna Ek, chair"."""
    joined: list[Span] = []
    for start, end in spans:
        is_name = bool(joined) and text[joined[-1][0]].isupper()
        if is_name and text[start].islower() and _OFFICE.match(text, start, end):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def is_entry(text: str, start: int, end: int) -> bool:
    """Whether a paragraph may be a list entry: a name, perhaps with a description."""
    said = text[start:end]
    return (
        len(said) <= LONGEST_ENTRY
        and len(said.split()) <= _MOST_WORDS
        and not said[0].islower()
        and said[0] not in "§#"
        and said[-1] not in ".!?:"
        and not _LABEL.match(said)
    )


def are_short(text: str, spans: list[Span]) -> bool:
    """Whether there are entries, and all look like names or terms rather than clauses.

    If all are single words, they may be in lower case, such as user names.
    """
    words = [_BRACKET.sub("", text[start:end]).split() or [""] for start, end in spans]
    alone = len(words) > 1 and all(len(entry) == 1 for entry in words)
    return bool(words) and all(
        len(entry) <= _SHORT and (alone or not entry[0][:1].islower()) and entry[-1][-1:] != ":"
        for entry in words
    )


def are_names(text: str, spans: list[Span]) -> bool:
    """Whether entries are several names rather than one with its description."""
    return (
        len(spans) >= _FEWEST_NAMES
        and are_short(text, spans)
        and not any(roles_in(text[start:end]) for start, end in spans)
    )


def unmarked(text: str, start: int, end: int) -> Span:
    """Return the span of an item without its bullet, number or checkbox."""
    for pattern in (_MARKER, _BOX):
        mark = pattern.match(text, start, end)
        if mark and mark.end() < end:
            start = mark.end()
    return start, end


def box_of(text: str, start: int, end: int) -> Span | None:
    """Return the mark in the checkbox of an item, "x" or ""; None without a checkbox."""
    marker = _MARKER.match(text, start, end)
    box = _BOX.match(text, marker.end() if marker else start, end)
    return box.span(1 if box[1] is not None else 2) if box else None


def _parted(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the parts between commas and the like outside brackets."""
    opened, read = 0, start
    for mark in _BETWEEN.finditer(text, start, end):
        between = text[read : mark.start()]
        opened += sum(map(between.count, "([{")) - sum(map(between.count, ")]}"))
        read = mark.start()
        if opened <= 0:
            yield start, mark.start()
            start, opened = mark.end(), 0
    yield start, end
