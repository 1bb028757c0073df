"""Reports and results are left in files."""

from pathlib import Path

from corpus.errors import UserError


def write_file(path: Path, text: str) -> None:
    """Write a text in UTF-8; UserError where it cannot be written."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error}).") from error
