"""The phrases of each language: complete, all used, with the same placeholders."""

import ast
import re
from dataclasses import fields, is_dataclass
from itertools import count
from pathlib import Path
from string import Formatter

import pytest
from bot_api.markup import units

from bot.telegram_bot.access.menus import FOR_ADMINS, FOR_EVERYONE
from bot.texts import LANGUAGES
from bot.texts.skip_reasons import IN_SWEDISH, reason_in

ROOT = Path(__file__).parents[1]
PROGRAM = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "bot").rglob("*.py"))
    if "texts/" not in path.as_posix() or path.name == "phrases.py"
)


def phrases(texts, path=""):
    """Yield each phrase of a language with its path, such as "telegram.menu.ask"."""
    if is_dataclass(texts):
        for field in fields(texts):
            yield from phrases(getattr(texts, field.name), f"{path}.{field.name}".strip("."))
    elif isinstance(texts, dict):
        for key, value in texts.items():
            yield from phrases(value, f"{path}[{key}]")
    elif isinstance(texts, tuple):
        for number, value in enumerate(texts):
            yield from phrases(value, f"{path}[{number}]")
    else:
        yield path, texts


def places(phrase):
    """Return the names of a phrase's placeholders."""
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


SAID = {language: dict(phrases(texts)) for language, texts in LANGUAGES.items()}


def test_swedish_and_english_are_spoken():
    assert set(LANGUAGES) == {"sv", "en"}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_language_says_all_that_the_others_do_with_the_same_places(language):
    assert SAID[language].keys() == SAID["en"].keys()
    for name, phrase in SAID[language].items():
        assert phrase.strip(), name
        assert phrase == phrase.strip(), name
        assert places(phrase) == places(SAID["en"][name]), name


def test_languages_do_not_say_the_same():
    """A phrase that is equal in two languages is a name, or was not translated."""
    alike = {name for name, phrase in SAID["en"].items() if SAID["sv"][name] == phrase}
    assert {name for name in alike if not name.startswith(("months", "quotation_marks"))} == set()


def names(texts):
    """Yield the attributes of a group of phrases, and of those within it."""
    for field in fields(texts):
        yield field.name
        value = getattr(texts, field.name)
        if is_dataclass(value):
            yield from names(value)


@pytest.mark.parametrize("name", sorted(set(names(LANGUAGES["en"]))))
def test_every_phrase_is_used(name):
    menu = {field.name for field in fields(LANGUAGES["en"].telegram.menu)}
    used = re.search(rf"\.{name}\b", PROGRAM) or (name in menu and f'"{name}"' in PROGRAM)
    assert used, f"nothing in bot/ says {name}"


def sentences_of(path):
    """Yield the string literals of a file except docstrings, with numbered placeholders."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    told.update(id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
                for part in node.values)  # fmt: skip
    for node in ast.walk(tree):
        if id(node) in told:
            continue
        if isinstance(node, ast.JoinedStr):
            number = count()
            yield "".join(getattr(one, "value", None) if isinstance(one, ast.Constant)
                          else f"{{{next(number)}}}" for one in node.values)  # fmt: skip
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_reason_for_not_reading_a_file_is_told_in_swedish():
    """Every English reason in `corpus` has a translation."""
    told = {
        one
        for path in (ROOT / "corpus").rglob("*.py")
        for one in sentences_of(path)
        if one[:1].isupper() and one.endswith(".") and " " in one and "\n" not in one
    }
    ends_the_work = {one for one in told if one.startswith(("There is no folder", "The folder {0}",
                     "The process to read", "No process to read"))}  # fmt: skip
    assert told - ends_the_work <= IN_SWEDISH.keys()


def test_a_reason_is_told_with_what_it_names():
    """Placeholders are filled in; an unknown reason is returned unchanged."""
    swedish = LANGUAGES["sv"].telegram.reasons
    assert reason_in(swedish, "The file is larger than 50 MB; split it up.") == (
        "Filen är större än 50 MB; dela upp den."
    )
    assert reason_in(swedish, "The moon is full.") == "The moon is full."


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_telegram_shows_of_the_bot_keeps_its_limits(language):
    menu = LANGUAGES[language].telegram.menu
    assert units(menu.description) <= 512
    assert units(menu.short_description) <= 120
    for name in (*FOR_EVERYONE, *FOR_ADMINS):
        assert 1 <= units(getattr(menu, name)) <= 256


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_is_shown_for_a_moment_is_short_enough(language):
    texts = LANGUAGES[language].telegram
    for note in (texts.answer.grown_old, texts.answer.not_yours, texts.answer.unknown_button,
                 texts.language.chosen, texts.cannot_answer, texts.limits.too_many):  # fmt: skip
        assert units(note) <= 200
