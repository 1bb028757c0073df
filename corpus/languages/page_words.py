"""The words that a language must provide for reading pages, mails and files."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """Words around a text rather than in it; patterns match any case."""

    fields: Mapping[str, tuple[str, ...]]
    """Names of front matter fields, besides the usual English ones."""
    page: str
    """The word before a page number."""
    page_of: str
    """The word between a page number and the number of pages."""
    numbered: str
    """The start of a numbered heading: "Item 4"."""
    kinds: str
    """Kinds of text, in the line above a title."""
    sender: str
    """The word there before the sender."""
    published: str
    """Labels of a publication date."""
    stamped: str
    """The start of a line about when a page was published or changed."""
    untitled: str
    """Default titles of files without one."""
    forwarded: str
    """Lines above a forwarded mail."""
    mail_on: str
    """The start of a line about the author of a quoted mail; `wrote` is its end."""
    mail_wrote: str
    mail_from: str
    """The first label above such a mail; `mail_labels` has the others."""
    mail_labels: str
    mail_dated: str
    """The label of a letter's date in its head."""
    mail_subject: str
    """The label of a letter's subject in its head."""
    happened: str
    """Verbs of informative lines."""
    of_the_page: str
    """Words of lines about the page or site itself, or addressed to its reader."""
    of_a_site: str
    """Words for a site and its parts."""
    within_names: frozenset[str]
    """Function words inside names and titles."""
    controls: str
    """Labels and buttons without what they label."""
