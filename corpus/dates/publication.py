"""The publication date of a document, from its text or its path."""

import re
from pathlib import PurePosixPath

from corpus.dates.calendar_names import WEEKDAYS, any_of, day, year_days
from corpus.dates.periods import ANY_DAY, find_periods
from corpus.languages.known import either

_ISO = re.compile(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?![\d-])")
_BEFORE = either(lambda w: w.times.before_published)
_LINE = re.compile(
    rf"^(?:{either(lambda w: w.times.published)})\b:? *(?:{_BEFORE})? *"
    rf"(?:(?:{any_of(WEEKDAYS)})(?:{either(lambda w: w.times.weekday_endings)})?,? "
    rf"(?:(?:{_BEFORE}) )?)?(?=\d|\w+ \d)(.{{0,40}})",
    re.IGNORECASE | re.MULTILINE,
)
_TOP = 1500
"""A publication line is looked for in this many characters from the top."""
_YEAR_FOLDER = re.compile(r"((?:19|20)\d\d)\d?$")  # "20222" is a typing error for 2022.
_MONTH_FOLDER = re.compile(r"(0?[1-9]|1[0-2])(?:\D|$)")
_YEAR_AND_MONTH = re.compile(r"((?:19|20)\d\d)[-_]?(0[1-9]|1[0-2])$")
_DAY_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_IN_NAME = re.compile(r"(?:19|20)\d\d[^/]*$")


def published_date(text: str, path: str, declared: str | None = None) -> str | None:
    """Return "2023-03-21", "2023-03" or "2023"; None if unknown.

    Sources in order: what the file declares, a line "Published ..." near its top, a full date in
    its name, year and month of its folders, a year in its path.
    """
    if declared and (found := _iso(declared) or _named(declared)):
        return found
    for line in _LINE.finditer(text[:_TOP]):
        if found := _named(line[1]):
            return found
    by_folder = _of_folders(path)
    by_name = _of_name(path)
    if by_folder is None or (by_name and by_name.startswith(by_folder)):
        return by_name or _of_year(path)
    return by_folder


def _iso(declared: str) -> str | None:
    found = _ISO.match(declared.strip())
    if found is None:
        return None
    year, month, number = found.groups()
    return _named(found[0]) if number else "-".join(part for part in (year, month) if part)


def _named(words: str) -> str | None:
    """Return the first date with a year in some words."""
    for period in find_periods(words, ANY_DAY):
        if period.recurring:
            continue
        if period.start == period.end:
            return period.start.isoformat()
        if (period.start.year, period.start.month) == (period.end.year, period.end.month):
            return period.start.isoformat()[:7]
        if (period.start, period.end) == year_days(period.start.year):
            return period.start.isoformat()[:4]
    return None


def _of_folders(path: str) -> str | None:
    """Return the year and month of folders such as "2023/03" or "2023-03"."""
    folders = PurePosixPath(path).parts[:-1]
    for position, folder in enumerate(folders):
        if both := _YEAR_AND_MONTH.match(folder):
            return f"{both[1]}-{both[2]}"
        year = _YEAR_FOLDER.match(folder)
        month = (
            _MONTH_FOLDER.match(folders[position + 1]) if year and folders[position + 1 :] else None
        )
        if year and month:
            return f"{year[1]}-{int(month[1]):02}"
    return None


def _of_name(path: str) -> str | None:
    """Return the full date in a file's name."""
    if not _YEAR_IN_NAME.search(path):
        return None  # The usual case; searching for dates costs more.
    name = PurePosixPath(path).stem
    for digits in _DAY_IN_NAME.finditer(name):
        if found := day(int(digits[1]), int(digits[2]), int(digits[3])):
            return found[0].isoformat()
    found_words = _named(name.replace("_", " ").replace("-", " "))
    return found_words if found_words and len(found_words) == len("2023-03-21") else None


def _of_year(path: str) -> str | None:
    years = _YEAR.findall(path)
    return years[0] if years else None
