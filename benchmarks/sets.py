"""The public and development sets for measuring retrieval; see also `answer_sets`."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.answer_sets import (
    government_answers,
    held_out_answers,
    json_lines,
    learning_answers,
)
from bot.evaluation.questions import UNANSWERABLE, Golden
from bot.question.reading import clean_question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the documents that answer it; empty if none does."""

    text: str
    language: str
    gold: frozenset[str]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Questions over a folder of documents."""

    name: str
    folder: Path
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class PairSet:
    """Sentences with their translations: each should find its own among all."""

    name: str
    swedish: tuple[str, ...]
    english: tuple[str, ...]


def squad(data: Path, scratch: Path) -> list[RetrievalSet]:
    """Return SQuAD-sv: English and Swedish questions over Swedish paragraphs."""
    documents = {one["id"]: one["text"] for one in json_lines(data / "eval/squad-sv.docs.jsonl")}
    folder = _write(scratch / "squad-sv", documents)
    rows = [row for row in _rows(data / "eval/squad-sv.questions.tsv") if row["impossible"] == "0"]
    english = [row for row in rows if row["question_en"]]
    return [
        RetrievalSet(
            "SQuAD-sv en->sv",
            folder,
            tuple(
                Asked(r["question_en"], "en", _file(r["docid"]), (r["answer_sv"],)) for r in english
            ),
        ),
        RetrievalSet(
            "SQuAD-sv sv->sv (same)",
            folder,
            tuple(
                Asked(r["question_sv"], "sv", _file(r["docid"]), (r["answer_sv"],)) for r in english
            ),
        ),
    ]


def squad_in_swedish(data: Path, scratch: Path) -> list[RetrievalSet]:
    """Return the Swedish questions of SQuAD-sv without a known English original."""
    folder = squad(data, scratch)[0].folder
    rows = [
        row
        for row in _rows(data / "eval/squad-sv.questions.tsv")
        if row["impossible"] == "0" and not row["question_en"]
    ]
    questions = tuple(
        Asked(r["question_sv"], "sv", _file(r["docid"]), (r["answer_sv"],)) for r in rows
    )
    return [RetrievalSet("SQuAD-sv sv->sv (others)", folder, questions)]


def swequad(data: Path, scratch: Path) -> list[RetrievalSet]:
    """Return SweQUAD: Swedish questions over web pages of authorities.

    Pages that differ only in white space count as one.
    """
    texts = {one["id"]: one["text"] for one in json_lines(data / "eval/swequad.docs.jsonl")}
    first_of: dict[tuple[str, ...], str] = {}
    same_as = {name: first_of.setdefault(tuple(text.split()), name) for name, text in texts.items()}
    folder = _write(scratch / "swequad", {name: texts[name] for name in first_of.values()})
    rows = _rows(data / "eval/swequad.questions.tsv")
    questions = tuple(
        Asked(r["question"], "sv", _file(same_as[r["docid"]]), (r["answer"],)) for r in rows
    )
    return [RetrievalSet("SweQUAD sv->sv", folder, questions)]


def government(data: Path, scratch: Path) -> list[RetrievalSet]:
    """Return the answerable development questions over the government corpus."""
    return _by_language("government", *government_answers(data, scratch))


def learning(data: Path, scratch: Path) -> list[RetrievalSet]:
    """Return the answerable questions over the government corpus for fitting weights."""
    return _by_language("learning", *learning_answers(data, scratch))


def held_out(data: Path, scratch: Path) -> list[RetrievalSet]:
    """Return the answerable questions over the government corpus not used for any fit."""
    return _by_language("held out", *held_out_answers(data, scratch))


def _by_language(name: str, folder: Path, questions: Sequence[Golden]) -> list[RetrievalSet]:
    return [
        RetrievalSet(
            f"{name} {language}",
            folder,
            tuple(
                Asked(one.question, language, one.documents, one.evidence)
                for one in questions
                if one.language == language and one.answerable
            ),
        )
        for language in ("en", "sv")
    ]


def swequad_answers(data: Path, scratch: Path) -> tuple[Path, list[Golden]]:
    """Return the folder of SweQUAD's pages, and all its questions."""
    (retrieval,) = swequad(data, scratch)
    return retrieval.folder, [
        Golden(
            id="",
            question=one.text,
            language=one.language,
            kind="answerable",
            documents=one.gold,
            evidence=one.evidence,
            answer=one.evidence[0],
            today=None,
            unchecked=False,
        )
        for one in retrieval.questions
    ]


def squad_answers(data: Path, scratch: Path) -> tuple[Path, list[Golden]]:
    """Return the folder of SQuAD-sv's paragraphs, and all its Swedish questions.

    For the impossible ones, the paragraph is there but not the answer.
    """
    golden = []
    for row in _rows(data / "eval/squad-sv.questions.tsv"):
        impossible = row["impossible"] == "1"
        golden.append(
            Golden(
                id=row["qid"],
                question=clean_question(row["question_sv"]),
                language="sv",
                kind=UNANSWERABLE if impossible else "answerable",
                documents=frozenset() if impossible else _file(row["docid"]),
                evidence=() if impossible else (row["answer_sv"],),
                answer=row["answer_sv"],
                today=None,
                unchecked=False,
            )
        )
    return squad(data, scratch)[0].folder, golden


def pairs(data: Path) -> list[PairSet]:
    """Return sentence pairs for search across languages."""
    sets = []
    for name in ("tatoeba", "flores"):
        lines = (data / f"eval/{name}.sv-en.tsv").read_text(encoding="utf-8").splitlines()
        swedish, english = zip(*(line.split("\t")[:2] for line in lines), strict=True)
        sets.append(PairSet(name, swedish, english))
    return sets


def _write(folder: Path, documents: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for left in {path.stem for path in folder.glob("*.txt")} - documents.keys():
        (folder / f"{left}.txt").unlink()
    for name, text in documents.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def _file(name: str) -> frozenset[str]:
    return frozenset({f"{name}.txt"})


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
