"""What `citera ask` does."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from bot.answer.answerer import Answerer
from bot.cli.answer_lines import render_answer
from bot.cli.as_json import answer_as_json, json_line
from bot.cli.terminal import look_of, note, say, write_utf8
from bot.question.reading import clean_question
from bot.service.engine import open_engine
from bot.settings import SAMPLES, Settings
from bot.types import Answer
from corpus.errors import UserError

FOUND: Final = 0
REFUSED: Final = 1
NOT_FOUND: Final = 3


def open_answerer(settings: Settings) -> tuple[Answerer, Path]:
    """Return what answers, and the folder of the documents that it answers from.

    Notes on standard error where those are the samples or not the ones that are set. UserError
    where there is no index yet or the model can't be loaded.
    """
    engine = open_engine(settings)
    documents_dir = engine.documents_dir
    if settings.answers_from_samples and documents_dir == SAMPLES.resolve():
        note("Answering from the sample documents; set DOCUMENTS_DIR to answer from your own.")
    elif documents_dir != settings.documents_dir.resolve():
        note(f"Answering from {documents_dir}, not yet from {settings.documents_dir}; to do so "
             "run: citera reembed")  # fmt: skip
    return engine.answerer, documents_dir


def ask(question: str, settings: Settings, *, as_json: bool, year: int | None = None) -> int:
    """Answer one question, months without a year in `year`; return the exit code."""
    asked = clean_question(question)
    answerer, documents_dir = open_answerer(settings)
    answer = answerer.answer(asked, year=year)
    if as_json:
        write_utf8()
        say(answer_as_json(answer))
    else:
        say(render_answer(answer, documents_dir, look_of(sys.stdout)))
        if answer.other_years:
            note(f"For another year, ask with: --year {answer.other_years[0]}")
    return _code(answer)


def _code(answer: Answer) -> int:
    """Return the exit code; a greeting that was answered is no question that failed."""
    return FOUND if answer.found or answer.is_small_talk else NOT_FOUND


def ask_each(lines: Iterable[bytes], settings: Settings, year: int | None = None) -> int:
    """Answer one question a line with one JSON object a line; return the exit code.

    Months without a year are those of `year`, where one is given.
    A line that is no question gets an object with "error", and the next one its turn.
    """
    write_utf8()
    answerer, _ = open_answerer(settings)
    codes = set()
    for line in lines:
        text = line.decode("utf-8", errors="replace").rstrip("\r\n")
        try:
            asked = clean_question(_decoded(line))
        except UserError as error:
            say(json_line({"question": text, "error": str(error)}))
            codes.add(REFUSED)
        else:
            answer = answerer.answer(asked, year=year)
            say(answer_as_json(answer))
            codes.add(_code(answer))
    return next((code for code in (REFUSED, FOUND, NOT_FOUND) if code in codes), FOUND)


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError("The question is not in UTF-8; save it in that encoding.") from error
