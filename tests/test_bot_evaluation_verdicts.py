"""What an answer is held against: quotes, names and items, each on a small case."""

from dataclasses import replace

import pytest
from made_up import NOTHING, citation, golden, items_of, outcome

from bot.evaluation.figures import measure
from bot.evaluation.matching import fold, is_named_in, stands_in
from bot.evaluation.outcomes import Verdict
from bot.evaluation.reference_names import names_in
from bot.evaluation.voice import contradictions
from bot.types import AnswerItem, Grade

# What an answer is held against


def test_a_quote_is_right_when_it_holds_the_evidence_or_lies_in_it():
    """Links count as their text; case, punctuation and line breaks don't matter."""
    asked = golden(evidence=["Mötet leddes av [Anna Ek](/anna), ordförande."])
    for quote, right in (
        ("mötet leddes av Anna\nEk – ordförande", True),
        ("I maj: Mötet leddes av Anna Ek, ordförande. Bo kom.", True),
        ("Anna Ek", True),
        ("Mötet leddes av Bo Ek", False),
    ):
        assert outcome(asked, citation(quote=quote)).quote_within(1) == right
    later = outcome(asked, citation(quote="Något annat."), citation(quote="Anna Ek", number=2))
    assert (later.quote_within(1), later.quote_within(5)) == (False, True)
    assert fold("[Anna](x) *Ek*, 3 §") == "anna ek 3"


@pytest.mark.parametrize(
    ("one", "verdict"),
    [
        (outcome(golden(), citation()), Verdict.RIGHT),
        (outcome(golden(evidence=["Bo Ek"]), citation()), Verdict.OTHER_QUOTE),
        (outcome(golden(), citation("b.md"), citation()), Verdict.LATER_DOCUMENT),
        (outcome(golden(), citation("b.md")), Verdict.OTHER_DOCUMENTS),
        (outcome(golden(), citation(), found=False), Verdict.REFUSED_WRONGLY),
        (outcome(NOTHING, citation(), found=False), Verdict.RIGHT),
        (outcome(NOTHING, citation()), Verdict.ANSWERED_IN_VAIN),
        (outcome(NOTHING, citation(), grade=Grade.MAY_ANSWER), Verdict.OFFERED_IN_VAIN),
        (outcome(golden(), citation(), grade=Grade.MAY_ANSWER), Verdict.RIGHT),
        (outcome(golden(), citation(), misquoted=[citation()]), Verdict.MISQUOTED),
        (
            outcome(golden(names=("Bo Ek",)), citation(), items=items_of(citation(), "Anna Ek")),
            Verdict.LISTED_WRONGLY,
        ),
        (
            outcome(golden(), citation(), items=items_of(citation("b.md", "Bo Ek"), "Bo Ek")),
            Verdict.CONTRADICTED,
        ),
    ],
    ids=lambda one: str(one) if isinstance(one, Verdict) else "",
)
def test_verdicts(one, verdict):
    """Each kind of error has its verdict, and "right" ranks highest."""
    assert one.verdict is verdict
    assert verdict.rank <= Verdict.RIGHT.rank


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ("Karin Lindqvist, Per-Olof Nyström och Ahmad Saleh",
         ["Karin Lindqvist", "Per-Olof Nyström", "Ahmad Saleh"]),
        ("Prime Minister Ulf Berg and the Minister Eva Ek", ["Ulf Berg", "Eva Ek"]),
        ("The minister for justice and the Police Authority", ["Police Authority"]),
        ("Finland, Norge och Island", ["Finland", "Norge", "Island"]),
        ("Lambda and the Campaign", ["Lambda", "Campaign"]),
        ("Latvia's adoption of it. Anna’s too", ["Latvia", "Anna"]),
        ("Sex steg. Planering behövs", []),
        ("42 000 kr", []),
    ],
)  # fmt: skip
def test_names_are_runs_of_capitalised_words(answer, names):
    """Titles and words that only start a sentence are not part of a name."""
    assert names_in(answer) == names


def test_a_name_stands_as_whole_words():
    """Part of a longer word does not match; a Swedish genitive does."""
    assert is_named_in("anna ek", "med anna eks hund")
    assert not is_named_in("anna ek", "med anna ekman")
    assert not is_named_in("anna ek", "johanna ek")


