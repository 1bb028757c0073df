"""Architecture: import directions, sizes of folders, and completeness of the documentation."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from bot.cli.arguments import COMMANDS
from bot.settings import VARIABLES

ROOT = Path(__file__).parents[1]
LAYERS = ("corpus", "embeddings", "bot")
"""Each may import from itself and those before it."""
MODULES = [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]
NAMES = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in MODULES}
STOREYS = (
    ("corpus",),
    ("embeddings/types.py",),
    ("embeddings/models",),
    ("embeddings/index",),
    ("embeddings/engines",),
    ("embeddings/search",),
    ("embeddings",),
    ("bot/__init__.py", "bot/types.py", "bot/setting_values.py", "bot/memory_limit.py"),
    ("bot/settings.py", "bot/texts"),
    ("bot/question",),
    ("bot/answer",),
    ("bot/service",),
    ("bot/evaluation",),
    ("bot/cli", "bot/telegram_bot"),
    ("bot/cli/main.py",),
)
"""Layers from the bottom up; parts of one layer don't import each other. Longer paths come first.
"""
ONLY_IN = {
    "torch": (
        "embeddings/models/transformer.py",
        "embeddings/models/cross_encoder.py",
        "embeddings/models/reader_network.py",
        "embeddings/training/",
    ),
    "sentence_transformers": (
        "embeddings/models/transformer.py",
        "embeddings/models/cross_encoder.py",
        "embeddings/training/",
    ),
    "onnxruntime": ("embeddings/models/reader.py",),
    "onnx": ("embeddings/training/reader/",),
    "huggingface_hub": ("embeddings/models/hub.py", "embeddings/training/"),
    "faiss": ("embeddings/",),
    "pymilvus": ("embeddings/engines/milvus/",),
    "distributed": ("embeddings/models/spreading.py",),
    "psycopg": ("embeddings/engines/postgres/",),
    "telegram": ("bot/telegram_bot/",),
    "asyncio": ("bot/telegram_bot/",),
    "tornado": ("bot/telegram_bot/",),
    "dotenv": ("bot/settings.py",),
    "jinja2": ("bot/evaluation/report/page.py",),
    "lxml": ("corpus/formats/",),
    "openpyxl": ("corpus/formats/office/sheets.py",),
    "pypdfium2": ("corpus/formats/paged/pdf.py",),
    "striprtf": ("corpus/formats/office/rtf.py",),
    "yaml": ("corpus/formats/",),
}


def imported(path):
    """Return the full names of all imports of a file, including those inside functions."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names.add(node.module)
    return names


def test_there_are_modules_to_look_at():
    """The tests below cover all three packages."""
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(LAYERS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_one_way(path):
    """`corpus` imports neither of the others, `embeddings` not `bot`, and none the training."""
    layer = path.relative_to(ROOT).parts[0]
    later = LAYERS[LAYERS.index(layer) + 1 :]
    for name in imported(path):
        assert name.partition(".")[0] not in (*later, "tests", "benchmarks")
        if "training" not in path.parts:
            assert not name.startswith("embeddings.training")


def position(path):
    """Return the layer and part of a module; None if it is in none."""
    path = path.relative_to(ROOT).as_posix()
    found = [
        (len(part), height, part)
        for height, parts in enumerate(STOREYS)
        for part in parts
        if path == part or path.startswith(f"{part}/")
    ]
    return max(found)[1:] if found else None


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_folders_rest_on_those_below(path):
    """Each part imports itself and lower layers only."""
    height, part = position(path)
    for name in imported(path) & NAMES.keys():
        below, other = position(NAMES[name])
        assert below < height or other == part, f"{part} must not know {name}"


def only_forwards(path):
    """Return whether a small file holds nothing but imports, and calls of what it imports."""
    source = path.read_text(encoding="utf-8")
    body = [
        node
        for node in ast.parse(source).body
        if not isinstance(node, ast.Import | ast.ImportFrom | ast.Expr)
    ]
    return len(source.splitlines()) < 30 and all(map(forwards, body))


def forwards(node):
    """Return whether a statement does no more than call, or name anew, something else."""
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return isinstance(node.value, ast.Name | ast.Attribute | ast.List | ast.Tuple)
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    told = [one for one in node.body if not isinstance(one, ast.Expr)] or node.body[-1:]
    value = getattr(told[0], "value", None)
    return len(told) == 1 and isinstance(value, ast.Call) and not any(map(is_work, value.args))


def is_work(argument):
    """Return whether an argument is more than a name."""
    return not isinstance(argument, ast.Name | ast.Constant | ast.Starred)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from a import b\n\n\ndef c(x):\n    return b(x)\n", True),
        ("from a import b\n\nc = b\n", True),
        ("from a import b\n\n\ndef c(x):\n    x += 1\n    return b(x)\n", False),
        ("from a import b\n\n\ndef c(x):\n    return b(x[1:])\n", False),
        ("class Turns:\n    pass\n", False),
        ("A = 3\n", False),
    ],
)
def test_what_only_forwards_is_known(source, expected, tmp_path):
    """A file that holds a class, a value or a step of its own has a reason to be."""
    path = tmp_path / "module.py"
    path.write_text(source, encoding="utf-8")
    assert only_forwards(path) is expected


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_is_read_at_a_sitting(path):
    """No file has more than 400 lines and no function more than 50, and none only forwards."""
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_FILE
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    lengths = {one.name: one.end_lineno - one.lineno + 1 for one in functions}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}
    assert path.name in ("__init__.py", "__main__.py") or not only_forwards(path)


