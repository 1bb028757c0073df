"""The words that a language must provide for dates and times."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """Words that dates consist of.

    Names are in lower case. Patterns match lower-case text; an empty one matches nothing.
    """

    months: tuple[str, ...]
    """The twelve months; synonyms are separated by a space."""
    months_written: tuple[str, ...]
    """The months as written within a sentence."""
    date_written: str
    """Format of a date, with {day}, {month} and {year}."""
    short_months: tuple[str, ...]
    """Their abbreviations, without full stop."""
    verb_months: frozenset[str]
    """Months whose names are also verbs."""
    before_month: str
    """Words before such a name that make it a month."""
    joined_month: str
    """Words that a month is compounded with, such as "januarimötet"."""
    seasons: tuple[str, str, str, str]
    """Names of spring, summer, autumn and winter."""
    seasons_said: tuple[str, ...]
    """Patterns that distinguish seasons from other words, each with a group `season`."""
    past_by_form: str
    """Names of seasons that are past by their form: "våras"."""
    terms: Mapping[str, int]
    """The first month of a school term, by the start of its name."""
    terms_said: tuple[str, ...]
    """Patterns for terms, each with a group `term`."""
    short_terms: str
    """Abbreviated terms before a two-digit year: "VT25"."""
    weekdays: str
    """The weekdays, Monday first."""
    weekday_endings: str
    numbers: Mapping[str, int]
    """Small numbers by name."""
    vague_numbers: frozenset[str]
    """Those that usually are not numbers."""
    number_endings: str
    """Endings of fractions and plurals: "tredjedel", "thirds"."""
    days_said: str
    """The days of a month in words, from the first."""
    feasts: Mapping[str, tuple[int, int]]
    """Month and day of fixed holidays."""
    easter_feasts: Mapping[str, int]
    """Holidays by their distance from Easter Sunday in days."""
    midsummer_feasts: Mapping[str, int]
    """Holidays by their distance from the Friday of midsummer in days."""
    ordinals: tuple[str, str, str, str]
    """Names of the first to the fourth quarter or half-year."""
    year_parts: Mapping[str, int]
    """The months of a quarter or half-year, by the word after its number."""
    quarter: str
    """The word for a quarter before its number."""
    week: str
    week_letter: str
    """The mark of a week number: "v. 12"."""
    session: str
    """Words for a period over two years: "läsåret 23/24"."""
    decade_ending: str
    short_decades: tuple[str, ...]
    """Patterns for a two-digit decade, in the group `year`."""
    article: str
    """Words before a day."""
    day_endings: str
    """Endings of the number of a day."""
    of_month: str
    """Words between a day and its month."""
    part_of: str
    """Words after a fraction that looks like a date: "3/4 of"."""
    before_number: str
    """Words before a number within a year: "meeting 7/2023"."""
    of_year: str
    """Words between a month and its year."""
    inside: str
    """Words before a month within a range: "från mars till i maj"."""
    amounts: str
    """Words that make a number an amount rather than a year or day."""
    joins: str
    """The word "and"."""
    day_to: str
    """Words between two days of a month."""
    until: str
    """Words between the two dates of a range."""
    between: str
    since: str
    this: str
    previous: str
    """Words for the previous month or season; `following` has those for the next."""
    following: str
    early: str
    middle: str
    late: str
    near_days: Mapping[str, int]
    """Days by their distance from today; spaces may be missing."""
    near_years: Mapping[str, int]
    """Years by their distance from this one."""
    units: tuple[str, str, str, str]
    """Names of days, weeks, months and years, singular and plural."""
    near_units: str
    """Names of weeks, months and years after "last" or "this"."""
    last_unit: tuple[str, ...]
    """Words before a past unit; `next_unit` has those before a future one."""
    next_unit: tuple[str, ...]
    this_unit: tuple[str, ...]
    before_ago: str
    """Words before "two years ago"."""
    ago: str
    last_few: str
    """Words before a number of units up to now: "the last two years"."""
    last_weekday: tuple[str, ...]
    """Patterns with {} for a past weekday; `next_weekday` has those for a future one."""
    next_weekday: tuple[str, ...]
    date_label: str
    """The start of a line about when something takes place."""
    time_label: str
    """The same, if it is a label only before a colon or bar."""
    another: str
    """Words in a heading about the meeting before or after its own."""
    opening: str
    """The start of a sentence that says which meeting the minutes are of."""
    around_date: str
    """Words of a heading that belong to its date."""
    published: str
    """The start of a line about when a text was published."""
    before_published: str
