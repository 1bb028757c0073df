"""The results of a run as a self-contained HTML page, from the template `page.html`."""

from pathlib import Path

from bot.evaluation.calibration import reliability
from bot.evaluation.figures import ALL, FIGURES
from bot.evaluation.outcomes import Verdict
from bot.evaluation.results import Results
from bot.evaluation.run_diff import Comparison
from corpus.errors import UserError


def page_of(results: Results, comparison: Comparison | None, asked_from: str) -> str:
    """Return the page, all text in it escaped; `asked_from` is the name of the question file."""
    import jinja2  # noqa: PLC0415  # Only reports need it.

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    held = {name for figures in results.groups.values() for name in figures}
    failures = {
        verdict: [one for one in results.outcomes if one.verdict is verdict] for verdict in Verdict
    }
    return environment.get_template("page.html").render(
        asked_from=asked_from,
        results=results,
        comparison=comparison,
        generations=sorted({one.answer.generation for one in results.outcomes}),
        figures=results.groups[ALL],
        all_figures=FIGURES,
        shown=[figure for figure in FIGURES if figure.name in held],
        curves=results.refusal_curves(),
        bins=reliability(results.outcomes),
        right=len(failures.pop(Verdict.RIGHT)),
        failures=failures,
    )


def write_file(path: Path, text: str) -> None:
    """Write text in UTF-8; UserError if that fails."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error}).") from error
