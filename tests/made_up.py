"""Builders of questions, answers, documents and hits for tests."""

from dataclasses import fields

from bot.evaluation.outcomes import Outcome
from bot.evaluation.questions import UNANSWERABLE, Golden
from bot.types import Answer, AnswerItem, Citation, Grade, Reading
from corpus.reading import read_document
from corpus.structure.sentences import sentence_spans
from corpus.types import Passage
from embeddings.types import (
    Hit,
    PassageEvidence,
    QuoteEvidence,
    Source,
    UnitVerdict,
    Verdict,
)


def golden(question="Vem?", *, docs=("a.md",), evidence=(), language="sv", kind="who", **known):
    """Return a question; with `docs=()` an unanswerable one."""
    defaults = {"id": question, "answer": "", "today": None, "unchecked": False}
    return Golden(
        question=question,
        documents=frozenset(docs),
        evidence=tuple(evidence),
        language=language,
        kind=kind if docs else UNANSWERABLE,
        **{**defaults, **known},
    )


NOTHING = golden("Vem vann?", docs=())


def citation(document="a.md", quote="Anna Ek valdes.", *, number=1, score=1.0):
    """Return a citation of a quote at the start of its document."""
    end = len(quote)
    return Citation(
        number, document, "Titel", None, "sv", "", None, quote, 0, end, quote, 0, end, score
    )


def items_of(cited, *texts):
    """Return items from the quote of a citation."""
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
    """Return the outcome of a question with these citations, or these as the nearest."""
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


def read(folder, source, name="a.md"):
    """Return a document as read from a file of the folder."""
    (folder / name).write_text(source, encoding="utf-8")
    return read_document(folder, folder / name)


def evidence(**named):
    """Return evidence for a quote; 0 if not given."""
    return QuoteEvidence(
        **{**dict.fromkeys((one.name for one in fields(QuoteEvidence)), 0.0), **named}
    )


def hit(document, quoted, *, score=1.0, **changes):
    """Return a hit that quotes a span of a document, whose passage is the whole document."""
    text = document.text
    units = tuple(sentence_spans(text, 0, len(text), document.language))
    start = text.index(quoted)
    fields = {
        "passage": Passage(document.path, 0, len(text), text, "", "", units),
        "source": Source(
            document.path, document.title, document.published, document.language, document.url
        ),
        "score": score,
        "quote": (start, start + len(quoted)),
        "answer": None,
        "strength": 0.0,
        "evidence": evidence(document=0.5),
        "matched": PassageEvidence(0.0, 0.5, 0.5, 0.5, 1.0, 0.0),
        "rendered": {},
        "rarity": {},
    }
    return Hit(**{**fields, **changes})


_LONG = 20
"""From this many characters on, a unit inside an answer is part of it."""


class KnowingReader:
    """A reader that has been told the answers, and rejects everything else with certainty."""

    name = fingerprint = "knowing"
    SURE = 8.0
    """Log-odds of an answer; its negative for everything else."""

    def __init__(self, **answers):
        """Store which text answers questions with a word in them; "_" stands for a space."""
        self._answers = {words.replace("_", " "): text for words, text in answers.items()}
        self.asked = []
        """Each question with the passages to be read for it."""

    def read(self, question, passages):
        """Return a verdict for each passage."""
        self.asked.append((question, tuple(passages)))
        known = [text for words, text in self._answers.items() if words in question.casefold()]
        return [self._judge(passage, known) for passage in passages]

    def _judge(self, passage, known):
        units = tuple(self._unit(passage.text, unit, known) for unit in passage.units)
        return Verdict(max(unit.score for unit in units), units)

    def _unit(self, text, unit, known):
        for answer in known:
            start = text.find(answer, *unit)
            if start >= 0:
                return UnitVerdict(self.SURE, (start, start + len(answer)), 1.0)
            if len(text[slice(*unit)]) > _LONG and text[slice(*unit)] in answer:
                return UnitVerdict(self.SURE, unit, 1.0)
        return UnitVerdict(-self.SURE, unit, 0.0)
