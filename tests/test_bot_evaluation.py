"""Evaluation: each figure, threshold and verdict checked on a small case."""

import json
from dataclasses import replace
from datetime import date

import pytest
from made_up import citation, golden, items_of, outcome

from bot.cli.eval_arguments import _EXPLAINED
from bot.evaluation.calibration import (
    calibration_error,
    refusal_area,
    refusal_curve,
    refused_at_most,
    reliability,
)
from bot.evaluation.figures import FIGURES, groups_of, measure
from bot.evaluation.matching import fold, is_named_in, stands_in
from bot.evaluation.outcomes import Verdict
from bot.evaluation.paired_test import loss_by_chance
from bot.evaluation.questions import Golden, checked, load_golden
from bot.evaluation.reference_names import names_in
from bot.evaluation.report.table import comparison_as_lines, results_as_lines
from bot.evaluation.requirements import read_requirement
from bot.evaluation.results import EarlierResults, Results
from bot.evaluation.run_diff import compare
from bot.evaluation.voice import contradictions
from bot.types import AnswerItem, Grade
from corpus.errors import UserError

NOTHING = golden("Vem vann?", docs=())


def written(folder, *rows):
    path = folder / "golden.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows))
    return path


# The question file


def test_a_question_with_all_that_may_be_known(tmp_path):
    """Every field of a row is kept as written."""
    row = {
        "id": 7, "lang": "en", "question": "Who came?", "docs": ["b.md", "a.md"], "kind": "list",
        "evidence": ["Anna came."], "answer": "Anna", "today": "2026-01-31", "names": ["Anna"],
    }  # fmt: skip
    assert load_golden(written(tmp_path, row)) == [
        Golden("7", "Who came?", "en", "list", frozenset({"a.md", "b.md"}), ("Anna came.",), "Anna",
               date(2026, 1, 31), unchecked=False, names=("Anna",))
    ]  # fmt: skip


def test_what_is_left_out_is_read_from_the_question(tmp_path):
    """Language and kind come from the question, the id from the line; empty lines are skipped."""
    path = written(
        tmp_path,
        {"question": "Vem valdes till kassör?", "docs": ["a.md"]},
        "",
        '{"question": "When does it\u2028open?", "docs": []}',
    )
    first, second = load_golden(path)
    assert (first.id, first.language, first.kind) == ("line 1", "sv", "who")
    assert (second.id, second.language, second.kind) == ("line 3", "en", "unanswerable")
    assert (second.question, second.answerable) == ("When does it open?", False)
    assert first.names is second.names is None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{}", '"question" is missing'),
        ("[]", "it is not a JSON object"),
        ("{", "it is not JSON"),
        ('{"question": "Vem?"}', '"docs" is missing'),
        ('{"question": "Vem?", "docs": "a.md"}', '"docs" must be a list of texts'),
        ('{"question": 5, "docs": []}', '"question" must be a text'),
        ('{"question": "Vem?", "docs": [], "today": "i går"}', "Invalid isoformat"),
        ('{"question": "Vem?", "docs": [], "names": "Bo"}', '"names" must be a list of texts'),
        ('{"question": "?!", "docs": []}', "Ask a question in words"),
    ],
)
def test_a_wrong_row_is_named_with_what_is_wrong(tmp_path, row, reason):
    """The message has the line and the error."""
    path = written(tmp_path, {"question": "Vem?", "docs": []}, row)
    with pytest.raises(UserError, match=rf"Line 2 of .*golden\.jsonl.*{reason}"):
        load_golden(path)


def test_unchecked_questions_count_for_nothing(tmp_path):
    """Unchecked rows are skipped; a file with only those is an error."""
    guess = {"question": "Vem?", "docs": ["a.md"], "unchecked": True}
    path = written(tmp_path, guess, {"question": "När?", "docs": ["a.md"]})
    assert [one.question for one in checked(load_golden(path), path)] == ["När?"]
    path = written(tmp_path, guess)
    with pytest.raises(UserError, match="Nobody has checked the questions"):
        checked(load_golden(path), path)


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


def test_what_only_may_answer_is_counted_apart():
    """It counts as found and claims nothing: for unanswerable questions as good as a refusal."""
    may = {"grade": Grade.MAY_ANSWER}
    figures = measure(
        [
            outcome(golden(), citation()),
            outcome(golden(), citation(), **may),
            outcome(NOTHING, citation(), **may),
            outcome(NOTHING, citation(), found=False),
            outcome(NOTHING, citation()),
        ]
    )
    assert (figures["refused rightly"], figures["refused wrongly"]) == (pytest.approx(1 / 3), 0)
    assert figures["held back rightly"] == pytest.approx(2 / 3)
    assert figures["held back wrongly"] == 1 / 2


@pytest.mark.parametrize(
    ("lost", "gained", "chance"),
    [(0, 0, 1), (1, 0, 1 / 2), (5, 0, 1 / 32), (0, 5, 1), (3, 1, 5 / 16), (5, 5, 638 / 1024)],
)
def test_a_loss_is_held_against_chance(lost, gained, chance):
    """The exact probability of losing that many of the changed questions by coin toss."""
    assert loss_by_chance(lost, gained) == pytest.approx(chance)


