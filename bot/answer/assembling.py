"""Builds the answer from the quotes found: grades it, chooses how many to show, and writes it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from math import exp, inf
from typing import Final

from bot.answer.answer_text import Wording, compose_text, renumbered
from bot.answer.asked_question import AskedQuestion
from bot.answer.citations import cite, cite_span
from bot.answer.comparing.folding import Folded
from bot.answer.comparing.furniture import without_furniture
from bot.answer.confidence import SURE, confidence_of, grade_of, is_far_worse, missing_from
from bot.answer.finding import Found
from bot.answer.list_answer import ListAnswer
from bot.answer.settle_year import settle_year
from bot.question.two_parts import split_parts
from bot.types import Answer, AnswerItem, Citation, Grade
from corpus.dates.periods import is_long
from corpus.types import Period
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Hit, Scope

MOST_CITATIONS: Final = 5
_NEAREST: Final = 2
"""How many passages are shown if none supports an answer."""
_ENOUGH: Final = 0.85
"""Hits are shown until they have this share of the total likelihood."""
_OF_A_NUMBER: Final = 3
"""A number in the question with at least this many digits must occur in the answer."""
_SHARPNESS: Final = 12.0
"""Factor that turns a hit's score into a log-likelihood among the hits."""


def assemble(
    typed: str, asked: AskedQuestion, found: Found, index: PassageIndex, needed: float
) -> Answer:
    """Return the answer made of what was found."""
    settled = settle_year(asked.reading, found.citations, asked.year)
    missing = missing_from(asked.reading, found.seen)
    grade = _grade_of(asked, found, missing, needed)
    cited = list(settled.citations)
    items: tuple[AnswerItem, ...] = ()
    if (listed := found.listed) and cited:
        cited, items = _cite_lists(listed, cited)
        shown = len(listed.lists)
    else:
        shown = _count_needed(found.folded, grade, asked.query.periods)
        if found.perhaps and shown:
            cited, shown = _with_lists(found.perhaps, cited, shown)
    parts: tuple[tuple[int, str], ...] = ()
    if grade is Grade.ANSWER and not asked.leave_out:
        own = shown if items else 1
        cited, shown, parts = _with_second_part(asked, cited, own, shown, index, needed)
    every = renumbered(_quotable([*cited, *settled.set_aside], grade, index))
    citations = every[:shown] if grade is not Grade.NOT_FOUND else ()
    said = Wording(
        grade=grade,
        items=items if citations else (),
        asked=asked.wanted,
        is_whole=listed is not None and not listed.is_partial,
        checked=_checked(asked),
        others=found.others,
        missing=() if citations else missing,
        parts=parts,
        again=bool(asked.leave_out),
    )
    text = compose_text(settled.reading, citations, said)
    return Answer(
        question=typed,
        reading=settled.reading,
        text=f"{text}\n{settled.note}" if citations and settled.note else text,
        citations=citations,
        nearest=() if citations else every[:_NEAREST],
        confidence=max(found.confidence, SURE) if listed else found.confidence,
        missing=said.missing,
        seconds=0.0,
        further=every[shown:] if citations else every[_NEAREST:],
        items=said.items,
        complete=said.is_whole if said.items else None,
        grade=grade if citations else Grade.NOT_FOUND,
        other_years=settled.other_years if citations else (),
        shown_before=asked.leave_out,
    )


def _grade_of(asked: AskedQuestion, found: Found, missing: Sequence[str], needed: float) -> Grade:
    """Return how far the answer can be relied on, given what the question requires in vain."""
    if found.listed:
        return Grade.ANSWER
    lacked = [phrase for phrase in missing if phrase in asked.reading.insists]
    is_missing = any(map(_is_number, lacked)) or _checked(asked) in lacked
    if is_missing or _is_much_worse(asked, found.hits):
        return Grade.NOT_FOUND
    return grade_of(found.confidence, needed)


def _is_much_worse(asked: AskedQuestion, hits: Sequence[Hit]) -> bool:
    """Whether the remaining hits are far worse than those shown in earlier answers."""
    best = max((one.score for one in asked.leave_out), default=None)
    if best is None:
        return False
    left = max((one.score for one in hits), default=-inf)
    return is_far_worse(left, best)


