"""Words that tell names apart, of all languages together."""

import re
from typing import Final

from corpus.dates.calendar_names import WEEKDAYS, any_of
from corpus.languages.international import COMPANY_FORMS
from corpus.languages.known import all_of, either

CAPITAL: Final = r"[A-ZÀ-ÖØ-ÞŁŚŠŽĆČ]"
"""Pattern of a letter that a name can begin with."""

_TITLES: Final = frozenset(all_of(lambda w: w.names.titles))

TITLE: Final = (
    rf"(?:[^\W\d_][\w:-]*)?(?:{any_of(_TITLES)})(?:{either(lambda w: w.names.title_endings)})?"
)
"""Pattern of a word that says what a person is, also as the end of a compound."""

TITLES_BEFORE: Final = _TITLES | frozenset(all_of(lambda w: w.names.titles_before))
"""Capitalised words, in small letters, that stand before a name without being part of it."""

ADJECTIVES: Final = frozenset(all_of(lambda w: w.names.adjectives))
"""Words that places and bodies are called by, and that no person's name begins with."""

OPENERS: Final = frozenset((*all_of(lambda w: w.names.openers), *WEEKDAYS))
"""Capitalised words, in small letters, that begin sentences and are no names."""

ORGANISATION: Final = re.compile(
    rf"(?:^(?:{either(lambda w: w.names.bodies)}|{COMPANY_FORMS})$)"
    rf"|(?:{either(lambda w: w.names.body_endings)})$"
)
"""Pattern of a word that no person is called."""

LINKS: Final = either(lambda w: w.names.body_links)
"""Small words that a name of an organisation goes on with."""

JOINS: Final = either(lambda w: w.names.joins)
"""The word "and"."""
