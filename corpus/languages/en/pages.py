"""English words of pages, mails and files about themselves."""

from typing import Final

from corpus.languages.page_words import PageWords

PAGES: Final = PageWords(
    fields={},
    page="page|p",
    page_of="of",
    numbered="item|agenda item|article|chapter|section|appendix|part",
    kinds="press release|article|news|speech|statement",
    sender="from|by",
    published="published|posted|date",
    stamped="published|updated",
    untitled=r"untitled|\(?anonymous",
    forwarded="original message|forwarded message",
    mail_on="on",
    mail_wrote="wrote",
    mail_from="from",
    mail_labels="sent|date|to|cc",
    mail_dated="sent|date",
    mail_subject="subject|re",
    happened=r"was|were|had|has|\w{3,}ed",
    of_the_page="we|us|our|you|your|this|here|page|site|website|cookies|rights|reserved",
    of_a_site="page|content|site|website",
    within_names=frozenset("and at of the".split()),
    controls="published|updated|last|modified|share|print|listen|copy link|read more|show more"
    "|back to top|email",
)