def test_a_test_file_is_read_at_a_sitting():
    """No file of the tests has more lines than one of the program may have."""
    paths = sorted((ROOT / "tests").rglob("*.py"))
    assert Path(__file__) in paths
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_a_folder_is_taken_in_at_a_glance():
    """No folder has more than 15 files."""
    sizes = Counter(path.parent.relative_to(ROOT).as_posix() for path in MODULES)
    assert {folder: size for folder, size in sizes.items() if size > 15} == {}


@pytest.mark.parametrize("package", LAYERS)
def test_a_name_means_one_module(package):
    """File names are unique in a package, except those that each language has.

    The training is a separate program.
    """
    names = Counter(
        path.name
        for path in MODULES
        if path.is_relative_to(ROOT / package)
        and "training" not in path.parts
        and path.parent.parent != ROOT / "corpus/languages"
    )
    assert [name for name, times in names.items() if times > 1 and name != "__init__.py"] == []


LONGEST_FILE = 400
LONGEST_FUNCTION = 50
SHAPE_ANSWERS = ("corpus", "embeddings/search", "bot/answer", "bot/question")
READ_FILES = ("corpus/formats", "corpus/workers")
MOST_NUMBERS = 136
"""Lower it when some are removed: answers that depend on fewer constants are more robust."""


def numbers_in(source):
    """Return the names of a module's constants that are numbers."""
    return [
        ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Constant | ast.UnaryOp | ast.BinOp)
        and all(
            isinstance(part.value, int | float) and not isinstance(part.value, bool)
            for part in ast.walk(node.value)
            if isinstance(part, ast.Constant)
        )
        and any(isinstance(part, ast.Constant) for part in ast.walk(node.value))
    ]


def test_numbers_that_shape_answers_become_no_more():
    """The number of constants that shape answers does not grow."""
    assert numbers_in("A = 3\nB: Final = -0.5\nC = 2**20\nD = 'x'\nE = True") == ["A", "B", "C"]
    found = [
        (path.relative_to(ROOT).as_posix(), name)
        for path in MODULES
        if path.relative_to(ROOT).as_posix().startswith(SHAPE_ANSWERS)
        and not path.relative_to(ROOT).as_posix().startswith(READ_FILES)
        for name in numbers_in(path.read_text(encoding="utf-8"))
    ]
    assert len(found) <= MOST_NUMBERS


def test_no_two_modules_need_each_other():
    """There are no import cycles."""
    rests_on = {name: imported(path) & NAMES.keys() for name, path in NAMES.items()}
    while free := {name for name, others in rests_on.items() if not others}:
        rests_on = {name: others - free for name, others in rests_on.items() if name not in free}
    assert not rests_on


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_spoken_to_in_one_place(library):
    """Heavy libraries and asyncio are imported only in the files listed for them."""
    users = [
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        if any(name.partition(".")[0] == library for name in imported(path))
    ]
    assert [user for user in users if not user.startswith(ONLY_IN[library])] == []


def test_the_environment_is_read_in_the_settings_alone():
    """Only the settings read environment variables."""
    reads = re.compile(r"\bos\.(environ|getenv)\b")
    readers = [path for path in MODULES if reads.search(path.read_text(encoding="utf-8"))]
    outside = {path.relative_to(ROOT).as_posix() for path in readers} - {"bot/settings.py"}
    assert {path for path in outside if not path.startswith("embeddings/training/")} == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command):
    """The README mentions each command."""
    assert f"`citera {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("variable", VARIABLES)
def test_every_setting_is_explained(variable):
    """Each setting is in the README's table and, with a comment, in .env.example."""
    assert f"| `{variable}` |" in (ROOT / "README.md").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.search(rf"(?m)^# .+\n#?{variable}=", example)


def test_the_example_names_no_other_setting():
    """.env.example has no unknown variable."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"(?m)^#?([A-Z_]+)=", example)) == set(VARIABLES)
