"""Asks hostile questions: each must get an answer or a message quickly, and quotes must be exact.

READER_MODEL=off python -m benchmarks.trials.questions --count 1000

They are asked over the samples and invented documents, through an `Answerer` (some as follow-ups,
or limited to a document or year), and through `citera ask --json -` in one process.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.trials.hostile import questions
from benchmarks.trials.running import run, write_boats
from bot.answer.answerer import Answerer
from bot.cli.answer_lines import Look, render_answer
from bot.cli.as_json import answer_as_json
from bot.cli.ask import open_answerer
from bot.settings import SAMPLES, Settings
from bot.telegram_bot.asking import answer_messages
from bot.types import Answer, Citation
from corpus.errors import UserError

_SLOW = 2.0
"""Maximum seconds per question without the reader: CPU time, and wall-clock time in the process
that is asked line by line."""
_SHOWN = 100


@dataclass(slots=True)
class Tally:
    """The results of the questions."""

    answered: int = 0
    refused: int = 0
    """Rejected with a message that says why."""
    quotes: int = 0
    slowest: dict[str, float] = field(default_factory=dict)
    """Seconds of the slowest question of each kind."""
    fallen: list[str] = field(default_factory=list)

    def fell(self, kind: str, question: str, why: str) -> None:
        """Record a failed question."""
        self.fallen.append(f"{kind}: {why}: {ascii(question)[:_SHOWN]}")

    def took(self, kind: str, question: str, seconds: float) -> None:
        """Record the duration of a question."""
        self.slowest[kind] = max(self.slowest.get(kind, 0), seconds)
        if seconds > _SLOW:
            self.fell(kind, question, f"took {seconds:.1f} s")

    def __str__(self) -> str:
        slowest = max(self.slowest, key=self.slowest.__getitem__)
        return (
            f"answered {self.answered}, refused {self.refused}, quotes {self.quotes}, slowest "
            f"{self.slowest[slowest]:.2f} s ({slowest}), fallen {len(self.fallen)}"
        )


def main() -> None:
    """Ask, and print what was tried and what failed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    asked = questions(given.count, random.Random(given.seed))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(
            documents_dir=folder / "documents", store_dir=folder / "store", reader_model="off"
        )
        shutil.copytree(SAMPLES, settings.documents_dir)
        write_boats(settings.documents_dir / "boats", 200, 0, random.Random(1))
        run("--documents", settings.documents_dir, "--store", settings.store_dir, "reembed")
        with closing(open_answerer(settings)[0]) as answerer:
            inside = ask_inside(asked, answerer, random.Random(given.seed))
            by_line = ask_by_line(asked, settings, answerer)
    for way, tally in (("Answerer", inside), ("ask --json -", by_line)):
        print(f"{way}: asked {len(asked)}, {tally}")
        print("\n".join(tally.fallen))


def ask_inside(asked: list[tuple[str, str]], answerer: Answerer, chance: random.Random) -> Tally:
    """Ask each question in this process, some as follow-ups, of one document or of a year."""
    tally, before = Tally(), None
    for kind, question in asked:
        started = time.process_time()
        try:
            answer = answerer.answer(
                question,
                after=before if chance.random() < 0.5 else None,
                within="boats/7.md" if chance.random() < 0.1 else None,
                year=chance.choice((None, None, 1, 2025, 9999)),
            )
        except UserError as error:
            tally.refused += 1
            if "\n" in str(error) or not str(error).endswith((".", "?")):
                tally.fell(kind, question, f"no sentence: {error}")
        except Exception as error:  # noqa: BLE001 - whatever it is, it fell
            tally.fell(kind, question, repr(error))
        else:
            tally.answered += 1
            for why in amiss(answer, answerer, tally):
                tally.fell(kind, question, why)
            before = None if answer.is_small_talk else answer
        tally.took(kind, question, time.process_time() - started)
    return tally


def amiss(answer: Answer, answerer: Answerer, tally: Tally) -> list[str]:
    """Return what is wrong with an answer: an inexact quote, or control characters."""
    wrong = []
    for one in (*answer.citations, *answer.nearest, *answer.further):
        tally.quotes += 1
        wrong += not_verbatim(one, answerer.text_of(one.document) or "")
    for item in answer.items:
        text = answerer.text_of(answer.citations[item.citation - 1].document) or ""
        if text[item.start : item.end] != item.text:
            wrong.append(f"not verbatim: {item.text!r}")
    shown = render_answer(answer, Path("documents"), Look())
    if any((ord(one) < 32 and one != "\n") or one in "\x7f\x9b\u202e" for one in shown):
        wrong.append("steers the terminal")
    answer_messages.render_answer(answer)
    answer_as_json(answer).encode("utf-8")
    return wrong


def not_verbatim(citation: Citation, text: str) -> list[str]:
    """Return the parts of a citation that the document does not contain at their place."""
    stands = {
        "quote": text[citation.quote_start : citation.quote_end] == citation.quote,
        "passage": text[citation.start : citation.end] == citation.passage,
        "highlights": all(
            citation.quote_start <= start < end <= citation.quote_end
            for start, end in citation.highlights
        ),
    }
    return [f"{part} not verbatim" for part, is_so in stands.items() if not is_so]


def ask_by_line(asked: list[tuple[str, str]], settings: Settings, answerer: Answerer) -> Tally:
    """Ask all single-line questions through one process of `citera ask --json -`."""
    lines = [(kind, question) for kind, question in asked if not set("\n") & set(question)]
    sent = b"\n".join(question.encode("utf-8", "surrogateescape") for _, question in lines)
    command = ["--documents", str(settings.documents_dir), "--store", str(settings.store_dir)]
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli.main", *command, "ask", "--json", "-"],
        input=sent + b"\n", capture_output=True, check=False,
    )  # fmt: skip
    tally = Tally()
    came = done.stdout.decode("utf-8").split("\n")[:-1]
    if len(came) != len(lines) or done.returncode not in (0, 1, 3) or b"Trace" in done.stderr:
        tally.fell("all", "", f"{len(came)} of {len(lines)} lines, {done.stderr!r}")
    for (kind, question), line in zip(lines, came, strict=False):
        told = json.loads(line)
        if "error" in told:
            tally.refused += 1
            continue
        tally.answered += 1
        tally.took(kind, question, told["seconds"])
        for one in (*told["citations"], *told["nearest"]):
            tally.quotes += 1
            text = answerer.text_of(one["document"]) or ""
            if text[one["quote_start"] : one["quote_end"]] != one["quote"]:
                tally.fell(kind, question, "quote not verbatim")
    return tally


if __name__ == "__main__":
    main()
