"""What has to be known of a language to read its dates and times."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """The words that dates are made of.

    Names are in small letters. Patterns match text in small letters; an empty one matches nothing.
    """

    months: tuple[str, ...]
    """The twelve months; of several names for one, a space stands between."""
    months_written: tuple[str, ...]
    """The months as they are written within a sentence."""
    date_written: str
    """How a day is written, with {day}, {month} and {year}."""
    short_months: tuple[str, ...]
    """Their abbreviations, without the full stop."""
    verb_months: frozenset[str]
    """Months whose names are verbs as well."""
    before_month: str
    """What stands before such a name where it is a month."""
    joined_month: str
    """What a month is joined with in one word, such as "januarimötet"."""
    seasons: tuple[str, str, str, str]
    """Names of spring, summer, autumn and winter."""
    seasons_said: tuple[str, ...]
    """Patterns that tell a season from other words, each with a group `season`."""
    past_by_form: str
    """Names of seasons whose form says that they are over: "våras"."""
    terms: Mapping[str, int]
    """The first month of a school term, by what its name begins with."""
    terms_said: tuple[str, ...]
    """Patterns for terms, each with a group `term`."""
    short_terms: str
    """Names of terms that a year follows in two digits: "VT25"."""
    weekdays: str
    """The weekdays, Monday first."""
    weekday_endings: str
    numbers: Mapping[str, int]
    """Small numbers by their names."""
    vague_numbers: frozenset[str]
    """Those that mostly stand for no number."""
    number_endings: str
    """What makes a part or several of a number: "tredjedel", "thirds"."""
    days_said: str
    """The days of a month in words, the first of them first."""
    feasts: Mapping[str, tuple[int, int]]
    """Month and day of feasts that are the same day each year."""
    easter_feasts: Mapping[str, int]
    """Feasts by how many days they are from Easter Sunday."""
    midsummer_feasts: Mapping[str, int]
    """Feasts by how many days they are from the Friday of midsummer."""
    ordinals: tuple[str, str, str, str]
    """Names of the first to the fourth quarter or half."""
    year_parts: Mapping[str, int]
    """The months of a quarter or half, by what it is called after its number."""
    quarter: str
    """What a quarter is called before its number."""
    week: str
    week_letter: str
    """What a week's number is marked with: "v. 12"."""
    session: str
    """What lies over two years: "läsåret 23/24"."""
    decade_ending: str
    short_decades: tuple[str, ...]
    """Patterns for a decade in two digits, which are the group `year`."""
    article: str
    """What may stand before a day."""
    day_endings: str
    """What may be joined to the number of a day."""
    of_month: str
    """What may stand between a day and its month."""
    part_of: str
    """What follows a fraction, which looks like a day and month: "3/4 of"."""
    before_number: str
    """What stands before the number that something has in its year: "meeting 7/2023"."""
    of_year: str
    """What may stand between a month and its year."""
    inside: str
    """What may stand before a month within a stretch: "från mars till i maj"."""
    amounts: str
    """What makes a number an amount rather than a year or day."""
    joins: str
    """The word "and"."""
    day_to: str
    """What may stand between two days of a month."""
    until: str
    """What may stand between two dates of a stretch."""
    between: str
    since: str
    this: str
    previous: str
    """What marks a month or season as the last one, as `following` marks it as the next."""
    following: str
    early: str
    middle: str
    late: str
    near_days: Mapping[str, int]
    """Days by how far they are from today; spaces may be missing."""
    near_years: Mapping[str, int]
    """Years by how far they are from this one."""
    units: tuple[str, str, str, str]
    """Names of days, weeks, months and years, one or several."""
    near_units: str
    """Names of weeks, months and years, as they follow "last" or "this"."""
    last_unit: tuple[str, ...]
    """What stands before a unit that is over, as `next_unit` before one to come."""
    next_unit: tuple[str, ...]
    this_unit: tuple[str, ...]
    before_ago: str
    """What may stand before "two years ago"."""
    ago: str
    last_few: str
    """What stands before a number of units up to now: "the last two years"."""
    last_weekday: tuple[str, ...]
    """Patterns with {} for a weekday that is over, as `next_weekday` has for one to come."""
    next_weekday: tuple[str, ...]
    date_label: str
    """What a line begins with that says when something takes place."""
    time_label: str
    """The same, where it is a label only before a colon or bar."""
    another: str
    """What a heading says of the meeting before or after its own."""
    opening: str
    """How the sentence begins that says of what a text is the minutes."""
    around_date: str
    """Words of a heading that belong to its date."""
    published: str
    """What a line begins with that says when a text was published."""
    before_published: str
