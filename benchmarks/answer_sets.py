"""Sets of questions over folders of documents, with known answers."""

import json
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.evaluation.questions import Golden, load_golden
from bot.settings import SAMPLES

SAMPLES_END: Final = date(2025, 6, 30)
"""The day on which questions over the samples are asked."""
GOVERNMENT_ENDS: Final = date(2026, 1, 31)
"""The day on which questions over the government corpus are asked."""
SITES: Final = Path(__file__).parent / "sites"
"""Small sites written for this project: a handbook, a housing association, a school, a club."""
_QUESTIONS: Final = Path(__file__).parent / "questions"


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """Questions over a folder of documents, answerable and not."""

    corpus: str
    """Sets left out together when a fit is measured on another corpus."""
    folder: Path
    questions: tuple[Golden, ...]


def minutes_answers(data: Path, minutes: Path) -> Iterator[AnswerSet]:
    """Yield the questions over public minutes, each body's separately.

    `minutes` has a folder for each "corpus" named in the question file, with the files of its
    repository; bodies without a folder are skipped.
    """
    path = data / "questions/minutes-dev.jsonl"
    golden = {one.id: one for one in load_golden(path)}
    for name in dict.fromkeys(row["corpus"] for row in json_lines(path)):
        if (folder := minutes / name).is_dir():
            asked = (one for one in golden.values() if one.id.startswith(f"{name}-"))
            yield AnswerSet("minutes", folder, tuple(asked))


def site_answers(sites: Path = SITES) -> Iterator[AnswerSet]:
    """Yield the questions of each NAME.jsonl in a folder, over the documents in docs/NAME."""
    for path in sorted(sites.glob("*.jsonl")):
        questions = tuple(load_golden(path))
        yield AnswerSet(path.stem, sites / "docs" / path.stem, questions)


def government_answers(data: Path, scratch: Path) -> tuple[Path, list[Golden]]:
    """Return the folder of the government corpus, and all its development questions."""
    golden = load_golden(data / "questions/regeringen-dev.jsonl")
    return _government_folder(data, scratch), [
        replace(one, today=GOVERNMENT_ENDS) for one in golden
    ]


def learning_answers(data: Path, scratch: Path) -> tuple[Path, list[Golden]]:
    """Return the folder of the government corpus, and this project's questions to learn from."""
    return _own_questions("learning", _government_folder(data, scratch))


def held_out_answers(data: Path, scratch: Path) -> tuple[Path, list[Golden]]:
    """Return the folder of the government corpus, and this project's questions to measure on."""
    return _own_questions("held_out", _government_folder(data, scratch))


def _government_folder(data: Path, scratch: Path) -> Path:
    folder = scratch / "regeringen"
    if not folder.exists():
        with tarfile.open(data / "regeringen.tar.gz") as archive:
            archive.extractall(folder, filter="data")
    return folder


def _own_questions(name: str, folder: Path) -> tuple[Path, list[Golden]]:
    """Return questions written for this project; answers are given by offsets.

    So the project contains no text of the documents.
    """
    return folder, [
        Golden(
            id=row["id"],
            question=row["question"],
            language=row["lang"],
            kind=row["kind"],
            documents=frozenset(row["docs"]),
            evidence=tuple(
                _cut_out(folder / row["docs"][0], row["evidence"]) if row["docs"] else ()
            ),
            answer=row["answer"],
            today=GOVERNMENT_ENDS,
            unchecked=False,
        )
        for row in json_lines(_QUESTIONS / f"{name}.jsonl")
    ]


def _cut_out(document: Path, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    text = document.read_bytes().decode("utf-8")
    for start, end in spans:
        yield text[start:end]


def sample_answers(_data: Path, _scratch: Path) -> tuple[Path, list[Golden]]:
    """Return the folder of the sample documents, and the questions that tests ask of them."""
    golden = load_golden(Path("tests/golden/samples.jsonl"))
    return SAMPLES, [replace(one, today=SAMPLES_END) for one in golden]


def json_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file with one JSON object per line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
