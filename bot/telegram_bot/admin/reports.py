"""Reports to admins about the index, re-embeds and questions."""

import csv
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_SELF, getpagesize, getrusage
from typing import Any, Final

from bot.service.journal import Asked, Counts, Journal
from bot.telegram_bot.asking.markup import on_one_line, readable
from bot.texts import TelegramTexts, Texts, fill
from bot.texts.admin_phrases import AdminTexts
from bot.texts.skip_reasons import reason_in
from embeddings.index.manifest import Manifest
from embeddings.types import BuildReport

_MOST_LINES: Final = 30
"""How many recurring lines are listed."""
_LONGEST_LINE: Final = 120
_COLUMNS: Final = (
    *(field.name for field in fields(Asked) if field.name != "citations"),
    "documents",
)
_MOST_SKIPPED: Final = 10
"""How many skipped files are listed; of the rest only the number."""


def tell_status(manifest: Manifest, texts: TelegramTexts) -> str:
    """Return a description of an index."""
    languages = (f"{name}: {count}" for name, (_, count) in manifest.languages.items())
    size = sum(size for size, _ in manifest.files.values())
    return readable(
        fill(
            texts.status,
            documents=manifest.documents,
            passages=manifest.passages,
            languages=", ".join(languages),
            created=manifest.made_at,
            age=duration(_age(manifest)),
            model=manifest.model,
            folder=manifest.documents_dir,
            megabytes=f"{size / 1e6:.0f}",
        )
    )


def _age(manifest: Manifest) -> float:
    """Return the age of a generation in seconds; 0 if the clock was set back."""
    age = datetime.now(UTC) - datetime.fromisoformat(manifest.created)
    return max(age.total_seconds(), 0.0)


def tell_report(report: BuildReport, texts: TelegramTexts) -> str:
    """Return a description of a re-embed, with the files it could not read."""
    template = texts.reembed_unchanged if report.unchanged else texts.reembed_done
    lines = [
        fill(
            template,
            seconds=f"{report.seconds:.0f}",
            documents=report.documents,
            passages=report.passages,
            embedded=report.embedded,
        )
    ]
    if report.skipped:
        lines.append(texts.skipped.format(count=len(report.skipped)))
        lines.extend(
            f"• {one.path}: {reason_in(texts.reasons, one.reason)}"
            for one in report.skipped[:_MOST_SKIPPED]
        )
        if len(report.skipped) > _MOST_SKIPPED:
            lines.append(texts.and_more.format(count=len(report.skipped) - _MOST_SKIPPED))
    if report.passed_over:
        kinds = (f"{one.count} {one.kind or '–'}" for one in report.passed_over)
        lines.append(texts.not_read.format(kinds=", ".join(kinds)))
    return "\n".join(lines)


def duration(seconds: float) -> str:
    """Return a duration, in units that Swedish and English share."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, hours, days = seconds / 60, seconds / 3600, seconds / 86400
    if minutes < 60:
        return f"{minutes:.0f} min"
    return f"{hours:.0f} h" if hours < 48 else f"{days:.0f} d"


def tell_process(uptime: float, today: Counts, texts: AdminTexts) -> str:
    """Return the state of the process, and today's questions."""
    return texts.running.format(
        memory=f"{_memory() / 1e6:.0f}",
        uptime=duration(uptime),
        questions=today.questions,
        median=_seconds(today),
    )


def tell_stats(counts: Mapping[int, Counts], texts: AdminTexts) -> str:
    """Return the statistics of the last days."""
    return "\n\n".join(
        f"{texts.stats_day if days == 1 else fill(texts.stats_days, days=days)}\n"
        f"{_tell_counts(one, texts)}"
        for days, one in counts.items()
    )


def _tell_counts(counts: Counts, texts: AdminTexts) -> str:
    share = counts.share_found
    if share is None:
        return texts.no_question_yet
    return fill(
        texts.stats,
        questions=counts.questions,
        users=counts.users,
        found=f"{share:.0%}",
        liked=counts.liked,
        disliked=counts.disliked,
        median=_seconds(counts),
    )


def tell_unanswered(in_vain: Sequence[Asked], disliked: Sequence[Asked], texts: Texts) -> str:
    """Return the unanswered questions and those with disliked answers."""
    admin = texts.telegram.admin
    parts = [
        "\n".join([heading, *(_tell_question(one, texts) for one in asked)])
        for heading, asked in ((admin.unanswered, in_vain), (admin.downvoted, disliked))
        if asked
    ]
    return "\n\n".join(parts) or admin.none_unanswered


def _tell_question(asked: Asked, texts: Texts) -> str:
    day = datetime.fromisoformat(asked.asked_at).astimezone().date().isoformat()
    return f"• {on_one_line(asked.question or '', _LONGEST_LINE)} ({texts.date(day)})"


def tell_boilerplate(manifest: Manifest, texts: TelegramTexts) -> str:
    """Return the recurring lines, those in most documents first."""
    lines = sorted(manifest.recurring, key=lambda one: -one[1])
    if not lines:
        return texts.admin.no_boilerplate
    told = [f"{count} × {on_one_line(line, _LONGEST_LINE)}" for line, count in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        told.append(texts.and_more.format(count=len(lines) - _MOST_LINES))
    return "\n".join([texts.admin.boilerplate, *told])


def as_csv(journal: Journal) -> tuple[bytes, int]:
    """Return the journal as a CSV table, and the number of questions.

    In UTF-8 with a byte order mark, for spreadsheets.
    """
    file = io.StringIO()
    table = csv.DictWriter(file, _COLUMNS)
    table.writeheader()
    questions = 0
    for cells in _cells(journal):
        table.writerow(cells)
        questions += 1
    return file.getvalue().encode("utf-8-sig"), questions


def _cells(journal: Journal) -> Iterator[dict[str, Any]]:
    for asked in journal.export():
        documents = "; ".join(dict.fromkeys(document for document, *_ in asked.pop("citations")))
        yield {name: _harmless(cell) for name, cell in {**asked, "documents": documents}.items()}


def _harmless(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula: questions are untrusted input."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in set("=+-@\t\r") else cell


def _seconds(counts: Counts) -> str:
    return "–" if counts.median_seconds is None else f"{counts.median_seconds:.2f}"


def _memory() -> float:
    """Return the resident memory of the process in bytes; on macOS its peak."""
    try:
        resident = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return resident * getpagesize()
    except OSError:
        return getrusage(RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
