"""What citera says around quotes, in Swedish and in English."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Texts:
    """The phrases of one language."""

    leads: dict[str | None, str]
    """What introduces the quotes of an answer, by what the question asks for."""
    not_found: str
    nearest: str
    """Heading over the passages nearest to a question that nothing answers."""
    also_in: str
    quotation_marks: tuple[str, str]
    in_language: dict[str, str]
    """Marks a quote in a language that is not the asker's, by that language."""
    months: tuple[str, ...]

    def answer_lead(self, kind: str | None) -> str:
        """Return what introduces the quotes of an answer to a question of that kind."""
        return self.leads.get(kind, self.leads[None])

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


_ENGLISH: Final = Texts(
    leads={
        "who": "Who, according to the documents:",
        "when": "When, according to the documents:",
        "where": "Where, according to the documents:",
        "why": "Why, according to the documents:",
        "how_much": "The figures, according to the documents:",
        None: "According to the documents:",
    },
    not_found="I did not find an answer to this in the documents.",
    nearest="Nearest to the question, though not an answer:",
    also_in="Also in",
    quotation_marks=("“", "”"),
    in_language={"sv": "in Swedish", "en": "in English", "other": "in another language"},
    months=tuple(
        "January February March April May June July August September October November "
        "December".split()
    ),
)

_SWEDISH: Final = Texts(
    leads={
        "who": "Vem eller vilka, enligt dokumenten:",
        "when": "När, enligt dokumenten:",
        "where": "Var, enligt dokumenten:",
        "why": "Varför, enligt dokumenten:",
        "how_much": "Siffrorna, enligt dokumenten:",
        None: "Enligt dokumenten:",
    },
    not_found="Jag hittade inget svar på det i dokumenten.",
    nearest="Det som ligger närmast frågan, utan att besvara den:",
    also_in="Även i",
    quotation_marks=("”", "”"),
    in_language={"sv": "på svenska", "en": "på engelska", "other": "på ett annat språk"},
    months=tuple(
        "januari februari mars april maj juni juli augusti september oktober november "
        "december".split()
    ),
)


def texts_for(language: str) -> Texts:
    """Return the phrases of a language such as "sv" or "sv-SE"; all but Swedish get English."""
    return _SWEDISH if language.lower().partition("-")[0] == "sv" else _ENGLISH
