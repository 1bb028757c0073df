"""Checks what an answer itself says against known names and its own quotes."""

import re
from typing import Final

from bot.evaluation.matching import fold, is_named_in
from bot.evaluation.questions import Golden
from bot.types import Answer, AnswerItem

NAMING: Final = frozenset({"who", "list"})
"""Kinds of questions that are answered by lists of names."""
_MARKER: Final = re.compile(r"\[(\d+)\]")


def is_known(golden: Golden) -> bool:
    """Whether all names that an answer may list are known."""
    if golden.names or not golden.answerable:
        return True
    return golden.names is not None and golden.kind in NAMING


def wrong_items(golden: Golden, answer: Answer) -> list[AnswerItem]:
    """Return the items that match no known name and no known evidence."""
    known = [fold(name) for name in golden.names or ()]
    evidence = [fold(text) for text in golden.evidence]
    return [
        item
        for item in answer.items
        if not any(is_named_in(name, fold(item.text)) for name in known)
        and not any(is_named_in(fold(item.text), text) for text in evidence)
    ]


def listed_names(golden: Golden, answer: Answer) -> list[str]:
    """Return the known names among the items."""
    items = [fold(item.text) for item in answer.items]
    return [
        name for name in golden.names or () if any(is_named_in(fold(name), item) for item in items)
    ]


def contradictions(answer: Answer) -> list[str]:
    """Return what the quotes do not prove: items not in them, and markers without a quote."""
    cited = {citation.number: citation for citation in answer.citations}
    wrong = [f"[{number}]" for number in _MARKER.findall(answer.text) if int(number) not in cited]
    for item in answer.items:
        quoted = cited.get(item.citation)
        begin = item.start - quoted.quote_start if quoted else -1
        length = item.end - item.start
        if not quoted or begin < 0 or quoted.quote[begin : begin + length] != item.text:
            wrong.append(item.text)
    return wrong
