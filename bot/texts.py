"""What citera says in words, in Swedish and in English."""

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
    samples: str
    """Says that answers come from the bundled samples."""
    undated: str
    help: str
    admin_help: str
    searching_failed: str
    """Apologises for an error of ours, with {error_id} to look it up by."""
    stranger: str
    """Tells somebody who is not let in what to do, with {chat_id}."""
    ask_usage: str
    admins_only: str
    reembed_started: str
    reembed_running: str
    reembed_stages: dict[str, str]
    reembed_unchanged: str
    reembed_done: str
    reembed_skipped: str
    reembed_more: str
    reembed_failed: str
    status: str
    command_ask: str
    command_help: str
    command_reembed: str
    command_status: str

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
        return "" if language == asked_in else self.in_language.get(language, "")


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
    samples=("Answering from the sample documents; set DOCUMENTS_DIR to answer from your own."),
    undated="undated",
    help=(
        "Ask a question, and I answer with quotes from the documents. Each quote stands word for "
        "word in the document named above it; tap it to see the whole.\n\n"
        "In a group: /ask followed by the question, or mention me."
    ),
    admin_help=(
        "For admins: /reembed takes in new and changed documents, /status tells what there is."
    ),
    searching_failed=(
        "Sorry, something went wrong on my side. It has been logged as error {error_id}."
    ),
    stranger=(
        "I answer only those who have been let in. To be let in, give whoever runs me the number "
        "of this chat: {chat_id}"
    ),
    ask_usage="Write the question after the command: /ask Who attended the January meeting?",
    admins_only="Only admins can do that.",
    reembed_started="Looking for new and changed documents …",
    reembed_running="A re-embed is running already; its message tells how far it has come.",
    reembed_stages={
        "compare": "Comparing documents",
        "read": "Reading documents",
        "embed": "Embedding passages",
    },
    reembed_unchanged="Nothing has changed: {documents} documents, {passages} passages.",
    reembed_done=(
        "Done in {seconds} s: {documents} documents, {passages} passages, {embedded} of them new."
    ),
    reembed_skipped="Could not be read:",
    reembed_more="and {count} more",
    reembed_failed="The re-embed failed: {reason}",
    status=(
        "{documents} documents, {passages} passages\nMade {created}\nModel: {model}\n"
        "Languages: {languages}\nSize: {megabytes} MB"
    ),
    command_ask="Ask the documents a question",
    command_help="How to ask",
    command_reembed="Take in new and changed documents",
    command_status="What the index holds",
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
    samples=("Svaren kommer ur exempeldokumenten; ange DOCUMENTS_DIR för att söka i dina egna."),
    undated="odaterat",
    help=(
        "Ställ en fråga, så svarar jag med citat ur dokumenten. Varje citat står ordagrant i "
        "dokumentet som nämns ovanför; tryck på det för att se hela.\n\n"
        "I en grupp: skriv /ask och sedan frågan, eller nämn mig vid namn."
    ),
    admin_help=(
        "För administratörer: /reembed läser in nya och ändrade dokument, /status visar vad som "
        "finns."
    ),
    searching_failed="Något gick tyvärr fel hos mig. Det är loggat som fel {error_id}.",
    stranger=(
        "Jag svarar bara dem som har släppts in. Vill du bli insläppt, ge den som driver mig "
        "numret på den här chatten: {chat_id}"
    ),
    ask_usage="Skriv frågan efter kommandot: /ask Vilka deltog i mötet i januari?",
    admins_only="Det kan bara administratörer göra.",
    reembed_started="Letar efter nya och ändrade dokument …",
    reembed_running="En inläsning pågår redan; dess meddelande visar hur långt den har kommit.",
    reembed_stages={
        "compare": "Jämför dokument",
        "read": "Läser dokument",
        "embed": "Bäddar in textavsnitt",
    },
    reembed_unchanged="Inget har ändrats: {documents} dokument, {passages} textavsnitt.",
    reembed_done=(
        "Klart på {seconds} s: {documents} dokument, {passages} textavsnitt, varav {embedded} nya."
    ),
    reembed_skipped="Gick inte att läsa:",
    reembed_more="och {count} till",
    reembed_failed="Inläsningen misslyckades: {reason}",
    status=(
        "{documents} dokument, {passages} textavsnitt\nSkapat {created}\nModell: {model}\n"
        "Språk: {languages}\nStorlek: {megabytes} MB"
    ),
    command_ask="Ställ en fråga till dokumenten",
    command_help="Så här frågar du",
    command_reembed="Läs in nya och ändrade dokument",
    command_status="Vad indexet innehåller",
)


def texts_for(language: str) -> Texts:
    """Return the phrases of a language such as "sv" or "sv-SE"; all but Swedish get English."""
    return _SWEDISH if language.lower().partition("-")[0] == "sv" else _ENGLISH
