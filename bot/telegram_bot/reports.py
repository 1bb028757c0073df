"""What admins are told in Telegram of the index and of a re-embed."""

from typing import Final

from bot.telegram_bot.markup import readable
from bot.texts import TelegramTexts
from embeddings.storage import Manifest
from embeddings.types import BuildReport

_MOST_SKIPPED: Final = 10
"""Files that are named in the report; of more than these the number is told."""


def tell_status(manifest: Manifest, texts: TelegramTexts) -> str:
    """Return what an index holds."""
    languages = (f"{name}: {count}" for name, (_, count) in manifest.languages.items())
    size = sum(size for size, _ in manifest.files.values())
    return readable(
        texts.status.format(
            documents=manifest.documents,
            passages=manifest.passages,
            languages=", ".join(languages),
            created=manifest.created[:16].replace("T", " "),
            model=manifest.model,
            folder=manifest.documents_dir,
            megabytes=f"{size / 1e6:.0f}",
        )
    )


def tell_report(report: BuildReport, texts: TelegramTexts) -> str:
    """Return what a re-embed did, the files it could not read among it."""
    template = texts.reembed_unchanged if report.unchanged else texts.reembed_done
    lines = [
        template.format(
            seconds=f"{report.seconds:.0f}",
            documents=report.documents,
            passages=report.passages,
            embedded=report.embedded,
        )
    ]
    if report.skipped:
        lines.append(texts.skipped.format(count=len(report.skipped)))
        lines.extend(f"• {one.path}: {one.reason}" for one in report.skipped[:_MOST_SKIPPED])
        if len(report.skipped) > _MOST_SKIPPED:
            lines.append(texts.and_more.format(count=len(report.skipped) - _MOST_SKIPPED))
    return "\n".join(lines)


def duration(seconds: float) -> str:
    """Return a stretch of time, in units that Swedish and English write alike."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, hours, days = seconds / 60, seconds / 3600, seconds / 86400
    if minutes < 60:
        return f"{minutes:.0f} min"
    return f"{hours:.0f} h" if hours < 48 else f"{days:.0f} d"
