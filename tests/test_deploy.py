"""The files in deploy/ name existing commands, settings and packages."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.cli.arguments import COMMANDS
from bot.settings import VARIABLES

ROOT = Path(__file__).parents[1]
UNITS = sorted((ROOT / "deploy").glob("*.service"))
CONTAINER = (ROOT / "deploy/Containerfile").read_text(encoding="utf-8")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_a_command_with_settings_that_there_are(unit):
    text = unit.read_text(encoding="utf-8")
    assert re.search(r"^ExecStart=\S+/citera (\w+)$", text, re.MULTILINE)[1] in COMMANDS
    assert set(re.findall(r"^Environment=(\w+)=", text, re.MULTILINE)) <= set(VARIABLES)


def test_the_units_share_their_state_and_keep_the_token_off_the_command_line():
    texts = [unit.read_text(encoding="utf-8") for unit in UNITS]
    for setting in ("EnvironmentFile", "Environment", "StateDirectory", "User", "DynamicUser"):
        first, *rest = [re.findall(rf"^{setting}=.*$", text, re.MULTILINE) for text in texts]
        assert first
        assert all(other == first for other in rest)
    assert not any("TOKEN" in text for text in texts)


def test_the_slim_way_in_has_all_but_what_a_model_of_ones_own_takes():
    """Its list is the project's dependencies with all formats, without sentence-transformers."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {one for one in project["dependencies"] if not one.startswith("sentence-transf")}
    assert len(wanted) == len(project["dependencies"]) - 1
    wanted |= set(project["optional-dependencies"]["office"])
    slim = (ROOT / "deploy/slim.txt").read_text(encoding="utf-8").splitlines()
    assert {line for line in slim if not line.startswith("#")} == wanted
    assert "-r slim.txt" in CONTAINER
    assert "-r deploy/slim.txt" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_container_copies_every_package_and_sets_settings_that_there_are():
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = whole["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    copied = re.findall(r"^COPY (\w+) \1$", CONTAINER, re.MULTILINE)
    assert sorted(copied) == sorted(packages)
    [names] = re.findall(r"^ENV (.+)$", CONTAINER, re.MULTILINE)
    ours = set(re.findall(r"(\w+)=", names)) - {"PATH", "PYTHONUNBUFFERED"}
    assert ours <= set(VARIABLES)
    assert re.search(r'^CMD \["(\w+)"\]$', CONTAINER, re.MULTILINE)[1] in COMMANDS
