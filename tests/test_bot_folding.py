"""Copies are merged into one citation; versions are shown together, newest first."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from bridge_texts import LATER, MARCH, MOVED, QUOTE, REST

from bot.answer.answer_text import Wording, compose_text
from bot.answer.answerer import Answerer
from bot.answer.citations import cite
from bot.answer.comparing.folding import fold_duplicates
from bot.types import Grade, Reading
from corpus.structure.sentences import sentence_spans
from corpus.types import Document, Passage, Period
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.models.loading import load_reader
from embeddings.models.static import StaticEmbedder
from embeddings.types import Hit, PassageEvidence, QuoteEvidence, Source


def hit(text, quoted, score, path="a.md", published=MARCH, timely=0.0):
    """Return a hit in a document of one passage, quoting a span of it."""
    passage = Passage(path, 0, len(text), text, "", "", sentence_spans(text, 0, len(text), "sv"))
    start = text.index(quoted)
    unit = next(unit for unit in passage.units if unit[0] <= start < unit[1])
    return Hit(
        passage=passage,
        source=Source(path, "Bron", published, "sv", None),
        score=score,
        quote=unit,
        answer=None,
        strength=0.0,
        evidence=QuoteEvidence(0.0, 0.0, 0.0, 0.0, 0.0, timely=0.5),
        matched=PassageEvidence(0.0, 0.0, 0.0, 0.0, timely, 0.0),
        rendered={},
        rarity={},
    )


def fold(*hits, times=(), **how):
    return fold_duplicates(hits, "När stängs bron?", times, **how)


def test_copies_fold_into_one_citation():
    """A quote is shown once, with all other documents that contain it word for word."""
    text = QUOTE + REST
    hits = [
        hit(text, QUOTE, 0.9),
        hit(text.replace(" ", "\n", 3), "Bron\nstängs", 0.8, "b.md", LATER),
        hit(text, "Arbetet kostar", 0.7, "b.md", LATER),
        hit(MOVED, MOVED, 0.6, "c.md"),
    ]
    first, second, work = fold(*hits)
    assert (first.hit, first.also_in) == (hits[0], ("b.md",))
    assert (second.hit, second.also_in) == (hits[3], ())
    assert (work.hit, work.also_in) == (hits[2], ("a.md",))


def test_also_in_is_said_of_the_very_words_alone():
    """Near repeats come last, and are not listed as copies."""
    again = QUOTE.replace("7 april", "7 april 2025")
    hits = [hit(QUOTE, QUOTE, 0.9), hit(again, "Bron", 0.8, "b.md"), hit(REST, "Bron", 0.1, "c.md")]
    assert [(one.hit.source.path, one.also_in) for one in fold(*hits)] == [
        ("a.md", ()),
        ("c.md", ()),
        ("b.md", ()),
    ]


def test_versions_stand_together_the_newest_first():
    """In any order of hits; each says where it differs, and lists its copies."""
    hits = [
        hit(QUOTE + REST, QUOTE, 0.9),
        hit(MOVED + REST, "Arbetet kostar", 0.7, "b.md", LATER),
        hit(MOVED + REST, MOVED, 0.6, "c.md", LATER),
    ]
    newer, older, work = fold(*hits)
    assert (newer.hit.source.path, newer.also_in) == ("b.md", ("c.md",))
    assert [newer.hit.passage.text[slice(*span)] for span in newer.differs_in] == ["den 14 april"]
    assert (older.hit, older.also_in) == (hits[0], ())
    assert [older.hit.passage.text[slice(*span)] for span in older.differs_in] == ["den 7 april"]
    assert newer.matter == older.matter != work.matter
    assert (work.hit, work.also_in) == (hits[1], ("a.md", "c.md"))


def year(number, *, recurring=False):
    return Period(date(number, 1, 1), date(number, 12, 31), str(number), recurring)


def paths(folded):
    return [one.hit.source.path for one in folded]


def test_of_a_time_asked_about_its_own_version_is_shown():
    """Versions of another year come last; if all match, the order is kept."""
    older, newer = hit(QUOTE, QUOTE, 0.9), hit(MOVED, MOVED, 0.8, "b.md", "2026-03-18")
    shown, aside = fold(older, newer, times=[year(2025)])
    assert (shown.hit, aside.hit) == (older, newer)
    assert shown.differs_in == aside.differs_in == ()
    assert paths(fold(older, newer, times=[year(2026)])) == ["b.md", "a.md"]
    same_year = hit(MOVED, MOVED, 0.8, "b.md", LATER)
    assert paths(fold(older, same_year, times=[year(2025)])) == ["a.md", "b.md"]
    assert paths(fold(older, newer, times=[year(2019)])) == ["a.md", "b.md"]


def test_a_title_tells_the_year_before_the_day_of_publication_does():
    """The report of 2024 may have been published in 2025."""
    report = hit(QUOTE, QUOTE, 0.8, "b.md", LATER)
    report = replace(report, source=replace(report.source, title="Bron 2024"))
    assert paths(
        fold(hit(MOVED, MOVED, 0.9, "a.md", "2024-06-01"), report, times=[year(2024)])
    ) == [
        "b.md",
        "a.md",
    ]


def test_a_month_without_a_year_means_the_latest():
    """Of the matching versions the newest comes first; those of another month come last."""
    hits = [
        hit(QUOTE, QUOTE, 0.9, timely=1.0),
        hit(MOVED, MOVED, 0.8, "b.md", LATER, timely=1.0),
        hit(MOVED.replace("14", "28"), "Bron", 0.7, "c.md", "2025-05-05"),
    ]
    times = [Period(date(2025, 3, 1), date(2025, 3, 31), "mars", recurring=True)]
    assert paths(fold(*hits, times=times)) == ["b.md", "a.md", "c.md"]
    assert paths(fold(*hits, times=times, in_order=True)) == ["a.md", "b.md", "c.md"]


def told(*hits, kind="when", language="en"):
    """Return the last line of the answer that cites some hits."""

    def opened(path):
        text = next(one.passage.text for one in hits if one.source.path == path)
        return Document(path, text, (), "Bron", None, "sv", None, "")

    citations = cite(fold(*hits), opened)
    said = Wording(grade=Grade.ANSWER)
    return compose_text(Reading(language, kind, ()), citations, said).splitlines()[-1]


def test_the_answer_tells_what_the_newer_says():
    """In the words of the quotes; with three versions, of each."""
    hits = [hit(QUOTE, QUOTE, 0.9), hit(MOVED, MOVED, 0.8, "b.md", LATER)]
    assert told(*hits) == (
        "[1] (18 March 2025) is newer and says “den 14 april”; "
        "[2] (4 March 2025) said “den 7 april”."
    )
    last = QUOTE.replace("7", "28")
    assert told(*hits, hit(last, last, 0.7, "c.md", "2025-04-01"), language="sv") == (
        "[1] (1 april 2025) är nyare och säger ”den 28 april”; "
        "[2] (18 mars 2025) sa ”den 14 april”; [3] (4 mars 2025) sa ”den 7 april”."
    )


def test_the_answer_claims_no_order_without_dates():
    """Both are stated side by side."""
    hits = [hit(QUOTE, QUOTE, 0.9, published=None), hit(MOVED, MOVED, 0.8, "b.md", None)]
    assert told(*hits) == "[1] says “den 7 april”; [2] says “den 14 april”."


def test_who_was_named_before_is_not_told():
    """People in an older version are only in its quote."""
    old, new = "Badvakt i juni är Alma Strand.", "Badvakt i juni är Edvin Holm."
    hits = [hit(old, old, 0.9), hit(new, new, 0.8, "b.md", LATER)]
    assert told(*hits, kind="who") == (
        "[1] (18 March 2025) is newer and says “Edvin Holm”; "
        "[2] (4 March 2025) said something else."
    )
    undated = [replace(one, source=replace(one.source, published=None)) for one in hits]
    assert told(*undated, kind="who") == "These differ: [1] [2]"


@pytest.mark.parametrize(
    ("question", "said", "otherwise"),
    [
        ("Vem är badvakt?", "Karin Ek är badvakt.", "Olle Ask är badvakt."),
        ("Vem leder mötet?", "Mötet leds av Anna Berg.", "Mötet leds av Anna Borg."),
        ("Vem får delta i loppet?", "Alla får delta i loppet.", "Ingen får delta i loppet."),
        ("Who runs the kiosk?", "The kiosk is run by Ann Hill.", "The kiosk is run by Tom Ford."),
    ],
)
def test_who_is_told_otherwise_elsewhere_is_not_told_alone(tmp_path, question, said, otherwise):
    """However sure the reader is of one, the other is shown beside it."""
    rest = " Uppgifterna gäller hela föreningen i Norrby, och har tagits fram under året."
    for name, day, text in (("a", MARCH, said), ("b", LATER, otherwise)):
        file = tmp_path / "documents" / f"{name}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"# Sida\n\nPublicerad {day}\n\n{text}{rest}\n", encoding="utf-8")
    model = StaticEmbedder()
    build_index(file.parent, tmp_path / "store", model, progress=lambda *_: None)
    with closing(Answerer(Store(tmp_path / "store"), model, reader=load_reader(None))) as answerer:
        answer = answerer.answer(question)
    quoted = " ".join(one.quote for one in answer.citations)
    assert said in quoted
    assert otherwise in quoted
    assert not answer.items