def _is_number(phrase: str) -> bool:
    """Whether a phrase is an identifying number, such as a case number, and not a count."""
    return sum(map(str.isdigit, phrase)) >= _OF_A_NUMBER


def _cite_lists(
    listed: ListAnswer, cited: Sequence[Citation]
) -> tuple[list[Citation], tuple[AnswerItem, ...]]:
    """Return the citations, lists first, and the list entries that answer."""
    text = listed.document.text
    lists = [
        replace(
            cite_span(listed.hit, listed.document, one.quote),
            number=number,
            highlights=one.entries,
        )
        for number, one in enumerate(listed.lists, 1)
    ]
    items = tuple(
        AnswerItem(text[start:end], number, start, end)
        for number, one in enumerate(listed.lists, 1)
        for start, end in one.entries
    )
    others = [one for one in cited if not any(_overlap(one, new) for new in lists)]
    return [*lists, *others], items


def _quotable(cited: list[Citation], grade: Grade, index: PassageIndex) -> list[Citation]:
    """Return citations; if nothing was found, without furniture."""
    return without_furniture(cited, index.document) if grade is Grade.NOT_FOUND else cited


def _with_lists(
    perhaps: ListAnswer, cited: Sequence[Citation], shown: int
) -> tuple[list[Citation], int]:
    """Return the citations with other lists that may answer after those shown; and how many."""
    lists, _ = _cite_lists(perhaps, ())
    shown_before = [one for one in cited[:shown] if not any(_overlap(one, new) for new in lists)]
    others = [one for one in cited[shown:] if not any(_overlap(one, new) for new in lists)]
    return [*shown_before, *lists, *others], min(len(shown_before) + len(lists), MOST_CITATIONS)


def _count_needed(folded: Sequence[Folded], grade: Grade, periods: Sequence[Period]) -> int:
    """Return how many of the first hits to show: the fewest that likely contain the answer.

    For an open-ended period more are shown, since several may answer. Versions of one text are
    shown together; repeats don't count.
    """
    if grade is Grade.NOT_FOUND:
        return 0
    enough = 1.0 if any(map(is_long, periods)) else _ENOUGH
    scores: dict[int, float] = {}
    for one in folded:
        scores[one.matter] = max(one.hit.score, scores.get(one.matter, one.hit.score))
    best = max(scores.values(), default=0.0)
    likelihoods = {matter: exp(_SHARPNESS * (score - best)) for matter, score in scores.items()}
    total, so_far, count = sum(likelihoods.values()), 0.0, 0
    for matter, versions in groupby(folded, key=lambda one: one.matter):
        if so_far >= enough * total or matter not in likelihoods:
            break
        count += sum(1 for _ in versions)
        so_far += likelihoods.pop(matter)
    return min(count, MOST_CITATIONS)


def _with_second_part(
    asked: AskedQuestion,
    cited: list[Citation],
    first: int,
    shown: int,
    index: PassageIndex,
    needed: float,
) -> tuple[list[Citation], int, tuple[tuple[int, str], ...]]:
    """Return the citations with those for the second part of the question after the first."""
    parts = split_parts(asked.text)
    if parts is None or not cited:
        return cited, shown, ()
    within = Scope(document=cited[0].document)
    query = replace(asked.query, text=parts.second_in_full, scope=within)
    best = next(iter(index.search(query, 1)), None)
    if best is None or grade_of(confidence_of(asked.reading, best), needed) is not Grade.ANSWER:
        return cited, shown, ((1, parts.first_asks), (0, parts.second_asks))
    (second,) = cite([Folded(best)], index.document)
    if any(_overlap(one, second) for one in cited[:first]):
        return cited, shown, ()
    others = [one for one in cited[first:] if not _overlap(one, second)]
    says = ((1, parts.first_asks), (first + 1, parts.second_asks))
    return [*cited[:first], second, *others], max(shown, first + 1), says


def _checked(asked: AskedQuestion) -> str:
    """Return the person that the question checks for in a list; "" for none."""
    if not (asked.wanted and asked.wanted.is_check and asked.reading.insists):
        return ""
    return asked.reading.insists[0]


def _overlap(one: Citation, other: Citation) -> bool:
    return (
        one.document == other.document
        and one.quote_start < other.quote_end
        and other.quote_start < one.quote_end
    )
