"""Labels of a plain text that stand in a column of their own, what they label beside them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

BESIDE: Final = "\ue000"
"""Parts a label from what stands beside it; private, so that no text has it."""

_LABELLED: Final = re.compile(r"([^\W\d_][^\n]{0,40}?)(?: {3,}| ?\t+ *)(?=\S)")
_TAB: Final = 8


def with_columns(text: str) -> str:
    """Return a text in which `BESIDE` parts labels from columns of at least two lines beside them.

    "Present     Anna Ek" and under the name "Bo Li" are such: neither runs on with the other.
    """
    if "   " not in text and "\t" not in text:
        return text
    return "\n".join(_marked(text.replace(BESIDE, " ").split("\n")))


def _marked(lines: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        label = _LABELLED.match(lines[at])
        column = len(lines[at][: label.end()].expandtabs(_TAB)) if label else 0
        below = at + 1
        while label and below < len(lines) and _begins_at(lines[below], column):
            below += 1
        if label and below > at + 1:
            yield f"\n{label[1].rstrip(' :')}{BESIDE}{lines[at][label.end() :].strip()}"
            yield from (f"{BESIDE}{line.strip()}" for line in lines[at + 1 : below])
            yield ""
        else:
            yield lines[at]
        at = max(below, at + 1) if label and below > at + 1 else at + 1


def _begins_at(line: str, column: int) -> bool:
    """Whether the text of a line begins at a column, give or take one."""
    bare = line.lstrip()
    indent = len(line[: len(line) - len(bare)].expandtabs(_TAB))
    return bool(bare) and abs(indent - column) <= 1
