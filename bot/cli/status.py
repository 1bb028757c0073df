"""`citera status`: shows what the index contains."""

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
"""How many entries of a long list are printed; JSON has them all."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the store contains, and whether it is intact."""

    generation: str
    manifest: Manifest
    others: tuple[str, ...]
    """Names of the other generations."""
    problem: str | None
    """What is wrong with the index, in one sentence; None if nothing is."""

    @property
    def passages(self) -> dict[str, int]:
        """The number of passages in each language."""
        return {language: count for language, (_, count) in self.manifest.languages.items()}


def read_status(store: Store) -> Status:
    """Return what the store contains, after comparing each file with its checksum.

    UserError if there is no readable index.
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
    """Print what the store contains; return exit code 1 if the index is damaged."""
    status = read_status(open_store(settings.store_dir, settings.store_url))
    if as_json:
        write_utf8()
        say(json_line(_status_fields(status)))
    else:
        say("\n".join(_status_lines(status)))
        if not status.manifest.is_of(settings.documents_dir):
            note(f"DOCUMENTS_DIR is now {settings.documents_dir}. To index it run: citera reembed")
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
        f"older       {', '.join(status.others) or 'none kept'}",
        f"files       {'damaged' if status.problem else 'intact: all match their checksums'}",
    ]
    recurring = [f"{on_one_line(line)} (in {count:,} documents)"
                 for line, count in manifest.recurring]  # fmt: skip
    lines += _listed("Recurring lines, not searched:", recurring)
    passed_over = [PassedOver(*one) for one in manifest.passed_over]
    return lines + skipped_lines(manifest.skipped) + passed_over_lines(passed_over)


def skipped_lines(skipped: Iterable[tuple[str, str]]) -> list[str]:
    """Return lines that list the files that could not be read, with the reasons."""
    listed = [f"{on_one_line(path)}: {on_one_line(reason)}" for path, reason in skipped]
    return _listed(f"Files that could not be read ({len(listed):,}):", listed)


def passed_over_lines(kinds: Sequence[PassedOver]) -> list[str]:
    """Return lines that count the files of unsupported kinds: "12 .dwg, 3 .docx"."""
    lines = ["", f"Not read: {passed_over_kinds(kinds)}."] if kinds else []
    lines += [f"To read {one.kind} files, run: {one.remedy}" for one in kinds if one.remedy]
    return lines


def passed_over_kinds(kinds: Iterable[PassedOver]) -> str:
    """Return the number of files of each kind, separated by commas."""
    return ", ".join(
        f"{one.count:,} {on_one_line(one.kind) or 'without an extension'}" for one in kinds
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