def test_names_given_are_those_of_the_cited_quotes():
    """The nearest passages of a refusal give no names."""
    quoted = citation(quote="Anna Ek och Bo Berg kom.")
    one = outcome(golden(), quoted, names=["Anna Ek", "Cia Dal", "Bo Berg"])
    assert one.names_given == ["Anna Ek", "Bo Berg"]
    assert outcome(golden(), quoted, found=False, names=["Anna Ek"]).names_given == []


# Figures


def test_figures_of_a_small_case():
    """Every figure has the value computed by hand."""
    evident = golden(evidence=["Anna Ek valdes."])
    outcomes = [
        outcome(evident, citation(), confidence=0.9, seconds=0.1, names=["Anna Ek", "Bo Berg"]),
        outcome(evident, citation("b.md", "x" * 35), citation(), confidence=0.7, seconds=0.2),
        outcome(golden(), citation(), found=False, confidence=0.3, seconds=0.3),
        outcome(NOTHING, citation(), found=False, confidence=0.1, seconds=0.4),
        outcome(NOTHING, citation("c.md", "y" * 40), confidence=0.5, seconds=0.9,
                misquoted=[citation("c.md")]),
    ]  # fmt: skip
    assert measure(outcomes) == pytest.approx(
        {
            "document first": 1 / 3,
            "document in five": 2 / 3,
            "quote first": 1 / 2,
            "quote in five": 1,
            "quotes valid": 5 / 6,
            "quote length": (15 + 35 + 40) / 3,
            "words proven": 1,
            "refused rightly": 1 / 2,
            "refused wrongly": 1 / 3,
            "held back rightly": 1 / 2,
            "held back wrongly": 1 / 3,
            "names given": 1 / 2,
            "median seconds": 0.3,
            "slow seconds": 0.9,
            "refusal area": 5 / 6,
            # 0.9 is right, 0.7 and 0.5 are not.
            "calibration error": (0.1 + 0.7 + 0.5) / 3,
        }
    )


def test_figures_without_a_base_are_left_out():
    """Undefined shares are left out."""
    figures = measure([outcome(NOTHING, found=False)])
    assert figures.keys() == {
        "refused rightly", "held back rightly", "median seconds", "slow seconds",
    }  # fmt: skip
    assert measure([]) == {}


def test_groups_are_all_then_languages_then_kinds():
    """Unanswerable questions are a kind of their own."""
    groups = groups_of(
        [
            outcome(golden(language="sv")),
            outcome(golden(language="en", kind="when")),
            outcome(NOTHING),
        ]
    )
    assert {name: len(held) for name, held in groups.items()} == {
        "all": 3, "en": 1, "sv": 2, "unanswerable": 1, "when": 1, "who": 1,
    }  # fmt: skip
    assert list(groups)[:3] == ["all", "en", "sv"]


def test_the_help_explains_each_figure():
    """The help text explains all figures, and no others."""
    explained = _EXPLAINED.partition("each kind:\n")[2].partition("\n\n")[0]
    names = [line[2:21].strip() for line in explained.splitlines() if line[2] != " "]
    assert names == [figure.name for figure in FIGURES]


# Refusals and confidence


def asked_with(*confidences, nothing=()):
    return [outcome(golden(), citation(), confidence=one) for one in confidences] + [
        outcome(NOTHING, citation(score=one), confidence=one) for one in nothing
    ]


def confidence_of(one):
    return one.answer.confidence


def test_the_area_is_how_often_the_answerable_is_ahead():
    """The share of pairs in which the answerable question has more; ties count half."""
    assert refusal_area(asked_with(0.8, 0.9, nothing=(0.1, 0.2)), confidence_of) == 1
    assert refusal_area(asked_with(0.1, nothing=(0.9,)), confidence_of) == 0
    assert refusal_area(asked_with(0.5, 0.5, nothing=(0.5,)), confidence_of) == 0.5
    assert refusal_area(
        asked_with(0.2, 0.6, nothing=(0.2, 0.4, 0.5)), confidence_of
    ) == pytest.approx((0.5 + 3) / 6)
    assert refusal_area(asked_with(0.5), confidence_of) is None


def test_the_curve_tells_what_each_threshold_refuses():
    """It starts where nothing is refused and ends where all is."""
    curve = refusal_curve(asked_with(0.2, 0.6, nothing=(0.2, 0.4)), confidence_of)
    assert [(one.rightly, one.wrongly) for one in curve] == [(0, 0), (0.5, 0.5), (1, 0.5), (1, 1)]
    assert [one.threshold for one in curve[:3]] == [0.2, 0.4, 0.6]
    assert refused_at_most(curve, 0.1).rightly == 0
    assert refused_at_most(curve, 0.5).threshold == 0.6


