"""What has to be known of a language: every list of its words, by what the words are for."""

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
    """What somebody is at a meeting or in a vote, as headings, lead-ins and questions say it."""

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
    """The words of one language; patterns match in small letters, between word boundaries."""

    times: TimeWords
    names: NameWords
    texts: TextWords
    pages: PageWords
    questions: QuestionWords
    follow_ups: FollowUpWords
    roles: Mapping[Role, str]
    """What names each role, in a label over a list as in a question."""
    labels: Mapping[Role, str]
    """What names a role where it is all that a label says, such as "with"."""
    office: str
    """What stands after a name, and says what somebody is in a board."""
    tells: str
    """Verbs with which a clause goes on about those who were listed: "Anna and Bo had sent"."""
    sent_by: str
    """What stands in a sentence between a role and those who have it: "apologies from"."""
    asked: Mapping[Role, str]
    """What asks for a role in a question alone, such as "who led"."""
    things: str
    """What asks for a kind of thing that is named next: "which", "how many"."""
    attending: str
    """Nouns for those who attend, people or bodies."""
    negation: str
    """What turns the role around that stands in the same clause."""
    nobody: str
    """What denies a sentence by saying that nobody or nothing is meant."""
    yes: frozenset[str]
    """Cells of a table that say that something holds; compared in small letters."""
    no: frozenset[str]
    """Cells that say that it does not."""
    none_listed: str
    """What stands where a list would, if nobody is to be listed."""
    counting: str
    """What asks for a number of people or things, at the beginning of its clause."""
    latest: str
    """What asks for the latest of several events."""
    first: str
    """What asks for the first of several events."""
    coming: str
    """What says of one of several events that it is yet to come."""
    event: str
    """What a gathering is called."""
    bare_event: str
    """What a gathering is called that is of no particular kind."""
    plural: str
    """What asks for several of a kind."""
    after: str
    """What stands before a time that something came after."""
    before: str
    """What stands before a time that something came before."""
    changes: str
    """What a text says of itself that corrects or changes what was said before."""
    draft: str
    """What a text says of itself that is not the last word."""
    changed_from: tuple[str, ...]
    """What stands before the value that a change puts an end to."""
    changed_to: tuple[str, ...]
    instead: str
    """What stands before that which no longer holds."""
    partly: str
    """What says that a list does not name all."""
    asks_price: str
    """What asks for an amount of money, at the beginning of its clause."""
    asks_phone: str
    """What asks for a telephone number."""
    asks_mail: str
    """What asks for an e-mail address."""
    asks_year: str
    """What asks for a year."""
    free: str
    """What says that nothing is to be paid."""
    money: str
    """What stands beside an amount of money, and words for sums of it."""
    measures: str
    """What stands after a figure that is no amount of money."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of a language compiled, to be searched for in text of any case."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
