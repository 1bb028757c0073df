"""All words of a language are in its folder, so that another language can be added."""

import ast
import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.languages.known import WORDS

ROOT = Path(__file__).parents[1]
AT_HOME = ("corpus/languages/", "bot/texts/", "embeddings/training/")
"""Where words of a language may be: the languages, user texts, training data."""
MODULES = [
    path
    for package in ("corpus", "embeddings", "bot")
    for path in sorted((ROOT / package).rglob("*.py"))
    if not path.relative_to(ROOT).as_posix().startswith(AT_HOME)
]
OF_THE_PROGRAM = frozenset(
    "who what when where why list all only on off del time from to before now other names said "
    "address date name day week month year start end body th yes no ok nu title open ask new help "
    "some main center share head left right video gov".split()
)
"""Words that also name parts of the program: kinds of questions, JSON, HTML, domains, commands."""
LETTERS = re.compile(r"[^\W\d_]+")
NOT_ENGLISH = re.compile(r"[^\W\d_]*[åäöÅÄÖ][^\W\d_]*")
ALPHABETS = frozenset(("åäö", "ÅÄÖ"))
SYNTAX = re.compile(r"\(\?P<\w+>|\(\?[imsx]*[:=!]|\(\?<[=!]|\[[^\]]*\]|\\[a-zA-Z]")


def words_of(value):
    """Yield a language's words: single ones, and alternatives in patterns."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from words_of(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from words_of(one if isinstance(one, str) else str(key))
    elif isinstance(value, str):
        yield from (word for word in re.split(r"[| ]", value) if LETTERS.fullmatch(word))
    else:
        for one in value:
            yield from words_of(one)


WITHOUT_PAGES = dataclasses.replace(WORDS["en"], pages=WORDS["sv"].pages)
"""English without page words, since HTML and file formats use the same names."""
LISTED = frozenset(
    word.casefold()
    for words in (WORDS["sv"], WITHOUT_PAGES)
    for word in words_of(words)
    if len(word) > 1
)


def found_in(source):
    """Return the strings of a module with words of a language, and their lines."""
    tree = ast.parse(source)
    told = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }  # Docstrings may have any words.
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            text = SYNTAX.sub(" ", node.value)
            letters = [word for word in NOT_ENGLISH.findall(text) if len(word) > 1]
            if (letters and not set(letters) <= ALPHABETS) or ("|" in text and is_list(text)):
                found.append((node.lineno, node.value))
        elif isinstance(node, ast.Call) and is_split(node) and is_list(node.func.value.value):
            found.append((node.lineno, node.func.value.value))
        elif isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Compare):
            parts = node.elts if not isinstance(node, ast.Compare) else node.comparators
            said = [one.value for one in parts if isinstance(one, ast.Constant)]
            words = [one for one in said if isinstance(one, str)]
            least = 1 if isinstance(node, ast.Compare) else 2
            if len(listed(words)) >= least:
                found.append((node.lineno, words))
    return found


def listed(words):
    """Return which of the words a language lists."""
    return {word.casefold() for word in words} & LISTED - OF_THE_PROGRAM


def is_list(text):
    """Whether a string has at least two words that a language lists."""
    return len(listed(LETTERS.findall(text))) > 1


def is_split(node):
    """Whether a call splits a string literal."""
    return (
        isinstance(node.func, ast.Attribute)
        and node.func.attr == "split"
        and isinstance(node.func.value, ast.Constant)
        and isinstance(node.func.value.value, str)
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_words_of_a_language_stand_in_its_folder(path):
    """Code gets words from the languages and has no lists of its own."""
    assert found_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'MONTHS = ("march", "april")',
        'ASKING = "vem vad".split()',
        'PATTERN = re.compile(r"\\b(?:and|och)\\b")',
        'PATTERN = re.compile(rf"(?P<word>whom|whose){ENDING}")',
        'found = word.lower() == "och"',
        'LABEL = "närvarande"',
    ],
)
def test_a_list_elsewhere_is_noticed(source):
    """The search above finds lists, patterns, comparisons and Swedish letters."""
    assert found_in(source)


def test_enough_words_are_known_to_look_for():
    """Months, question words and pronouns are among the words."""
    assert {"mars", "march", "vem", "whose", "henne", "deputy", "torsdag"} <= LISTED
    assert len(LISTED) > 1000


def test_all_languages_answer_for_all_kinds_of_words():
    """No language lacks words for something that another has."""
    swedish, english = WORDS["sv"], WORDS["en"]
    assert swedish.roles.keys() == english.roles.keys()
    assert swedish.questions.kinds.keys() == english.questions.kinds.keys()
    assert swedish.questions.small_talk.keys() == english.questions.small_talk.keys()
    assert all(len(words.times.months) == 12 for words in WORDS.values())
    assert all(len(words.times.weekdays.split()) == 7 for words in WORDS.values())
