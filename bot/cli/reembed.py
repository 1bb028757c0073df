"""What `citera reembed` does."""

import sys

from bot.cli.progress import progress_on
from bot.cli.status import passed_over_lines, skipped_lines
from bot.cli.terminal import note, say
from bot.evaluation.gate import GoldenGate
from bot.settings import Settings
from embeddings.build import build_index
from embeddings.models.loading import load_embedder, load_reader
from embeddings.search.rollback import roll_back
from embeddings.types import BuildReport, Embedder, Progress


def reembed(settings: Settings, *, keep: int, force: bool) -> int:
    """Bring the index up to date with the documents folder and print what was done."""
    if settings.answers_from_samples:
        note("Reading the sample documents; set DOCUMENTS_DIR to read your own.")
    embedder = load_embedder(settings.embedding_model)
    with progress_on(sys.stderr) as progress:
        report, judged = rebuild_index(settings, embedder, progress, keep=keep, force=force)
    say("\n".join(_told(report)))
    if judged:
        note(judged)
    return 0


def go_back(settings: Settings) -> int:
    """Let the index of before the last re-embed answer again, and print which one that is."""
    manifest = roll_back(settings.store_dir, load_embedder(settings.embedding_model))
    say(
        f"The index made {manifest.made_at} answers again: {manifest.documents:,} documents, "
        f"{manifest.passages:,} passages."
    )
    return 0


def rebuild_index(
    settings: Settings,
    embedder: Embedder,
    progress: Progress,
    *,
    keep: int = 1,
    force: bool = False,
) -> tuple[BuildReport, str]:
    """Bring the index up to date, past the golden questions where there are any.

    Return what was done, and how the golden questions fared, "" where none were asked. UserError
    where they fare worse than before, unless `force` is set; and see `build_index`.
    """
    gate = None
    if settings.golden_questions:
        gate = GoldenGate(
            settings.golden_questions,
            settings.store_dir,
            embedder,
            progress,
            reader=load_reader(settings.reader_model),
            force=force,
        )
    report = build_index(
        settings.documents_dir,
        settings.store_dir,
        embedder,
        progress=progress,
        keep=keep,
        approve=gate,
    )
    return report, gate.told if gate else ""


def _told(report: BuildReport) -> list[str]:
    held = f"{report.documents:,} documents, {report.passages:,} passages"
    if report.unchanged:
        first = f"Nothing has changed: {held}. Compared in {report.seconds:.1f} s."
    else:
        first = f"Done in {report.seconds:.1f} s: {held}, {report.embedded:,} of them embedded now."
    skipped = [(one.path, one.reason) for one in report.skipped]
    return [first, *skipped_lines(skipped), *passed_over_lines(report.passed_over)]
