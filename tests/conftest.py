"""What several test files start from."""

from functools import partial

import pytest
from command_line import run_citera


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """Make a store with the samples, by the command itself."""
    folder = tmp_path_factory.mktemp("samples") / "store"
    code, output, messages = run_citera(folder.parent, "reembed", STORE_DIR=str(folder))
    assert (code, output[:8]) == (0, "Done in "), messages
    assert "sample documents; set DOCUMENTS_DIR" in messages
    return folder


@pytest.fixture
def citera(tmp_path):
    """Return what runs a command in an empty folder and gives its code, output and messages."""
    return partial(run_citera, tmp_path)
