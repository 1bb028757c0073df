"""Whom an answer speaks of, so that "she" can be told by name."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.follow_up.words import own_matter
from bot.types import Answer, Citation
from embeddings.stopwords import FUNCTION_WORDS
from embeddings.words import stem

_TITLES: Final = r"\S*(?:minister|sekreterare|direktör|chef|kommissionär|secretary)n?"
_NAME: Final = re.compile(
    rf"(?<![\w-])(?!(?:{'|'.join(map(str.capitalize, FUNCTION_WORDS))}|{_TITLES})\s)"
    r"[A-ZÅÄÖÉÜ][\w-]*[a-zåäöéü](?: (?:von|af|de|van|al))?"
    r"(?: [A-ZÅÄÖÉÜ][\w-]*[a-zåäöéü])+(?!\w)"
)
_ORGANISATION: Final = re.compile(r"\s(?:&|AB|HB|Ltd|Inc)\b")
_AT_PLACE: Final = re.compile(r"\b(?:i|på|till|från|vid|in|at|near|to|from)\s$", re.IGNORECASE)
WHO_IS: Final = re.compile(r"(?:[Ww]ho|[Vv]em) (?:is|was|are|were|är|var) [A-ZÅÄÖÉÜ]")
"""A question that names the person it is about."""
_HE: Final = re.compile(r"\b(?:he|his|him|han|hans|honom)\b", re.IGNORECASE)
_SHE: Final = re.compile(r"\b(?:she|her|hers|hon|hennes|henne)\b", re.IGNORECASE)
# How most women's first names end in Swedish and English, and few men's.
_WOMANS_NAME: Final = re.compile(
    r"\S+(?:a|ie|[lr]in|[ei]stin|gi?t|gr?id|beth|ill|ine|ette|aret|un)(?:-\S+)? "
)
_NEAR: Final = 200
"""Characters within which a pronoun is taken to stand for the name before it."""
_BESIDE: Final = 40
"""Characters within which a word is taken to tell what someone is."""


def find_person(after: Answer, pronoun: str) -> str | None:
    """Return the name that a pronoun such as "she" stands for after an answer.

    It is one that the question named, unless that asked for one, else one that the first quote
    speaks of, else a later one. Where several are named, one that the text itself calls by such a
    pronoun goes first, then one beside a word of the question, such as "chair".
    """
    question = after.full_question
    asked_for = after.reading.kind == "who" and not WHO_IS.match(question)
    if not asked_for and (named := _NAME.search(question, 1)):
        return named[0]
    feminine = bool(_SHE.fullmatch(pronoun))
    passages = [citation.passage for citation in after.citations]
    language = after.reading.language
    asked = {stem(word.lower, language) for word in own_matter(question)}
    for names in _named(after.citations):
        weights = {
            match[0]: _gendered(match[0], feminine)
            + 3 * _called(match[0], passages, feminine=feminine)
            + 2 * _tells(match, asked, language)
            for match in reversed(names)
            if match[0] not in question
        }
        # Of equals the one that is named first.
        best = max(reversed(weights), key=weights.__getitem__, default=None)
        if best is not None and weights[best] > 0:
            return best
    return None


def _named(citations: Iterable[Citation]) -> Iterator[list[re.Match[str]]]:
    """Yield names, the likeliest to be meant first; those of a list are weighed against others."""
    for citation in citations:
        yield [*_people(citation.quote)]
        yield [*_people(citation.title)]
        # A quote may say "he" of the one that was named last before it.
        before = citation.passage[: citation.quote_start - citation.start]
        yield from ([match] for match in reversed([*_people(before)]))
        yield [*_people(citation.passage)]


def _people(text: str) -> Iterator[re.Match[str]]:
    """Yield names that are likely to be those of people."""
    for match in _NAME.finditer(text):
        organisation = _ORGANISATION.match(text, match.end())
        if not organisation and not _AT_PLACE.search(text, 0, match.start()):
            yield match


def _gendered(name: str, feminine: bool) -> int:
    return 1 if feminine == bool(_WOMANS_NAME.match(name)) else -1


def _tells(name: re.Match[str], asked: set[str], language: str) -> bool:
    """Return whether what stands beside a name says what was asked for."""
    text = name.string
    after = _NAME.split(text[name.end() : name.end() + _BESIDE])[0]
    before = text[: name.start()].split()[-1:]
    beside = " ".join([*before, re.split(r"[;\n]", after)[0]])
    return any(stem(word.lower, language) in asked for word in own_matter(beside))


def _called(name: str, passages: list[str], *, feminine: bool) -> int:
    """Return how often such a pronoun follows a name, less how often another does."""
    wanted, other = (_SHE, _HE) if feminine else (_HE, _SHE)
    following = list(_after_name(name, passages))
    return sum(bool(wanted.search(text)) - bool(other.search(text)) for text in following)


def _after_name(name: str, passages: list[str]) -> Iterator[str]:
    """Yield what follows each mention of a name, until another is named."""
    for passage in passages:
        for match in re.finditer(re.escape(name), passage):
            yield _NAME.split(passage[match.end() : match.end() + _NEAR])[0]
