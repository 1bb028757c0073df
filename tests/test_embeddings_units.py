"""Evidence for units, and the words of the clause that asks."""

from dataclasses import astuple, fields

import numpy as np
import pytest

from corpus.types import Passage
from corpus.words import content_words
from embeddings.search.asking_clause import asking_words
from embeddings.search.unit_evidence import Rendered, UnitEvidence, unit_table, units_of


def passage(*units: str, between: str = " ", start: int = 0) -> Passage:
    """Return a passage of units with something between them."""
    text = between.join(units)
    spans, place = [], start
    for unit in units:
        spans.append((place, place + len(unit)))
        place += len(unit) + len(between)
    return Passage("a.md", start, start + len(text), text, "", "", tuple(spans))


def test_units_know_their_text_and_what_they_are_joined_to():
    """Joined units have only white space between them, in the same passage."""
    one, two, three = units_of(
        [passage("Anna kom.", "Bo gick."), passage("Cia var där.", start=90)]
    )
    assert [unit.text for unit in (one, two, three)] == ["Anna kom.", "Bo gick.", "Cia var där."]
    assert [unit.is_joined for unit in (one, two, three)] == [False, True, False]
    assert units_of([passage("Anna kom.", "Bo gick.", between=" # ")])[1].is_joined is False


def table_of(matches, *, titles=0.0, focus=(1, 1), texts=("A.", "B.", "C?")) -> list[UnitEvidence]:
    """Return the evidence of three units and two words, the first being rarer."""
    units = units_of([passage(*texts)])
    rendered = Rendered(
        units=np.array(matches, dtype=np.float32),
        titles=np.full((3, 2), titles, dtype=np.float32),
        rarity=np.array([0.75, 0.25], dtype=np.float32),
        trust=np.ones(2, dtype=np.float32),
        focus=np.array(focus, dtype=np.float32),
        meaning=np.array([0.5, 0.25, 0.0], dtype=np.float32),
    )
    table = unit_table(units, rendered)
    assert table.shape == (3, len(fields(UnitEvidence)))
    return [UnitEvidence(*row) for row in table.tolist()]


def test_words_count_by_how_rare_they_are():
    """Support is the weighted share of the question, separate from the neighbours'."""
    first, second, third = table_of([[1, 0], [0, 1], [0, 0]])
    assert (first.support, second.support, third.support) == pytest.approx((0.75, 0.25, 0))
    assert (first.before, second.before, third.before) == pytest.approx((0, 0.75, 0.25))
    assert (first.around, second.around, third.around) == pytest.approx((1, 1, 0.25))
    assert (first.best, second.best, third.best) == pytest.approx((0.75, 0.25, 0))
    assert [one.meaning for one in (first, second, third)] == [0.5, 0.25, 0]


def test_a_word_of_the_title_need_not_be_said_again():
    """If the title has both words, support is still a share, and `around` is 1."""
    first, *_ = table_of([[1, 0], [0, 0], [0, 0]], titles=1.0)
    assert first.support == pytest.approx(0.75)
    assert first.around == 1


def test_the_clause_that_asks_counts_by_itself():
    """With only the second word in it, the unit with the other has no focus."""
    first, second, _ = table_of([[1, 0], [0, 1], [0, 0]], focus=(0, 1))
    assert (first.focus, second.focus) == (0, 1)
    assert (first.rare_focus, second.rare_focus) == (0, 1)


def test_a_word_that_every_unit_says_tells_little():
    """The word that only one unit has gets nearly all the weight."""
    first, second, _ = table_of([[1, 1], [1, 0], [1, 0]])
    assert second.rare_focus == pytest.approx(0.15 / (0.15 + 0.25 * (1 - 0.8 / 3)), rel=1e-3)
    assert first.rare_focus == 1


def test_a_question_and_what_comes_late_are_known():
    """Questions are marked, and positions count as logarithms."""
    first, second, third = table_of([[0, 0]] * 3)
    assert [one.is_question for one in (first, second, third)] == [0, 0, 1]
    assert [one.late for one in (first, second, third)] == pytest.approx([0, np.log(2), np.log(3)])
    assert not any(np.isnan(astuple(first)))


@pytest.mark.parametrize(
    ("question", "language", "asking"),
    [
        (
            "When the ministers met in Oslo, who chaired the harbour committee?",
            "en",
            {"chaired", "harbour", "committee"},
        ),
        ("Vilka bolag anmälde sig efter att hamnen stängdes?", "sv", {"bolag", "anmälde"}),
        ("Who spoke when the old bridge closed?", "en", {"spoke", "old", "bridge", "closed"}),
        ("bridge closed April", "en", {"bridge", "closed", "april"}),
    ],
)
def test_the_words_of_the_clause_that_asks(question: str, language: str, asking: set[str]):
    """Scene-setting clauses count less, unless hardly a word is left."""
    words = content_words(question, language)
    inside = {
        word for word, is_in in zip(words, asking_words(question, words), strict=True) if is_in
    }
    assert inside == asking


def test_a_question_without_words_has_no_clause():
    """It causes no error."""
    assert asking_words("?!", []).tolist() == []
