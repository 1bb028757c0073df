"""The report page shows failures, is self-contained, and escapes what it quotes."""

from html.parser import HTMLParser

import pytest
from made_up import citation, golden, outcome

from bot.evaluation.outcomes import Verdict
from bot.evaluation.report.page import page_of
from bot.evaluation.results import EarlierResults, Results
from bot.evaluation.run_diff import compare

VOID = {"meta"}
HOSTILE = '<script>alert("1")</script> & <b>fetstil</b>'
RESULTS = Results.of(
    [
        outcome(golden("Vem valdes?", evidence=["Anna Ek"]), citation(), confidence=0.9),
        outcome(golden(f"Vad står det? {HOSTILE}", docs=[f"{HOSTILE}.md"]),
                citation(f"b{HOSTILE}.md", HOSTILE), confidence=0.6, names=[HOSTILE]),
        outcome(golden("Who came?", language="en"), citation(), found=False, confidence=0.1),
        outcome(golden("Vem vann?", docs=()), citation("c.md", "Ingen vann."), confidence=0.3),
    ]
)  # fmt: skip


class Page(HTMLParser):
    """Checks that every element is closed, and collects texts and attributes."""

    def __init__(self, text):
        super().__init__()
        self.open, self.texts, self.seen = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        """Keep an element that begins."""
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Check that it is the one that began last."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Keep a text."""
        self.texts.append(data.strip())


@pytest.fixture(scope="module")
def page():
    return Page(page_of(RESULTS, None, f"{HOSTILE}.jsonl"))


def test_what_is_quoted_is_shown_as_it_stands(page):
    """Markup in a question, a path or a quote is shown as text."""
    assert {HOSTILE, f"{HOSTILE}.md", f"[1] b{HOSTILE}.md"} <= set(page.texts)
    assert f"Vad står det? {HOSTILE}" in page.texts
    assert page.texts.count(f"Evaluation of {HOSTILE}.jsonl") == 2
    assert not {"script", "b"} & {tag for tag, _ in page.seen}


def test_the_page_needs_nothing_else(page):
    """No requests, no scripts, and readable on a phone."""
    for tag, attributes in page.seen:
        assert tag not in {"link", "img", "iframe", "object"}
        assert not {"src", "href", "style", "onclick"} & attributes.keys()
    style = next(text for text in page.texts if "prefers-color-scheme" in text)
    assert "url(" not in style
    assert "@import" not in style
    assert (
        "meta",
        {"name": "viewport", "content": "width=device-width, initial-scale=1"},
    ) in page.seen


def test_failures_stand_under_what_went_wrong(page):
    """Each verdict but "right" has a heading with its count, and each failure its quote."""
    headings = [text for text in page.texts if text.endswith("(1)")]
    assert headings == [
        f"{verdict.capitalize()} (1)"
        for verdict in (
            Verdict.ANSWERED_IN_VAIN,
            Verdict.REFUSED_WRONGLY,
            Verdict.OTHER_DOCUMENTS,
        )
    ]
    assert "Vem valdes?" not in page.texts
    assert {"Ingen vann.", "[1] c.md", "Nearest, but refused"} <= set(page.texts)


def test_plots_show_the_curves_and_each_bin(page):
    """Two refusal curves and the current point; a dot for each non-empty bin."""
    lines = [attributes for _, attributes in page.seen if "line" in attributes.get("class", "")]
    assert [one["class"] for one in lines] == [
        "line diagonal", "line line-confidence", "line line-score", "line diagonal",
    ]  # fmt: skip
    # From the corner where nothing is refused to the one where all is.
    points = lines[1]["points"].split()
    assert (points[0], points[-1]) == ("46,252", "286,12")
    dots = [attributes for tag, attributes in page.seen if tag == "circle"]
    assert len(dots) == 1 + 3
    assert "answers: 1, confidence 0.90, 100% right" in page.texts
    assert "now: 0% for 33%" in page.texts


def test_a_comparison_is_shown():
    """Figures with their old values, and the questions that got worse."""
    verdicts = {"Vem valdes?": Verdict.RIGHT, "Who came?": Verdict.RIGHT}
    earlier = EarlierResults({"en": {"document first": 1.0}}, verdicts)
    page = Page(page_of(RESULTS, compare(RESULTS, earlier), "golden.jsonl"))
    assert "en: document first" in page.texts
    assert "Questions that fare worse (1)" in page.texts


def test_a_file_of_answerable_questions_has_a_page_too():
    """Without refusals to plot, only the rest is shown."""
    right = Results.of([outcome(golden(), citation())])
    page = Page(page_of(right, None, "golden.jsonl"))
    assert "1 of 1 questions fared well." in page.texts
    assert [tag for tag, _ in page.seen].count("svg") == 1
