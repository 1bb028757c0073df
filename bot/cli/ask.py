"""`citera ask`: answers one question, or one per line."""

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
    """Return the answerer and the folder of its documents.

    A note on standard error says if those are the samples, or not the folder that is set.
    UserError if there is no index yet or the model can't be loaded.
    """
    engine = open_engine(settings)
    documents_dir = engine.documents_dir
    if settings.answers_from_samples and documents_dir == SAMPLES.resolve():
        note("Answering from the sample documents; set DOCUMENTS_DIR to answer from your own.")
    elif documents_dir != settings.documents_dir.resolve():
        note(f"Answering from {documents_dir}. To answer from {settings.documents_dir} run: "
             "citera reembed")  # fmt: skip
    return engine.answerer, documents_dir


def ask(question: str, settings: Settings, *, as_json: bool, year: int | None = None) -> int:
    """Answer one question, taking months without a year to be in `year`; return the exit code."""
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
    """Return the exit code; an answered greeting is a success."""
    return FOUND if answer.found or answer.is_small_talk else NOT_FOUND


def ask_each(lines: Iterable[bytes], settings: Settings, year: int | None = None) -> int:
    """Answer one question per line with one JSON object per line; return the exit code.

    Months without a year are taken to be in `year`, if given. A line that is not a question gets
    an object with "error", and the rest are still answered.
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
