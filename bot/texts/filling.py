"""Fills in phrases."""

from string import Formatter
from typing import Any


class _Counting(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return f"{value} {one if value == 1 else many}"


def fill(phrase: str, **values: object) -> str:
    """Return a phrase filled in; {count:page|pages} becomes "1 page" or "2 pages"."""
    return _Counting().format(phrase, **values)
