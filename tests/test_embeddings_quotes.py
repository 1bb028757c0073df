"""The choice of quotes, with and without a reader, with scores computed by hand."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from made_up import KnowingReader, evidence

from corpus.types import Passage
from embeddings.search.document_units import TakenApart
from embeddings.search.quote_selection import (
    READ,
    WITH_READER,
    WITHOUT_READER,
    quotes_of,
    read_units,
)
from embeddings.search.second_reading import read_again
from embeddings.search.unit_evidence import UNIT_WEIGHTS, UnitEvidence, units_of
from embeddings.types import Source, UnitVerdict, Verdict

NEAR = 0.02
TEXTS = ("Anna Ek valdes.", "Hon tackade alla.", "Kaffe serverades.", "Bo Berg avgick i maj.")


def passage(texts, path="a.md", start=0, between=" "):
    text = between.join(texts)
    spans = []
    for unit in texts:
        begin = start + (spans[-1][1] - start + len(between) if spans else 0)
        spans.append((begin, begin + len(unit)))
    return Passage(path, start, start + len(text), text, "", "", tuple(spans))


def apart(passages, scores, title="Titel"):
    """Return a document split into units with the given scores."""
    units = units_of(passages)
    table = np.zeros((len(units), len(UnitEvidence.__slots__)), dtype=np.float32)
    place = UnitEvidence.__slots__.index("support")
    table[:, place] = np.array(scores, dtype=np.float32) / UNIT_WEIGHTS.support
    source = Source(passages[0].document, title, None, "sv", None)
    return TakenApart(source, units, table, {}, {})


def judged(question, documents, scores, reader):
    """Return the units of documents, for a question without a time."""
    return read_units(question, (), documents, scores, reader)


def found(**named):
    """Return the evidence in a document that matches by half, without a time."""
    return evidence(document=0.5, timely=0.5, **named)


def test_the_weighted_sum_of_named_evidence_is_the_score():
    """Each kind of evidence counts with its weight."""
    documents = {"a.md": apart([passage(TEXTS)], [1, 2, 3, 4])}
    units = judged("Vem?", documents, {"a.md": 0.5}, None)
    assert [one.evidence for one in units] == [
        found(unit=pytest.approx(match), passage_read=0.0, unit_read=0.0) for match in (1, 2, 3, 4)
    ]
    assert units[1].score(
        evidence(document=2.0, unit=3.0, passage_read=5.0, unit_read=7.0)
    ) == pytest.approx(1 + 6)
    assert (units[0].verdict, units[0].answer) == (None, None)


def test_without_a_reader_the_best_match_is_quoted_first():
    """Quotes come best first, with their scores, without overlaps."""
    documents = {
        "a.md": apart([passage(TEXTS)], [1, 9, 30, 60]),
        "b.md": apart([passage(["Cia Dal kom."], "b.md")], [0]),
    }
    units = judged("Vem?", documents, {"a.md": 0.5, "b.md": 2.0}, None)
    quotes = quotes_of(units, documents, WITHOUT_READER, NEAR)
    weights, timely = WITHOUT_READER, WITHOUT_READER.timely / 2
    assert [(one.unit.path, round(one.score - timely, 3)) for one in quotes] == [
        ("b.md", 2.0),
        *(("a.md", round(0.5 + weights.unit * match, 3)) for match in (60, 30, 9)),
    ]
    spans = sorted(one.span for one in quotes if one.unit.path == "a.md")
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_a_sentence_that_leans_back_is_quoted_with_the_one_before():
    """The sentence before says who "she" is."""
    documents = {"a.md": apart([passage(TEXTS)], [1, 90, 30, 60])}
    units = judged("Vem?", documents, {"a.md": 0.5}, None)
    first = quotes_of(units, documents, WITHOUT_READER, NEAR)[0]
    start, end = first.span
    assert first.passage.text[start:end] == "Anna Ek valdes. Hon tackade alla."
    assert first.unit.place == 1


def test_a_neighbour_that_answers_nearly_as_well_is_quoted_too():
    """Within `near` of the best, but not across a gap or beyond the maximum length."""
    documents = {"a.md": apart([passage(TEXTS)], [1, 1, 60, 60.5])}
    units = judged("Vem?", documents, {"a.md": 0.5}, None)
    start, end = quotes_of(units, documents, WITHOUT_READER, NEAR)[0].span
    assert passage(TEXTS).text[start:end] == "Kaffe serverades. Bo Berg avgick i maj."
    parted = {"a.md": apart([passage(TEXTS, between=" # ")], [1, 1, 60, 60.5])}
    start, end = quotes_of(units, parted, WITHOUT_READER, NEAR)[0].span
    assert end - start == len(TEXTS[3])


def test_the_reader_decides_among_units_of_one_passage():
    """Its verdict is the evidence, its span the answer, as document offsets."""
    late = replace(passage(TEXTS, start=1000), document="a.md")
    documents = {"a.md": apart([late], [9, 9, 9, 1])}
    reader = KnowingReader(avgick="Bo Berg")
    units = judged("Vem avgick?", documents, {"a.md": 0.5}, reader)
    assert [one.evidence for one in units] == [
        found(unit=pytest.approx(9), passage_read=8.0, unit_read=-8.0),
        found(unit=pytest.approx(9), passage_read=8.0, unit_read=-8.0),
        found(unit=pytest.approx(9), passage_read=8.0, unit_read=-8.0),
        found(unit=pytest.approx(1), passage_read=8.0, unit_read=8.0),
    ]
    best = quotes_of(units, documents, WITH_READER, NEAR)[0]
    weights = WITH_READER
    told = 0.5 * weights.document + 0.5 * weights.timely + 1 * weights.unit
    assert best.score == pytest.approx(told + 8 * weights.passage_read + 8 * weights.unit_read)
    start, end = best.unit.answer
    assert late.text[start - 1000 : end - 1000] == "Bo Berg"
    assert best.unit.verdict.strength == 1


def test_the_reader_sees_what_stands_over_a_passage():
    """It gets the document's title, and units as offsets into the text."""
    documents = {"a.md": apart([passage(TEXTS, start=50)], [1, 1, 1, 1], title="Årsmötet")}
    reader = KnowingReader()
    judged("Vem?", documents, {"a.md": 0.5}, reader)
    ((question, (read,)),) = reader.asked
    assert question == "Vem?"
    assert "Årsmötet" in read.head
    assert [read.text[start:end] for start, end in read.units] == list(TEXTS)


