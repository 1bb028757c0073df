"""Outcomes of questions that nobody asked, for tests of what is made of outcomes."""

from bot.evaluation.outcomes import Outcome
from bot.evaluation.questions import UNANSWERABLE, Golden
from bot.types import Answer, AnswerItem, Citation, Grade, Reading


def golden(question="Vem?", *, docs=("a.md",), evidence=(), language="sv", kind="who", **known):
    """Return a question; with `docs=()` one that nothing answers."""
    defaults = {"id": question, "answer": "", "today": None, "unchecked": False}
    return Golden(
        question=question,
        documents=frozenset(docs),
        evidence=tuple(evidence),
        language=language,
        kind=kind if docs else UNANSWERABLE,
        **{**defaults, **known},
    )


def citation(document="a.md", quote="Anna Ek valdes.", *, number=1, score=1.0):
    """Return a citation of a quote that begins its document."""
    end = len(quote)
    return Citation(
        number, document, "Titel", None, "sv", "", None, quote, 0, end, quote, 0, end, score
    )


def items_of(cited, *texts):
    """Return items that stand in the quote of a citation."""
    places = [(text, cited.quote.index(text) + cited.quote_start) for text in texts]
    return tuple(AnswerItem(text, cited.number, at, at + len(text)) for text, at in places)


def outcome(
    asked,
    *cited,
    found=True,
    grade=Grade.ANSWER,
    confidence=0.5,
    seconds=0.1,
    names=(),
    items=(),
    complete=None,
    misquoted=(),
):
    """Return how a question went that got these citations, or these as the nearest."""
    answer = Answer(
        question=asked.question,
        reading=Reading(asked.language, asked.kind, ()),
        text="Enligt dokumenten: [1]" if found and cited else "Inget svar.",
        citations=cited if found else (),
        nearest=() if found else cited,
        confidence=confidence,
        seconds=seconds,
        generation="20260131T120000-ab12",
        items=items,
        complete=complete,
        grade=grade if found else Grade.NOT_FOUND,
    )
    return Outcome(asked, answer, tuple(misquoted), tuple(names))
