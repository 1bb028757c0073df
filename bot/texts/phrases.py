"""What citera says, as every language has to say it."""

from dataclasses import dataclass

from bot.texts.telegram_phrases import TelegramTexts


@dataclass(frozen=True, slots=True)
class Texts:
    """The phrases of one language."""

    name: str
    """What the language calls itself."""
    leads: dict[str | None, str]
    """What introduces an answer, by the role of those it lists; None where it promises nothing."""
    may_answer: str
    """Introduces quotes of which it is not sure that they answer."""
    other_meetings: str
    """Tells of which days there are meetings, where there is none of the time asked about."""
    among: str
    """Says that somebody is in a list, with their entry."""
    not_among: str
    """Says that somebody is not in the list that is quoted."""
    part_not_found: str
    """Says that one part of a question was not answered, in the question's own words."""
    see_also: str
    """Stands before the citations that name nobody."""
    says: str
    """Tells what a citation answers, in the question's own words, such as "when"."""
    differing: str
    """Says that versions of a text do not say the same."""
    newer_says: str
    """Tells that a version is the newest, and what it says where they differ."""
    said: str
    """Tells what an older version says there."""
    said_something_else: str
    """Tells that an older version says something else there."""
    not_found: str
    not_mentioned: str
    """Names what of the question stands in nothing that was found."""
    nothing_more: str
    """Not found, where earlier answers to the question have shown something."""
    nearest: str
    """Heading over the passages nearest to a question that nothing answers."""
    also_in: str
    read_as: str
    year_taken: str
    """Tells the month or day that was meant, its year being told by the documents."""
    year_taken_of: str
    """The same, and the other years that could be meant."""
    another_year: str
    """Tells how a conversation goes on with another year."""
    """Says how a question that leans on the one before was understood."""
    small_talk: dict[str, str]
    """What is answered to each purpose that `bot.question.small_talk` tells apart."""
    quotation_marks: tuple[str, str]
    in_language: dict[str, str]
    """Marks a quote in a language that is not the asker's, by that language."""
    months: tuple[str, ...]
    telegram: TelegramTexts

    def answer_lead(self, role: str | None = None) -> str:
        """Return what introduces an answer, and the entries of a role if it lists them."""
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
        """Return a mark for a quote that is not in the asker's language; "" where it is."""
        return "" if language == asked_in else self.in_language[language]
