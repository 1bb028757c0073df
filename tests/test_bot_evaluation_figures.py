"""Each figure, and what confidence tells, checked on a small case."""

import pytest
from made_up import NOTHING, citation, golden, outcome

from bot.cli.eval_arguments import _EXPLAINED
from bot.evaluation.calibration import (
    calibration_error,
    refusal_area,
    refusal_curve,
    refused_at_most,
    reliability,
)
from bot.evaluation.figures import FIGURES, groups_of, measure
from bot.evaluation.paired_test import loss_by_chance
from bot.types import Grade


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
