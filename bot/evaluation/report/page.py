"""The results of a run as a self-contained HTML page."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.evaluation.calibration import reliability
from bot.evaluation.figures import ALL, FIGURES
from bot.evaluation.outcomes import Outcome, Verdict
from bot.evaluation.report.elements import Markup, element, joined
from bot.evaluation.report.plots import refusal_plot, reliability_plot
from bot.evaluation.results import Results
from bot.evaluation.run_diff import Changed, Comparison
from bot.types import Citation
from corpus.errors import UserError

_STYLE: Final = Path(__file__).with_name("report.css")
_PAGE: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{title}
<style>
{style}</style>
</head>
{body}
</html>
"""


def page_of(results: Results, comparison: Comparison | None, asked_from: str) -> str:
    """Return the page; `asked_from` is the name of the question file."""
    heading = f"Evaluation of {asked_from}"
    generations = sorted({one.answer.generation for one in results.outcomes})
    body = element(
        "body",
        element("h1", heading),
        element("p", f"{len(results.outcomes)} questions, index {', '.join(generations)}",
                class_="soft"),
        element("div", _table(results), class_="wide"),
        _meanings(),
        _plots(results),
        *([_comparison(comparison)] if comparison else []),
        _failures(results.outcomes),
    )  # fmt: skip
    style = _STYLE.read_text(encoding="utf-8")
    return _PAGE.format(title=element("title", heading), style=style, body=body)


def _table(results: Results) -> Markup:
    held = {name for figures in results.groups.values() for name in figures}
    shown = [figure for figure in FIGURES if figure.name in held]
    rows = [
        element(
            "tr",
            element("th", name, scope="row"),
            element("td", str(results.sizes[name])),
            *(element("td", figure.told(figures.get(figure.name))) for figure in shown),
        )
        for name, figures in results.groups.items()
    ]
    names = ["", "questions", *(figure.name for figure in shown)]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in names)))
    return element("table", head, element("tbody", *rows))


def _meanings() -> Markup:
    told = [joined(element("dt", one.name), element("dd", one.meaning)) for one in FIGURES]
    return element("details", element("summary", "What the figures mean"), element("dl", *told))


def _plots(results: Results) -> Markup:
    figures = results.groups[ALL]
    plots = []
    curves = results.refusal_curves()
    if curves["confidence"]:
        now = (figures["refused wrongly"], figures["refused rightly"])
        areas = results.refusal_areas()
        keys = [
            element("span", f"by {name}: area {area:.3f} ", class_=f"key key-{name}")
            for name, area in areas.items()
            if area is not None
        ]
        said = element(
            "figcaption",
            "What refusing below a threshold gains and costs; the dot is where it stands now. ",
            *keys,
        )
        plots.append(element("figure", refusal_plot(curves, now), said))
    if bins := reliability(results.outcomes):
        said = element(
            "figcaption",
            "How often answers are right for how sure they were, calibration error "
            f"{figures['calibration error']:.3f}; on the line, confidence means what it says.",
        )
        plots.append(element("figure", reliability_plot(bins), said))
    if not plots:
        return joined()
    return joined(element("h2", "Confidence"), element("div", *plots, class_="plots"))


def _comparison(comparison: Comparison) -> Markup:
    rows = []
    for one in comparison.moved:
        better = (one.now > one.before) == one.figure.higher_is_better
        rows.append(
            element(
                "tr",
                element("th", f"{one.group}: {one.figure.name}", scope="row"),
                element("td", one.figure.told(one.before)),
                element("td", one.figure.told(one.now), class_="good" if better else "bad"),
            )
        )
    table = element("div", element("table", *rows), class_="wide")
    return joined(
        element("h2", "Since the earlier run"),
        table if rows else element("p", "No figure has moved."),
        *_changed("Questions that fare better", comparison.better),
        *_changed("Questions that fare worse", comparison.worse),
    )


def _changed(heading: str, changed: Sequence[Changed]) -> list[Markup]:
    if not changed:
        return []
    listed = [_question(one.outcome, one.before) for one in changed]
    return [element("h3", f"{heading} ({len(changed)})"), *listed]


def _failures(outcomes: Sequence[Outcome]) -> Markup:
    counts = Counter(one.verdict for one in outcomes)
    right = f"{counts[Verdict.RIGHT]} of {len(outcomes)} questions fared well."
    parts: list[Markup] = [element("h2", "Failures"), element("p", right, class_="soft")]
    for verdict in Verdict:
        if verdict is not Verdict.RIGHT and counts[verdict]:
            parts.append(element("h3", f"{verdict.capitalize()} ({counts[verdict]})"))
            parts += [_question(one) for one in outcomes if one.verdict is verdict]
    return joined(*parts)


def _question(one: Outcome, before: Verdict | None = None) -> Markup:
    golden, answer = one.golden, one.answer
    parts: list[tuple[str, Sequence[str]]] = [
        ("Before", [before] if before else []),
        ("Documents that answer it", sorted(golden.documents)),
        ("Evidence", [element("blockquote", text) for text in golden.evidence]),
        ("Known answer", [golden.answer] if golden.answer else []),
        ("Names not given", [name for name in one.names if name not in one.names_given]),
        ("Listed, but no answer", [item.text for item in one.wrong_items]),
        ("Quoted", [_quote(one, citation) for citation in answer.citations]),
        ("Nearest, but refused", [_quote(one, citation) for citation in answer.nearest]),
    ]
    said = f"{golden.language}, {golden.kind}, confidence {answer.confidence:.2f}"
    return element(
        "details",
        element("summary", golden.question, " ", element("span", f"{golden.id} · {said}",
                                                         class_="soft")),
        element("dl", *(_part(name, held) for name, held in parts if held)),
    )  # fmt: skip


def _part(name: str, held: Sequence[str]) -> Markup:
    return joined(element("dt", name), *(element("dd", one) for one in held))


def _quote(one: Outcome, citation: Citation) -> Markup:
    expected = citation.document in one.golden.documents
    return joined(
        element("span", f"[{citation.number}] {citation.document}", class_="soft"),
        element("blockquote", citation.quote, class_="right" if expected else "other"),
        *([element("p", "This does not stand there.", class_="bad")]
          if citation in one.misquoted else []),
    )  # fmt: skip


def write_file(path: Path, text: str) -> None:
    """Write text in UTF-8; UserError if that fails."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error}).") from error
