"""What has to be known of a language to read what pages, mails and files say of themselves."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """The words that stand around a text rather than in it; patterns match in any case."""

    fields: Mapping[str, tuple[str, ...]]
    """Names of the fields of a head, beside the usual English ones."""
    page: str
    """What a page's number is marked with."""
    page_of: str
    """What stands between a page's number and how many there are."""
    numbered: str
    """What a heading begins with before its number: "Item 4"."""
    kinds: str
    """What a text calls itself in the line above its title."""
    sender: str
    """What follows there, before who sent it."""
    published: str
    """What labels the day on which a page was published."""
    stamped: str
    """What begins a line about when a page was published or changed."""
    untitled: str
    """What a file's title says where it has none."""
    forwarded: str
    """What a line says of the mail that follows below it."""
    mail_on: str
    """What a line begins with that says who wrote the mail below, and `wrote` what it holds."""
    mail_wrote: str
    mail_from: str
    """The first label above such a mail, and `mail_labels` the others."""
    mail_labels: str
    mail_dated: str
    """What stands before the time of a letter in its head."""
    mail_subject: str
    """What stands before the subject of a letter in its head."""
    happened: str
    """Verbs of lines that tell of something."""
    of_the_page: str
    """What a line holds that is about the page or site itself, or speaks to its reader."""
    of_a_site: str
    """What a site and its parts are called."""
    within_names: frozenset[str]
    """Small words that names and titles hold."""
    controls: str
    """Labels and buttons that stand without what they label."""
