"""Finds the person that a pronoun such as "she" refers to."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.question.follow_up.question_words import own_matter
from bot.types import Answer, Citation
from corpus.languages.base import compiled
from corpus.languages.known import all_of, either
from corpus.names.finding import Name, find_names
from corpus.words import stem

WHO_IS: Final = re.compile(rf"(?:{either(lambda w: w.follow_ups.who_is)}) [A-ZÅÄÖÉÜ]")
"""A question that names the person it is about."""
_HE: Final = compiled("|".join(all_of(lambda w: w.follow_ups.he)))
_SHE: Final = compiled("|".join(all_of(lambda w: w.follow_ups.she)))
_WOMANS_NAME: Final = re.compile(rf"\S+(?:{either(lambda w: w.follow_ups.womans_name)})(?:-\S+)? ")
_NEAR: Final = 400
"""Within this many characters a pronoun refers to the name before it."""
_BESIDE: Final = 40
"""Within this many characters a word describes a person."""


def find_person(after: Answer, pronoun: str) -> str | None:
    """Return the name that a pronoun such as "she" refers to after an answer.

    Candidates are the names in the question (unless it asked for one), then those in the first
    quote, then later ones. Among several, one that the text itself refers to with such a pronoun
    comes first, then one near a word of the question, such as "chair".
    """
    question = after.full_question
    asked_for = after.reading.kind == "who" and not WHO_IS.match(question)
    if not asked_for and (named := _people(question)):
        return named[0].name
    feminine = bool(_SHE.fullmatch(pronoun))
    passages = [citation.passage for citation in after.citations]
    language = after.reading.language
    asked = {stem(word.lower, language) for word in own_matter(question)}
    for text, people in _named(after.citations):
        weights = {
            one.name: _gendered(one.name, feminine)
            + 3 * _called(one.name, passages, feminine=feminine)
            + 2 * bool(asked & _beside(text, one, people, language))
            for one in reversed(people)
            if one.name not in question
        }
        # Among equals, the one named first.
        best = max(reversed(weights), key=weights.__getitem__, default=None)
        if best is not None and weights[best] > 0:
            return best
    return None


def _named(citations: Iterable[Citation]) -> Iterator[tuple[str, list[Name]]]:
    """Yield texts with the names in them, the likeliest referents first.

    Names in one text are compared with each other.
    """
    for citation in citations:
        passage, quoted_from = citation.passage, citation.quote_start - citation.start
        yield citation.quote, _people(citation.quote)
        yield citation.title, _people(citation.title)
        # In a quote, "he" may refer to the last name before it.
        before = (one for one in _people(passage) if one.span[1] <= quoted_from)
        yield from ((passage, [one]) for one in reversed([*before]))
        yield passage, _people(passage)


def _people(text: str) -> list[Name]:
    return [one for one in find_names(text) if one.is_person]


def _gendered(name: str, feminine: bool) -> int:
    return 1 if feminine == bool(_WOMANS_NAME.match(name)) else -1


def _beside(text: str, one: Name, people: list[Name], language: str) -> set[str]:
    """Return the stems of words near a name that may describe the person."""
    before = text[: one.span[0]].split()[-1:]
    after = _until_next(text, one, people, _BESIDE)
    beside = " ".join([*before, re.split(r"[;\n]", after)[0]])
    return {stem(word.lower, language) for word in own_matter(beside)}


def _called(name: str, passages: list[str], *, feminine: bool) -> int:
    """Return how often a pronoun of that gender follows a name, minus how often the other does."""
    wanted, other = (_SHE, _HE) if feminine else (_HE, _SHE)
    following = list(_after_name(name, passages))
    return sum(bool(wanted.search(text)) - bool(other.search(text)) for text in following)


def _after_name(name: str, passages: list[str]) -> Iterator[str]:
    """Yield the text after each mention of a name, up to the next name."""
    for passage in passages:
        people = _people(passage)
        yield from (_until_next(passage, one, people, _NEAR) for one in people if one.name == name)


def _until_next(text: str, one: Name, people: list[Name], longest: int) -> str:
    """Return the text after a name, up to the next person's name."""
    end = one.span[1]
    starts = (other.span[0] for other in people if other.span[0] >= end)
    return text[end : min([end + longest, *starts])]
