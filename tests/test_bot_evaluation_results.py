"""What is done with figures: requirements, comparison with an earlier run, and the table."""

import json

import pytest
from made_up import NOTHING, citation, golden, outcome

from bot.evaluation.outcomes import Verdict
from bot.evaluation.report.table import comparison_as_lines, results_as_lines
from bot.evaluation.requirements import read_requirement
from bot.evaluation.results import EarlierResults, Results
from bot.evaluation.run_diff import compare
from corpus.errors import UserError

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