def test_only_the_likeliest_passages_are_read():
    """The first in the search's order; unread units are not quoted."""
    documents = {
        f"{n}.md": apart([passage([f"Mening {n}."], f"{n}.md")], [0]) for n in range(READ + 6)
    }
    scores = {path: float(place) for place, path in enumerate(documents)}
    reader = KnowingReader()
    units = judged("Vem?", documents, scores, reader)
    ((_, read),) = reader.asked
    assert [one.text for one in read] == [f"Mening {n}." for n in range(READ + 5, 5, -1)]
    assert len(units) == READ


def test_a_long_document_leaves_room_for_others():
    """With several documents, none takes all that is read; a single one does."""
    long = apart([passage([f"Rad {n}."], start=100 * n) for n in range(READ + 6)], [9] * (READ + 6))
    short = apart([passage(["Kort."], "b.md")], [0])
    reader = KnowingReader()
    units = judged("Vem?", {"a.md": long, "b.md": short}, {"a.md": 0.9, "b.md": 0.1}, reader)
    assert [one.path for one in units].count("b.md") == 1
    assert len(judged("Vem?", {"a.md": long}, {"a.md": 0.9}, reader)) == READ


def test_a_long_passage_is_read_around_its_best_unit():
    """At most 900 characters, in whole units."""
    texts = [f"Mening nummer {n} är ganska lång, men säger inte mycket alls." for n in range(60)]
    documents = {"a.md": apart([passage(texts)], [90.0 if n == 40 else 0.0 for n in range(60)])}
    reader = KnowingReader()
    judged("Vem?", documents, {"a.md": 0.5}, reader)
    first = reader.asked[0][1][0]
    assert texts[40] in first.text
    assert len(first.text) <= 900
    assert {first.text[start:end] for start, end in first.units} <= set(texts)


class _TakesWholes:
    """A reader that accepts only a text that is an answer and nothing else."""

    name = fingerprint = "takes wholes"

    def __init__(self, answer):
        self._answer = answer

    def read(self, question, passages):
        """Return a verdict for each passage."""
        return [
            Verdict(4.0 if one.text == self._answer else -4.0, (UnitVerdict(0.0, (0, 1), 0.0),))
            for one in passages
        ]


def test_the_likeliest_quotes_are_judged_by_themselves_as_well():
    """A quote that answers alone ranks above one that needs its neighbours."""
    documents = {"a.md": apart([passage(TEXTS)], [4, 3, 2, 1])}
    units = judged("Vem?", documents, {"a.md": 0.5}, None)
    quotes = quotes_of(units, documents, WITHOUT_READER, 0.0)
    first, second = (TEXTS[quotes[place].unit.place] for place in (0, 1))
    again = read_again("Vem?", quotes, documents, _TakesWholes(second))
    assert (TEXTS[again[0].unit.place], again[0].unit.evidence.read_alone) == (second, 4.0)
    assert [TEXTS[one.unit.place] for one in again].index(first) > 0
