"""Patterns for names, over all languages."""

import re
from typing import Final

from corpus.dates.calendar_names import WEEKDAYS, any_of
from corpus.languages.international import COMPANY_FORMS
from corpus.languages.known import all_of, either

CAPITAL: Final = r"[A-ZÀ-ÖØ-ÞŁŚŠŽĆČ]"
"""Pattern of a letter that a name can start with."""

_TITLES: Final = frozenset(all_of(lambda w: w.names.titles))

TITLE: Final = (
    rf"(?:[^\W\d_][\w:-]*)?(?:{any_of(_TITLES)})(?:{either(lambda w: w.names.title_endings)})?"
)
"""Pattern of a title, also as the end of a compound."""

TITLES_BEFORE: Final = _TITLES | frozenset(all_of(lambda w: w.names.titles_before))
"""Words, in lower case, that precede a name capitalised without being part of it."""

ADJECTIVES: Final = frozenset(all_of(lambda w: w.names.adjectives))
"""Words in names of places and organisations that no person's name starts with."""

OPENERS: Final = frozenset((*all_of(lambda w: w.names.openers), *WEEKDAYS))
"""Words, in lower case, that start sentences and are not names."""

ORGANISATION: Final = re.compile(
    rf"(?:^(?:{either(lambda w: w.names.bodies)}|{COMPANY_FORMS})$)"
    rf"|(?:{either(lambda w: w.names.body_endings)})$"
)
"""Pattern of a word that is not a person's name."""

LINKS: Final = either(lambda w: w.names.body_links)
"""Function words inside an organisation's name."""

JOINS: Final = either(lambda w: w.names.joins)
"""The word "and"."""
