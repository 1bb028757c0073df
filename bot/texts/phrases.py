"""The phrases that every language must have."""

from dataclasses import dataclass

from bot.texts.telegram_phrases import TelegramTexts


@dataclass(frozen=True, slots=True)
class Texts:
    """The phrases of one language."""

    name: str
    """The language's own name."""
    leads: dict[str | None, str]
    """The lead of an answer, by the role of those it lists; None for the general one."""
    may_answer: str
    """Introduces quotes that may answer."""
    other_meetings: str
    """Gives the dates of other meetings, if there is none at the time asked about."""
    among: str
    """Says that a person is in a list, with their entry."""
    not_among: str
    """Says that a person is not in the quoted list."""
    part_not_found: str
    """Says which part of a question was not answered, in its own words."""
    see_also: str
    """Precedes the citations without items."""
    says: str
    """Says what a citation answers, in the question's own words, such as "when"."""
    differing: str
    """Says that versions of a text differ."""
    newer_says: str
    """Says that a version is the newest, and what it says where they differ."""
    said: str
    """Says what an older version says there."""
    said_something_else: str
    """Says that an older version differs there."""
    not_found: str
    not_mentioned: str
    """Names the terms of the question that nothing found mentions."""
    nothing_more: str
    """Not found, after earlier answers to the question have shown something."""
    nearest: str
    """Heading over the nearest passages if nothing answers."""
    also_in: str
    read_as: str
    year_taken: str
    """Says which date was assumed, with the year taken from the documents."""
    year_taken_of: str
    """The same, with the other possible years."""
    another_year: str
    """Says how to ask for another year in a conversation."""
    """Says how a question that leans on the one before was understood."""
    small_talk: dict[str, str]
    """The reply to each purpose that `bot.question.small_talk` recognises."""
    quotation_marks: tuple[str, str]
    in_language: dict[str, str]
    """Marks a quote in another language than the question, by its language."""
    months: tuple[str, ...]
    telegram: TelegramTexts

    def answer_lead(self, role: str | None = None) -> str:
        """Return the lead of an answer that lists entries of a role, or the general one."""
        return self.leads[role]

    def date(self, published: str | None) -> str:
        """Return an ISO date, month or year as people write it; "" for none."""
        if published is None:
            return ""
        year, *rest = published.split("-")
        if not rest:
            return year
        month = self.months[int(rest[0]) - 1]
        return " ".join([*(str(int(day)) for day in rest[1:]), month, year])

    def language_note(self, language: str, asked_in: str) -> str:
        """Return the mark of a quote that is not in the question's language, otherwise ""."""
        return "" if language == asked_in else self.in_language[language]
