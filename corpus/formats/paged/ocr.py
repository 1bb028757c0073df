"""OCR of page pictures with the external program Tesseract, if installed and wanted."""

import shutil
import subprocess
from functools import cache
from typing import Any, Final

from corpus.errors import UnreadableDocument

_DOTS_AN_INCH: Final = 300
_POINTS_AN_INCH: Final = 72
_MOST_PAGES: Final = 500
_SECONDS_A_PAGE: Final = 60
_LANGUAGES: Final = ("swe", "eng")
_wanted = False


def want(*, wanted: bool) -> None:
    """Set for this process whether pictures are read."""
    global _wanted  # noqa: PLW0603 - a worker is told once, before it reads anything
    _wanted = wanted


def is_wanted() -> bool:
    """Return whether pictures are read."""
    return _wanted


def check(pages: int) -> None:
    """Raise UnreadableDocument with the reason if that many pages can't be read."""
    scan = "The pages are pictures without text, as from a scanner"
    if not _wanted:
        raise UnreadableDocument(f"{scan}; install Tesseract and set OCR=yes.")
    if _program() is None:
        raise UnreadableDocument(f"{scan}; OCR=yes needs the program tesseract, which is missing.")
    if pages > _MOST_PAGES:
        raise UnreadableDocument(f"{scan}, and more than {_MOST_PAGES}; split the file up.")


def read_picture(page: Any) -> str:
    """Return the recognised text of a PDF page."""
    bitmap = page.render(scale=_DOTS_AN_INCH / _POINTS_AN_INCH, grayscale=True)
    try:
        picture = _as_pgm(bitmap)
    finally:
        bitmap.close()
    command = [_program() or "", "stdin", "stdout", "--dpi", str(_DOTS_AN_INCH), *_in_languages()]
    try:
        done = subprocess.run(  # noqa: S603 - no part of it comes from a document
            command, input=picture, capture_output=True, timeout=_SECONDS_A_PAGE, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")


def _as_pgm(bitmap: Any) -> bytes:
    """Return a picture in PGM format: its size, and a byte per pixel."""
    rows = memoryview(bitmap.buffer).cast("B")
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    dots = b"".join(rows[at * stride : at * stride + width] for at in range(height))
    return f"P5 {width} {height} 255\n".encode() + dots


@cache
def _program() -> str | None:
    return shutil.which("tesseract")


@cache
def _in_languages() -> tuple[str, ...]:
    """Return the option for those of our languages that Tesseract supports here."""
    command = [_program() or "", "--list-langs"]
    listed = subprocess.run(command, capture_output=True, check=False).stdout.decode().split()  # noqa: S603
    known = [language for language in _LANGUAGES if language in listed]
    return ("-l", "+".join(known)) if known else ()
