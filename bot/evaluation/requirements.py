"""Requirements on figures, such as "en: quote first=0.5", and where they are not met."""

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bot.evaluation.figures import ALL, BY_NAME, Figure, Figures
from corpus.errors import UserError

_WRITTEN: Final = re.compile(r"\s*(?:([^:=]+?)\s*:)?\s*([^:=]+?)\s*=\s*([\d.,]+)\s*(%?)\s*")


@dataclass(frozen=True, slots=True)
class Requirement:
    """The minimum of a figure, or the maximum if lower is better."""

    group: str
    figure: Figure
    bound: float

    def shortfall(self, groups: dict[str, Figures]) -> str | None:
        """Return a sentence if the figure misses the bound, otherwise None.

        UserError if the questions give no such figure.
        """
        value = groups.get(self.group, {}).get(self.figure.name)
        if value is None:
            raise UserError(
                f'There is no "{self.figure.name}" of {self.group} questions in this file; the '
                f"groups are {_listed(groups)}."
            )
        enough = value >= self.bound if self.figure.higher_is_better else value <= self.bound
        if enough:
            return None
        limit = "least" if self.figure.higher_is_better else "most"
        return (
            f'The "{self.figure.name}" of {self.group} questions is {self.figure.told(value)}, and '
            f"must be at {limit} {self.figure.told(self.bound)}."
        )


def read_requirement(text: str) -> Requirement:
    """Parse a requirement from the command line; UserError if it is invalid."""
    parts = _WRITTEN.fullmatch(text)
    try:
        group, name, number, percent = parts.groups() if parts else ("", "", "", "")
        bound = float(number.replace(",", ".")) / (100 if percent else 1)
    except ValueError as error:
        example = '"document in five=0.9" or "en: quote first=0.5"'
        raise UserError(f"{text!r} is not a requirement; write it as {example}.") from error
    if name not in BY_NAME:
        near = difflib.get_close_matches(name, BY_NAME, n=1)
        meant = f'Did you mean "{near[0]}"?' if near else f"The figures are {_listed(BY_NAME)}."
        raise UserError(f"There is no figure {name!r}. {meant}")
    return Requirement(group or ALL, BY_NAME[name], bound)


def _listed(names: Collection[str]) -> str:
    return ", ".join(names)
