"""`citera reembed`, `watch`, `rollback` and `copy`."""

import sys
from functools import partial

from bot.cli.progress import progress_on
from bot.cli.status import passed_over_lines, skipped_lines
from bot.cli.terminal import counted, note, say
from bot.evaluation.gate import rebuild_index
from bot.service.engine import open_engine
from bot.service.watching import keep_up, stamps_of
from bot.setting_values import read_database, read_folder
from bot.settings import Settings
from embeddings.copying import copy_index
from embeddings.engines.opening import open_store
from embeddings.types import BuildReport


def reembed(settings: Settings, *, keep: int, force: bool, anew: bool = False) -> int:
    """Update the index from the documents folder and print a report; return the exit code."""
    if settings.answers_from_samples:
        note("Reading the sample documents; set DOCUMENTS_DIR to read your own.")
    engine = open_engine(settings)
    with progress_on(sys.stderr) as progress:
        report, judged = rebuild_index(engine, progress, keep=keep, force=force, anew=anew)
    say("\n".join(_told(report)))
    if judged:
        note(judged)
    return 0


def watch(settings: Settings) -> int:
    """Re-embed now, and then whenever documents change, until interrupted."""
    note(f"Watching {settings.documents_dir}; press Ctrl-C to stop.")
    keep_up(
        partial(stamps_of, settings.documents_dir),
        partial(reembed, settings, keep=1, force=False),
        note,
    )
    return 0


def tell_plan(settings: Settings) -> int:
    """Print what a re-embed would do, and how long it would take."""
    with progress_on(sys.stderr) as progress:
        plan = open_engine(settings).plan(progress)
    say(
        f"{plan.new:,} new documents, {plan.changed:,} changed, {plan.gone:,} deleted, "
        f"{plan.kept:,} unchanged."
    )
    if not (plan.new or plan.changed or plan.gone):
        say("A re-embed would do nothing.")
        return 0
    say(
        "A re-embed would "
        + ("rewrite the whole index" if plan.anew else "add the changes to the index")
        + f"; reading and embedding takes about {_duration(plan.seconds)}."
    )
    return 0


def _duration(seconds: float) -> str:
    """Return a duration in hours, minutes or seconds."""
    for length, unit in ((3600, "h"), (60, "min")):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{max(seconds, 1):.0f} s"


def go_back(settings: Settings) -> int:
    """Go back to the index from before the last re-embed, and print which one that is."""
    manifest = open_engine(settings).roll_back()
    say(
        f"Back to the index made {manifest.made_at}: "
        f"{counted(manifest.documents, 'document')}, {counted(manifest.passages, 'passage')}."
    )
    return 0


def copy_to(settings: Settings, target: str) -> int:
    """Copy the current index to a folder or a database address, and make it current there."""
    if "://" in target:
        store = open_store(settings.store_dir, read_database("TO", target))
    else:
        store = open_store(read_folder("TO", target), None)
    engine = open_engine(settings)
    with progress_on(sys.stderr) as progress:
        manifest = copy_index(engine.store, store, engine.embedder, progress)
    say(
        f"{store.place} now has {counted(manifest.documents, 'document')}, "
        f"{counted(manifest.passages, 'passage')}."
    )
    return 0


def _told(report: BuildReport) -> list[str]:
    held = f"{counted(report.documents, 'document')}, {counted(report.passages, 'passage')}"
    if report.unchanged:
        first = f"Nothing has changed: {held}. Compared in {report.seconds:.1f} s."
    else:
        first = (
            f"Done in {report.seconds:.1f} s: {held}, {report.embedded:,} of them newly embedded."
        )
    skipped = [(one.path, one.reason) for one in report.skipped]
    return [first, *skipped_lines(skipped), *passed_over_lines(report.passed_over)]
