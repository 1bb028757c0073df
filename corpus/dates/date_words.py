"""The words of a text that name days."""

from dataclasses import dataclass
from datetime import date

from corpus.dates.calendar_names import Days
from corpus.dates.calendar_rules import CALENDAR_RULES, Yearly
from corpus.dates.relative_dates import RELATIVE_RULES


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words of a text that name days: certain ones, or ones of a year not said."""

    start: int
    end: int
    meaning: Days | Yearly


def find_date_words(text: str, today: date, *, relative: bool) -> list[DateWords]:
    """Return the words that name days, in order; of those that overlap the longest.

    Those that count from today, such as "last week", are found only where `relative`.
    """
    small = text.lower()  # Patterns that need not mind capitals are more than twice as quick.
    if len(small) != len(text):
        small = text  # A few letters of other languages change their length.
    found = [
        DateWords(*match.span(), meaning)
        for opening, rules in CALENDAR_RULES
        if opening.search(small)
        for pattern, read in rules
        for match in pattern.finditer(small)
        if (meaning := read(match)) is not None
    ]
    if relative:
        found += [
            DateWords(*match.span(), days)
            for pattern, read_from in RELATIVE_RULES
            for match in pattern.finditer(small)
            if (days := read_from(match, today)) is not None
        ]
    found.sort(key=lambda words: (words.start, -words.end))
    kept: list[DateWords] = []
    for words in found:
        if not kept or words.start >= kept[-1].end:
            kept.append(words)
    return kept
