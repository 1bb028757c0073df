"""What `citera reembed` does, and the commands that move an index."""

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
    """Bring the index up to date with the documents folder and print what was done."""
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
    """Re-embed now, and then whenever documents have changed, until interrupted."""
    note(f"Watching {settings.documents_dir}; press Ctrl-C to end.")
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
        f"{plan.new:,} new documents, {plan.changed:,} changed, {plan.gone:,} gone, "
        f"{plan.kept:,} as they were."
    )
    if not (plan.new or plan.changed or plan.gone):
        say("A re-embed would do nothing.")
        return 0
    say(
        "A re-embed would "
        + ("write the whole index anew" if plan.anew else "add to the index that is there")
        + f"; to read and embed what is new takes about {_duration(plan.seconds)}."
    )
    return 0


def _duration(seconds: float) -> str:
    """Return a length of time in the unit that fits it."""
    for length, unit in ((3600, "h"), (60, "min")):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{max(seconds, 1):.0f} s"


def go_back(settings: Settings) -> int:
    """Let the index of before the last re-embed answer again, and print which one that is."""
    manifest = open_engine(settings).roll_back()
    say(
        f"The index made {manifest.made_at} answers again: "
        f"{counted(manifest.documents, 'document')}, {counted(manifest.passages, 'passage')}."
    )
    return 0


def copy_to(settings: Settings, target: str) -> int:
    """Let a folder, or the database at an address, answer with the index that answers now."""
    if "://" in target:
        store = open_store(settings.store_dir, read_database("TO", target))
    else:
        store = open_store(read_folder("TO", target), None)
    engine = open_engine(settings)
    with progress_on(sys.stderr) as progress:
        manifest = copy_index(engine.store, store, engine.embedder, progress)
    say(
        f"{store.place} answers with {counted(manifest.documents, 'document')}, "
        f"{counted(manifest.passages, 'passage')}."
    )
    return 0


def _told(report: BuildReport) -> list[str]:
    held = f"{counted(report.documents, 'document')}, {counted(report.passages, 'passage')}"
    if report.unchanged:
        first = f"Nothing has changed: {held}. Compared in {report.seconds:.1f} s."
    else:
        first = f"Done in {report.seconds:.1f} s: {held}, {report.embedded:,} of them embedded now."
    skipped = [(one.path, one.reason) for one in report.skipped]
    return [first, *skipped_lines(skipped), *passed_over_lines(report.passed_over)]