def test_evidence_stands_as_whole_words():
    """Part of another figure is not evidence, and neither is empty text."""
    asked = golden(evidence=["12"])
    assert outcome(asked, citation(quote="Vi var 12.")).quote_within(1)
    assert not outcome(asked, citation(quote="Året var 2012.")).quote_within(1)
    assert not outcome(
        golden(evidence=["–"]), citation(quote="Vi var – som alltid – 12.")
    ).quote_within(1)
    assert not stands_in("", "")


def test_names_of_the_question_file_are_taken_as_they_are():
    """They override the names in the known answer, for all kinds of questions."""
    asked = golden(kind="how_much", names=("Bo", "сковорода"), answer="Anna Ek")
    one = outcome(asked, citation(quote="Bo kom."), names=asked.names)
    assert one.names_given == ["Bo"]


# What an answer says in its own words

CAME = citation(quote="Kom: Anna Ek, ordförande; Bo Berg; Cia Dal.")


def came(*texts, known, complete=True, **changes):
    asked = golden(kind="list", names=known) if known is not None else golden(kind="list")
    return outcome(asked, CAME, items=items_of(CAME, *texts), complete=complete, **changes)


def test_items_are_held_against_the_known_names():
    """Of three items two are known; an entry may be longer than the name."""
    one = came("Anna Ek, ordförande", "Bo Berg", "Cia Dal",
               known=("Anna Ek", "Bo Berg", "Dan Ö", "Eva Ås"))  # fmt: skip
    assert [item.text for item in one.wrong_items] == ["Cia Dal"]
    figures = measure([one])
    assert figures["items right"] == pytest.approx(2 / 3)
    assert figures["names listed"] == 1 / 2
    assert (figures["lists whole"], figures["falsely complete"]) == (0, 1)


def test_a_list_is_whole_with_every_name():
    """An answer without items has no wrong ones, and is not whole."""
    whole = came("Anna Ek, ordförande", "Bo Berg", known=("Anna Ek", "Bo Berg"))
    silent = came(known=("Anna Ek",), complete=None)
    figures = measure([whole, silent])
    assert (figures["items right"], figures["names listed"]) == (1, pytest.approx(2 / 3))
    assert (figures["lists whole"], figures["falsely complete"]) == (1 / 2, 0)


def test_an_item_that_stands_in_the_evidence_is_right():
    """Where one person answers, the evidence names them and the list of known names is empty."""
    asked = golden(kind="who", names=(), evidence=["Kom: Anna Ek, ordförande"])
    one = outcome(asked, CAME, items=items_of(CAME, "Anna Ek", "Bo Berg"))
    assert [item.text for item in one.wrong_items] == ["Bo Berg"]


def test_any_item_is_wrong_where_nothing_answers():
    """The same if the list is known to be empty."""
    item = items_of(CAME, "Bo Berg")
    assert measure([outcome(NOTHING, CAME, items=item)])["items right"] == 0
    assert measure([came("Bo Berg", known=())])["items right"] == 0
    unknown = measure([came("Bo Berg", known=None)])
    assert not {"items right", "names listed", "lists whole", "falsely complete"} & unknown.keys()


@pytest.mark.parametrize(
    ("item", "proven"),
    [
        (items_of(CAME, "Bo Berg")[0], True),
        (AnswerItem("Bo Berg", 2, 26, 33), False),
        (AnswerItem("Bo Berg", 1, 25, 32), False),
        (AnswerItem("Eva Ås", 1, 26, 32), False),
        (AnswerItem("", 1, -3, 0), False),
    ],
)
def test_an_item_must_stand_in_the_quote_that_it_cites(item, proven):
    """At its offsets, word for word; otherwise it contradicts the quotes."""
    one = outcome(golden(), CAME, items=(item,))
    assert (contradictions(one.answer) == []) is proven
    assert measure([one])["words proven"] == proven


def test_a_marker_must_be_of_a_quote_that_is_shown():
    """[2] in an answer with one citation is an error."""
    answer = replace(outcome(golden(), CAME).answer, text="Enligt dokumenten: [1] [2]")
    assert contradictions(answer) == ["[2]"]


def test_names_given_are_those_of_the_cited_quotes():
    """The nearest passages of a refusal give no names."""
    quoted = citation(quote="Anna Ek och Bo Berg kom.")
    one = outcome(golden(), quoted, names=["Anna Ek", "Cia Dal", "Bo Berg"])
    assert one.names_given == ["Anna Ek", "Bo Berg"]
    assert outcome(golden(), quoted, found=False, names=["Anna Ek"]).names_given == []