def test_reliability_is_of_answers_alone():
    """Answers are binned by tenths; answers to unanswerable questions are wrong."""
    outcomes = [
        *asked_with(0.95, 1.0, nothing=(0.91,)),
        outcome(golden(), citation("b.md"), confidence=0.15),
        outcome(golden(), citation(), found=False, confidence=0.05),
    ]
    low, high = reliability(outcomes)
    assert (low.low, low.answers, low.right) == (0.1, 1, 0)
    assert (high.high, high.answers, high.right) == (1.0, 3, pytest.approx(2 / 3))
    apart = 3 * (0.95 + 1 + 0.91) / 3 - 2
    assert calibration_error(outcomes) == pytest.approx((apart + 0.15) / 4)
    assert calibration_error([outcome(NOTHING, found=False)]) is None


# Requirements and comparisons

RESULTS = Results.of(
    [
        outcome(golden("Vem?", evidence=["Anna Ek"]), citation(), confidence=0.75),
        outcome(golden("Who?", language="en"), citation("b.md"), confidence=0.25),
        outcome(NOTHING, citation(), found=False, confidence=0.125),
    ]
)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("document first=0.5", None),
        ("document first=50%", None),
        ("sv: document first = 100 %", None),
        ("refused wrongly=0.1", None),
        ("document first=0.6",
         'The "document first" of all questions is 50.0%, and must be at least 60.0%.'),
        ("en: document first=0,1",
         'The "document first" of en questions is 0.0%, and must be at least 10.0%.'),
        ("words proven=100%", None),
        ("quote length=10",
         'The "quote length" of all questions is 15, and must be at most 10.'),
    ],
)  # fmt: skip
def test_requirements(text, sentence):
    """A missed figure is reported with its value and bound."""
    assert read_requirement(text).shortfall(RESULTS.groups) == sentence


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("document first", "is not a requirement; write it as"),
        ("document frist=1", 'Did you mean "document first"'),
        ("luck=1", "The figures are document first, document in five"),
        ("document first=1.2.3", "is not a requirement"),
    ],
)
def test_a_requirement_that_is_none(text, reason):
    """Invalid requirements are reported before any question is asked."""
    with pytest.raises(UserError, match=reason):
        read_requirement(text)


def test_a_requirement_of_a_group_that_is_not_there():
    """A language without questions is an error that lists the groups."""
    with pytest.raises(UserError, match="of fi questions in this file; the groups are all, en, sv"):
        read_requirement("fi: document first=1").shortfall(RESULTS.groups)


def test_a_run_compares_with_its_json(tmp_path):
    """Printed JSON can be read back, and shows no differences to itself."""
    path = tmp_path / "before.json"
    path.write_text(json.dumps(RESULTS.as_json()))
    same = compare(RESULTS, EarlierResults.read(path))
    assert (same.moved, same.better, same.worse, same.in_one_alone) == ((), (), (), 0)
    assert comparison_as_lines(same) == ["", "No figure has moved."]
    now = Results.of(
        [
            outcome(golden("Vem?", evidence=["Anna Ek"]), citation("b.md", "Bo.")),
            outcome(golden("Who?", language="en"), citation()),
            outcome(golden("Ny?"), citation()),
        ]
    )
    comparison = compare(now, EarlierResults.read(path))
    assert [(one.outcome.golden.question, one.before) for one in comparison.better] == [
        ("Who?", Verdict.OTHER_DOCUMENTS)
    ]
    assert [one.outcome.golden.question for one in comparison.worse] == ["Vem?"]
    assert comparison.in_one_alone == 2
    moved = {(one.group, one.figure.name): (one.before, one.now) for one in comparison.moved}
    assert moved["en", "document first"] == (0, 1)
    assert moved["all", "quote first"] == (1, 0)
    lines = comparison_as_lines(comparison)
    assert "  en           document first        0.0% -> 100.0%" in lines
    assert "Questions that fare worse (1):" in lines


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 1}', '{"format": 99}'])
def test_what_is_no_earlier_run(tmp_path, text):
    """A file with other contents is named."""
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(UserError, match=r"other\.json"):
        EarlierResults.read(path)


def test_the_table_has_a_row_for_each_group():
    """All questions, each language and each kind."""
    lines = results_as_lines(RESULTS)
    assert lines[0].split() == [
        "document",
        "quote",
        "quotes",
        "quote",
        "names",
        "refused",
        "seconds",
    ]
    assert lines[1].split()[:3] == ["asked", "first", "in"]
    assert len({len(line) for line in lines[1:7]}) == 1
    assert len(lines[1]) <= 100
    rows = [line.split() for line in lines[2:7]]
    assert [row[0] for row in rows] == ["all", "en", "sv", "unanswerable", "who"]
    assert rows[0][:6] == ["all", "3", "50.0%", "50.0%", "100.0%", "100.0%"]
    assert "  words proven 100.0%" in lines
    assert "  held back rightly 100.0%, held back wrongly 0.0%" in lines
    assert "Refusing below a threshold of confidence (area 1.000, by score 0.500):" in lines
    assert "  0.7 to 0.8        1   0.750  100.0%" in lines
