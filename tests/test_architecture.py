"""What holds the project together: arrows between packages, and pages that name what there is."""

import ast
import re
from pathlib import Path

import pytest

from bot.cli.arguments import COMMANDS
from bot.settings import VARIABLES

ROOT = Path(__file__).parents[1]
LAYERS = ("corpus", "embeddings", "bot")
"""Each may import from itself and those before it."""
MODULES = [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]
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
    "huggingface_hub": ("embeddings/models/transformer.py", "embeddings/training/"),
    "faiss": ("embeddings/",),
    "telegram": ("bot/telegram_bot/",),
    "asyncio": ("bot/telegram_bot/",),
    "tornado": ("bot/telegram_bot/",),
    "dotenv": ("bot/settings.py",),
    "lxml": ("corpus/formats/",),
    "openpyxl": ("corpus/formats/sheets.py",),
    "pypdfium2": ("corpus/formats/pdf.py",),
    "striprtf": ("corpus/formats/rtf.py",),
    "yaml": ("corpus/formats/",),
}


def imported(path):
    """Return the full names of all that a file imports, inside functions too."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names.add(node.module)
    return names


def test_there_are_modules_to_look_at():
    """The tests below look at all three packages."""
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(LAYERS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_one_way(path):
    """Text knows nothing of vectors, and neither knows of people or of the training of models."""
    layer = path.relative_to(ROOT).parts[0]
    later = LAYERS[LAYERS.index(layer) + 1 :]
    for name in imported(path):
        assert name.partition(".")[0] not in (*later, "tests", "benchmarks")
        if "training" not in path.parts:
            assert not name.startswith("embeddings.training")


def test_no_two_modules_need_each_other():
    """Imports make no circle, so each module can be read after those it rests on."""
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in MODULES}
    rests_on = {name: imported(path) & names.keys() for name, path in names.items()}
    while free := {name for name, others in rests_on.items() if not others}:
        rests_on = {name: others - free for name, others in rests_on.items() if name not in free}
    assert not rests_on


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_spoken_to_in_one_place(library):
    """Heavy libraries, and the event loop, stay in the few files that are theirs."""
    users = [
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        if any(name.partition(".")[0] == library for name in imported(path))
    ]
    assert [user for user in users if not user.startswith(ONLY_IN[library])] == []


def test_the_environment_is_read_in_the_settings_alone():
    """No other file looks at environment variables."""
    reads = re.compile(r"\bos\.(environ|getenv)\b")
    readers = [path for path in MODULES if reads.search(path.read_text(encoding="utf-8"))]
    outside = {path.relative_to(ROOT).as_posix() for path in readers} - {"bot/settings.py"}
    assert {path for path in outside if not path.startswith("embeddings/training/")} == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command):
    """Who reads the README learns of each command."""
    assert f"`citera {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("variable", VARIABLES)
def test_every_setting_is_explained(variable):
    """Each setting stands in the README's table and, with a comment, in .env.example."""
    assert f"| `{variable}` |" in (ROOT / "README.md").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.search(rf"(?m)^# .+\n#?{variable}=", example)


def test_the_example_names_no_other_setting():
    """A variable in .env.example that nobody reads would be set in vain."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"(?m)^#?([A-Z_]+)=", example)) == set(VARIABLES)
