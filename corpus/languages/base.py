"""The word lists that a language must provide, by function."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from corpus.languages.follow_up_words import FollowUpWords
from corpus.languages.name_words import NameWords
from corpus.languages.page_words import PageWords
from corpus.languages.question_words import QuestionWords
from corpus.languages.text_words import TextWords
from corpus.languages.time_words import TimeWords


class Role(StrEnum):
    """The role of a person at a meeting or in a vote."""

    PRESENT = "present"
    ABSENT = "absent"
    REMOTE = "remote"
    GUEST = "guest"
    INVITED = "invited"
    SPEAKER = "speaker"
    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY = "secretary"
    ADJUSTER = "adjuster"
    TREASURER = "treasurer"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; patterns match lower-case text between word boundaries."""

    times: TimeWords
    names: NameWords
    texts: TextWords
    pages: PageWords
    questions: QuestionWords
    follow_ups: FollowUpWords
    roles: Mapping[Role, str]
    """Words for each role, in a label above a list or in a question."""
    labels: Mapping[Role, str]
    """Words for a role only when they are the whole label, such as "with"."""
    office: str
    """Words after a name that give an office, for example in a board."""
    tells: str
    """Verbs that start a clause about those listed: "Anna and Bo had sent"."""
    sent_by: str
    """Words between a role and the people in a sentence: "apologies from"."""
    asked: Mapping[Role, str]
    """Words for a role only in a question, such as "who led"."""
    things: str
    """Words that ask for the kind of thing named next: "which", "how many"."""
    attending: str
    """Nouns for attendees, people or bodies."""
    negation: str
    """Words that negate a role in the same clause."""
    nobody: str
    """Words that negate a sentence: nobody or nothing."""
    yes: frozenset[str]
    """Table cells that mean yes, in lower case."""
    no: frozenset[str]
    """Table cells that mean no."""
    none_listed: str
    """Words in place of a list that is empty."""
    counting: str
    """Words that ask for a number of people or things, at the start of a clause."""
    latest: str
    """Words that ask for the latest event."""
    first: str
    """Words that ask for the first event."""
    coming: str
    """Words for a future event."""
    event: str
    """Words for a gathering."""
    bare_event: str
    """Words for a gathering of no particular kind."""
    plural: str
    """Words that ask for several of a kind."""
    after: str
    """Words before a time after which something happened."""
    before: str
    """Words before a time before which something happened."""
    changes: str
    """Words by which a text says that it corrects or changes an earlier one."""
    draft: str
    """Words by which a text says that it is a draft."""
    changed_from: tuple[str, ...]
    """Words before a value that a change replaces."""
    changed_to: tuple[str, ...]
    instead: str
    """Words before something that no longer applies."""
    partly: str
    """Words that mark a list as incomplete."""
    asks_price: str
    """Words that ask for a price, at the start of a clause."""
    asks_phone: str
    """Words that ask for a telephone number."""
    asks_mail: str
    """Words that ask for an e-mail address."""
    asks_year: str
    """Words that ask for a year."""
    free: str
    """Words for "free of charge"."""
    money: str
    """Currency words, and words for amounts."""
    measures: str
    """Units of measure that are not money."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of a language, compiled for text of any case."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
