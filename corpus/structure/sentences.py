"""Splits text into sentences."""

import re
from collections.abc import Iterator

from corpus.dates.calendar_names import FULL_MONTHS, MONTHS
from corpus.languages.known import FUNCTION_WORDS, WORDS, all_of
from corpus.languages.roles import roles_in
from corpus.types import Span

_ABBREVIATIONS = {code: words.texts.abbreviations for code, words in WORDS.items()}
_MAY_END = frozenset((*all_of(lambda w: w.texts.may_end), *(MONTHS.keys() - FULL_MONTHS.keys())))
_BEFORE_NUMBER = frozenset(all_of(lambda w: w.texts.before_number))

# Consecutive marks are examined once: a row of dots may be long.
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’»)\]]*(?=\s)|\n(?=\s*\n)|\n(?=[–—-])")
_NEXT = re.compile(r"[\s\"”“’'«»(\[–—-]*(.?)", re.DOTALL)
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,4}$")
_WEB_ADDRESS = re.compile(r"www\.|.*\.(?:se|nu|com|org|net|eu|int|gov)$")
_NUMBERING = re.compile(r"\s*(?:§ ?)?(?:\d{1,3}|[A-Za-z])\.$")
_OPEN_ENDS = tuple(all_of(lambda w: w.texts.open_ends))
_LABELLED = re.compile(r"([^\W\d_][^:;!?\n]{0,70}):(?![\w/])[ \t]*(\S[^\n]*)(?<!:)$")
_FEW_WORDS = 4
_WORD_BEFORE = 30
_LONG = 400
"""Beyond this many characters without the end of a sentence, lines are units."""


def sentence_spans(text: str, start: int, end: int, language: str) -> tuple[Span, ...]:
    """Return the spans of the sentences in `text[start:end]`, trimmed, in order.

    A line end does not end a sentence, but an empty line does, and a dash that starts a line.
    """
    spans: list[Span] = []
    begin = start
    for mark in _END.finditer(text, start, end):
        if mark[0] == "\n" or _ends_sentence(text, begin, mark, end, language):
            spans.extend(_units(text, begin, mark.end()))
            begin = mark.end()
    spans.extend(_units(text, begin, end))
    return tuple(spans)


def leads_on(text: str) -> bool:
    """Whether a paragraph before a list announces it, by ending in mid-sentence.

    "Excused: Bo Li" is complete.
    """
    if text.endswith(_OPEN_ENDS):
        return True
    said = _LABELLED.match(text, text.rfind("\n") + 1)
    if said and (roles_in(said[1]) or len(said[2].split()) <= _FEW_WORDS):
        return said[2].split()[-1].casefold() in FUNCTION_WORDS
    return not text.endswith((".", "!", "?", "…", '."', ".”", ")"))


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without white space at its ends; empty if there is nothing else."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _ends_sentence(text: str, begin: int, mark: re.Match[str], end: int, language: str) -> bool:
    """Whether a punctuation mark before white space ends the current sentence."""
    found = _NEXT.match(text, mark.end(), end)
    following = found[1] if found else ""
    if following.islower():
        return False
    if mark[0] != "." or not following:
        return True
    words = text[max(begin, mark.start() - _WORD_BEFORE) : mark.start()].split()
    word = words[-1].lstrip("(\"”“'«") if words else ""
    numbered = following.isdigit() or following == "§"
    if _NUMBERING.match(text, begin, mark.end()) or (len(word) == 1 and word.isupper()):
        return False
    return not _is_abbreviation(word, language, numbered=numbered)


def _is_abbreviation(word: str, language: str, *, numbered: bool) -> bool:
    """Whether the full stop after a word belongs to it, given what follows."""
    folded = word.casefold()
    if folded in _MAY_END:
        return numbered
    if folded in _BEFORE_NUMBER and (numbered or word == folded):
        return numbered
    possible = (language,) if language in _ABBREVIATIONS else _ABBREVIATIONS
    if any(folded in _ABBREVIATIONS[one] for one in possible):
        return True
    return bool(_DOTTED.match(word)) and not _WEB_ADDRESS.match(folded)


def _units(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentence, or its lines if it has many and no punctuation."""
    start, end = trimmed(text, start, end)
    if end - start <= _LONG or "\n" not in text[start:end]:
        if start < end:
            yield start, end
        return
    for line in re.finditer(r"[^\n]+", text[start:end]):
        first, last = trimmed(text, start + line.start(), start + line.end())
        if first < last:
            yield first, last
