"""What `citera status` does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.cli.as_json import json_line
from bot.cli.terminal import note, say, write_utf8
from bot.settings import Settings
from bot.texts.printable import on_one_line
from corpus.errors import UserError
from corpus.types import PassedOver
from embeddings.engines.opening import open_store
from embeddings.engines.storage import Store
from embeddings.index.manifest import Manifest

_MOST_LISTED: Final = 20
"""Files or lines that people are shown of a long list; JSON has them all."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the store holds, and whether it is whole."""

    generation: str
    manifest: Manifest
    others: tuple[str, ...]
    """Names of the other generations that are kept."""
    problem: str | None
    """What is wrong with the index, in a sentence."""

    @property
    def passages(self) -> dict[str, int]:
        """How many passages there are of each language."""
        return {language: count for language, (_, count) in self.manifest.languages.items()}


def read_status(store: Store) -> Status:
    """Return what the store holds, each file compared with its checksum.

    UserError where there is no index, or none that can be read.
    """
    generation, manifest = store.open_current(lambda one: (one, one.manifest()))
    try:
        generation.verify()
        problem = None
    except UserError as error:
        problem = str(error)
    others = tuple(name for name in store.kept() if name != generation.name)
    return Status(generation.name, manifest, others, problem)


def show_status(settings: Settings, *, as_json: bool) -> int:
    """Print what the store holds; return the exit code, 1 where the index is damaged."""
    status = read_status(open_store(settings.store_dir, settings.store_url))
    if as_json:
        write_utf8()
        say(json_line(_status_fields(status)))
    else:
        say("\n".join(_status_lines(status)))
        if not status.manifest.is_of(settings.documents_dir):
            note(f"The documents are now in {settings.documents_dir}. Run: citera reembed")
    if status.problem:
        note(status.problem)
    return 1 if status.problem else 0


def _status_lines(status: Status) -> list[str]:
    manifest = status.manifest
    languages = ", ".join(f"{count:,} {language}" for language, count in status.passages.items())
    lines = [
        f"documents   {manifest.documents:,} from {on_one_line(manifest.documents_dir)}",
        f"passages    {manifest.passages:,} ({languages})",
        f"model       {on_one_line(manifest.model)}",
        f"generation  {status.generation}, made {manifest.made_at}, {manifest.megabytes:,.1f} MB",
        f"kept        {', '.join(status.others) or 'no other generation'}",
        f"files       {'damaged' if status.problem else 'whole: each one is as it was written'}",
    ]
    recurring = [f"{on_one_line(line)} (in {count:,} documents)"
                 for line, count in manifest.recurring]  # fmt: skip
    lines += _listed("Recurring lines, left out of the search:", recurring)
    passed_over = [PassedOver(*one) for one in manifest.passed_over]
    return lines + skipped_lines(manifest.skipped) + passed_over_lines(passed_over)


def skipped_lines(skipped: Iterable[tuple[str, str]]) -> list[str]:
    """Return lines that name files that could not be read, and why."""
    listed = [f"{on_one_line(path)}: {on_one_line(reason)}" for path, reason in skipped]
    return _listed(f"Files that could not be read ({len(listed):,}):", listed)


def passed_over_lines(kinds: Sequence[PassedOver]) -> list[str]:
    """Return lines that count the files of kinds that are not read: "12 .dwg, 3 .docx"."""
    lines = ["", f"Not read: {passed_over_kinds(kinds)}."] if kinds else []
    lines += [f"To have {one.kind} read, run: {one.remedy}" for one in kinds if one.remedy]
    return lines


def passed_over_kinds(kinds: Iterable[PassedOver]) -> str:
    """Return how many files there are of each kind, with commas between."""
    return ", ".join(
        f"{one.count:,} {on_one_line(one.kind) or 'without an ending'}" for one in kinds
    )


def _listed(heading: str, items: list[str]) -> list[str]:
    if not items:
        return []
    more = len(items) - _MOST_LISTED
    shown = [f"  {item}" for item in items[:_MOST_LISTED]]
    return ["", heading, *shown, *([f"  and {more:,} more"] if more > 0 else [])]


def _status_fields(status: Status) -> dict[str, Any]:
    manifest = status.manifest
    return {
        "generation": status.generation,
        "created": manifest.created,
        "documents_dir": manifest.documents_dir,
        "documents": manifest.documents,
        "passages": manifest.passages,
        "languages": status.passages,
        "model": manifest.model,
        "fingerprint": manifest.fingerprint,
        "megabytes": round(manifest.megabytes, 3),
        "recurring": [{"line": line, "documents": count} for line, count in manifest.recurring],
        "skipped": [{"path": path, "reason": reason} for path, reason in manifest.skipped],
        "not_read": {kind: count for kind, count, _ in manifest.passed_over},
        "other_generations": list(status.others),
        "problem": status.problem,
    }
