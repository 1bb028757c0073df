"""Tables in plain text: under a row of dashes, between bars, or aligned by spaces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Final

from corpus.formats.office.office_tables import columns_of

BESIDE: Final = "\ue000"
"""Separates a cell from the next; a private-use character that no text has."""
HEAD: Final = "\ue001"
"""Starts a row with the heads of the columns below."""

_DASHES: Final = re.compile(r"-{2,}")
_RULE: Final = re.compile(r"[ \t]*-{2,}(?: +-{2,})+[ \t]*")
_FULL_RULE: Final = re.compile(r"[ \t]*-{5,}[ \t]*")
_BAR_RULE: Final = frozenset("|+-=: \t")
_CELL: Final = re.compile(r"\S+(?:[ \t]\S+)*")
_MARKER: Final = re.compile(r"[-–*•·▪◦]|[(§]? ?\w{1,4}[.):]?")
_WIDE_GAP: Final = 3
"""Minimum spaces between two cells; with more cells, two spaces suffice."""
_LONGEST_HEAD: Final = 5
"""Maximum number of lines of a table's head."""
_MOST_LINES: Final = 5000


@dataclass(frozen=True, slots=True)
class _Table:
    rows: Sequence[Sequence[str]]
    headed: bool
    after: int
    """The line after it."""

    def lines(self) -> Iterator[str]:
        """Yield its rows as lines of cells, separated from the text around."""
        yield ""
        for number, row in enumerate(self.rows):
            yield (HEAD if self.headed and not number else "") + BESIDE.join(row)
        yield ""


def with_tables(lines: Sequence[str]) -> list[str]:
    """Return the lines of a text, with `BESIDE` between the cells of its tables."""
    found: list[str] = []
    at = 0
    while at < len(lines):
        table = _table_at(lines, at)
        found.extend(table.lines() if table else lines[at : at + 1])
        at = table.after if table else at + 1
    return found


def _table_at(lines: Sequence[str], at: int) -> _Table | None:
    line = lines[at]
    if "|" in line or "+-" in line:
        return _between_bars(lines, at)
    if "  " not in line and "--" not in line:
        return None
    return _under_rule(lines, at) or _set_out(lines, at)


def _between_bars(lines: Sequence[str], at: int) -> _Table | None:
    """Return a table whose rows start and end with a bar, as in Markdown or box drawings."""
    run: list[str] = []
    rules: list[bool] = []
    for line in takewhile(_is_barred, lines[at : at + _MOST_LINES]):
        rule = _is_bar_rule(line)
        if rule and rules[-1:] == [True]:
            break
        run.append(line)
        rules.append(rule)
    rows = [
        [cell.strip() for cell in line.strip()[1:-1].split("|")]
        for line, rule in zip(run, rules, strict=True)
        if not rule
    ]
    if len(rows) < 2:
        return None  # At most three lines, since two rules never follow one another.
    first = rules.index(False)
    headed = rules[first + 1] or (True not in rules and bool(columns_of(rows)))
    return _Table(rows, headed, after=at + len(run))


def _is_barred(line: str) -> bool:
    """Whether a line is a row of cells between bars, or a rule between such rows."""
    bare = line.strip()
    framed = bare[:1] in ("|", "+") and bare[-1:] in ("|", "+") and len(bare) > 2
    return framed and (bare.count("|") > 2 or _is_bar_rule(bare))


def _is_bar_rule(line: str) -> bool:
    return _BAR_RULE.issuperset(line) and ("-" in line or "=" in line)


def _under_rule(lines: Sequence[str], at: int) -> _Table | None:
    """Return a table whose columns are marked by a row of dashes, as by pandoc and databases."""
    opened = _FULL_RULE.fullmatch(lines[at])
    above = lines[at + 1 if opened else at : at + 1 + _LONGEST_HEAD]
    heads = list(takewhile(lambda line: line.strip() and not _RULE.fullmatch(line), above))
    rule = at + bool(opened) + len(heads)
    if rule >= len(lines) or not _RULE.fullmatch(lines[rule]) or (len(heads) > 1 and not opened):
        return None
    starts = [mark.start() for mark in _DASHES.finditer(lines[rule])]
    body = lines[rule + 1 : rule + 1 + _MOST_LINES]
    blank = (place for place, line in enumerate(body) if _ends(line, wrapped=bool(opened)))
    length = next(blank, len(body))
    closed = length < len(body) and bool(body[length].strip())
    groups = _grouped(body[:length]) if opened else [[line] for line in body[:length]]
    rows = [_row(group, starts) for group in ([heads] if heads else []) + groups]
    if len(rows) < 1 + bool(heads) or not all(map(any, rows)):
        return None
    return _Table(rows, bool(heads), rule + 1 + length + closed)


def _ends(line: str, *, wrapped: bool) -> bool:
    """Whether a line ends a table; with wrapped cells, blank lines separate the rows."""
    return bool(_FULL_RULE.fullmatch(line) or _RULE.fullmatch(line)) or not (
        wrapped or line.strip()
    )


def _grouped(lines: Sequence[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _row(lines: Sequence[str], starts: Sequence[int]) -> list[str]:
    """Return the cells of a row, each with its lines joined."""
    bounds = [*starts[1:], None]
    return [
        " ".join(filter(None, (line[start:end].strip() for line in lines)))
        for start, end in zip(starts, bounds, strict=True)
    ]


def _set_out(lines: Sequence[str], at: int) -> _Table | None:
    """Return a table whose cells are aligned left or right over several rows."""
    first = _cells(lines[at])
    if len(first) < 2:
        return None
    rows = [first]
    for line in lines[at + 1 : at + _MOST_LINES]:
        cells = _cells(line)
        if len(cells) != len(first) or not all(map(_in_line, rows[-1], cells)):
            break
        rows.append(cells)
    if len(rows) < 2:
        return None
    written = [[mark[0] for mark in row] for row in rows]
    return _Table(written, bool(columns_of(written)), at + len(rows))


def _cells(line: str) -> list[re.Match[str]]:
    marks = list(_CELL.finditer(line.expandtabs(8)))
    if len(marks) == 2 and _MARKER.fullmatch(marks[0][0]):
        return []  # A list item, indented after its bullet or number.
    narrowest = min((after.start() - mark.end() for mark, after in pairwise(marks)), default=0)
    return marks if len(marks) > 2 or narrowest >= _WIDE_GAP else []


def _in_line(above: re.Match[str], below: re.Match[str]) -> bool:
    return above.start() == below.start() or above.end() == below.end()
