"""Whom an answer speaks of, so that "she" can be told by name."""

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
        # Of equals the one that is named first.
        best = max(reversed(weights), key=weights.__getitem__, default=None)
        if best is not None and weights[best] > 0:
            return best
    return None


def _named(citations: Iterable[Citation]) -> Iterator[tuple[str, list[Name]]]:
    """Yield texts with those they name, the likeliest to be meant first.

    Those of one text are weighed against each other.
    """
    for citation in citations:
        passage, quoted_from = citation.passage, citation.quote_start - citation.start
        yield citation.quote, _people(citation.quote)
        yield citation.title, _people(citation.title)
        # A quote may say "he" of the one that was named last before it.
        before = (one for one in _people(passage) if one.span[1] <= quoted_from)
        yield from ((passage, [one]) for one in reversed([*before]))
        yield passage, _people(passage)


def _people(text: str) -> list[Name]:
    return [one for one in find_names(text) if one.is_person]


def _gendered(name: str, feminine: bool) -> int:
    return 1 if feminine == bool(_WOMANS_NAME.match(name)) else -1


def _beside(text: str, one: Name, people: list[Name], language: str) -> set[str]:
    """Return the stems of the words that stand beside a name and may tell what someone is."""
    before = text[: one.span[0]].split()[-1:]
    after = _until_next(text, one, people, _BESIDE)
    beside = " ".join([*before, re.split(r"[;\n]", after)[0]])
    return {stem(word.lower, language) for word in own_matter(beside)}


def _called(name: str, passages: list[str], *, feminine: bool) -> int:
    """Return how often such a pronoun follows a name, less how often another does."""
    wanted, other = (_SHE, _HE) if feminine else (_HE, _SHE)
    following = list(_after_name(name, passages))
    return sum(bool(wanted.search(text)) - bool(other.search(text)) for text in following)


def _after_name(name: str, passages: list[str]) -> Iterator[str]:
    """Yield what follows each mention of a name, until another is named."""
    for passage in passages:
        people = _people(passage)
        yield from (_until_next(passage, one, people, _NEAR) for one in people if one.name == name)


def _until_next(text: str, one: Name, people: list[Name], longest: int) -> str:
    """Return what follows a name, up to where the next person is named."""
    end = one.span[1]
    starts = (other.span[0] for other in people if other.span[0] >= end)
    return text[end : min([end + longest, *starts])]
