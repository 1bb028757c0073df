"""What the Telegram bot says beside its answers, in Swedish and English."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class TelegramTexts:
    """The bot's phrases in one language; braces are filled in with `str.format`."""

    greeting: str
    samples: str
    """Is added to the greeting until documents of one's own are named."""
    help: str
    help_for_admins: str
    stranger: str
    closed_group: str
    admins_alone: str
    unknown_command: str
    text_alone: str
    no_question: str
    too_long: str
    cannot_answer: str
    failed: str
    reembed_started: str
    reembed_running: str
    reembed_done: str
    reembed_unchanged: str
    reembed_failed: str
    skipped: str
    and_more: str
    status: str
    menu_ask: str
    menu_help: str
    menu_status: str
    menu_reembed: str
    stages: dict[str, str]
    """What each stage of a re-embed is called."""


_ENGLISH: Final = TelegramTexts(
    greeting="Hello! Ask me anything about the documents I keep. I answer with quotes from them, "
    "and I say so when I find nothing.",
    samples="For now they are sample documents about an invented Swedish town.",
    help="Write a question as you would ask a person, for example: Who attended the January "
    "meeting? The month or year helps, and you can ask in Swedish about English documents and the "
    "other way round.\n\nTap a quote to unfold it. In a group, write /ask and the question, "
    "mention me, or reply to me.",
    help_for_admins="You are an administrator:\n/status tells what the index holds\n/reembed "
    "brings it up to date with the documents folder",
    stranger="I only answer those I have been told of. If you should be among them, give your "
    "administrator this chat's id: {chat_id}",
    closed_group="I do not answer in this group yet. To let it in, add {chat_id} to "
    "ALLOWED_CHAT_IDS and start me again.",
    admins_alone="Only administrators can use that command.",
    unknown_command="I do not know that command. Just write your question, or see /help.",
    text_alone="I can only read text. Please write your question.",
    no_question="Write your question after the command, for example: /ask Who attended the January "
    "meeting?",
    too_long="Your question is {length} characters long and {longest} is the most. Ask for one "
    "thing at a time.",
    cannot_answer="I cannot answer right now, because my index cannot be used. An administrator "
    "has to look at it.",
    failed="Sorry, something went wrong on my side. An administrator finds it in the log under "
    "{error_id}.",
    reembed_started="Re-embedding has started. I go on answering meanwhile.",
    reembed_running="A re-embed is already running.",
    reembed_done="Done in {seconds} s: {documents} documents, {passages} passages, of which "
    "{embedded} are new or changed.",
    reembed_unchanged="Nothing has changed: {documents} documents, {passages} passages.",
    reembed_failed="The re-embed failed. The index before, if there was one, still answers.",
    skipped="Could not be read: {count}",
    and_more="… and {count} more",
    status="{documents} documents, {passages} passages ({languages})\nUpdated {created} UTC\n"
    "Model: {model}\nFolder: {folder}\nSize: {megabytes} MB",
    menu_ask="Ask a question",
    menu_help="How to ask",
    menu_status="What the index holds",
    menu_reembed="Bring the index up to date",
    stages={
        "compare": "Comparing files",
        "read": "Reading documents",
        "index": "Indexing words",
        "embed": "Embedding passages",
    },
)

_SWEDISH: Final = TelegramTexts(
    greeting="Hej! Fråga mig om dokumenten jag har hand om. Jag svarar med citat ur dem och säger "
    "till när jag inte hittar något.",
    samples="Än så länge är det exempeldokument om en påhittad svensk ort.",
    help="Skriv din fråga som du skulle ställa den till en människa, till exempel: Vem deltog på "
    "mötet i januari? Månad eller år hjälper till, och du kan fråga på svenska om engelska "
    "dokument och tvärtom.\n\nTryck på ett citat för att fälla ut det. I en grupp skriver du "
    "/ask och frågan, nämner mig eller svarar på något jag har skrivit.",
    help_for_admins="Du är administratör:\n/status visar vad indexet innehåller\n/reembed "
    "uppdaterar det efter dokumentmappen",
    stranger="Jag svarar bara dem jag har blivit tillsagd att svara. Om du ska vara en av dem, ge "
    "din administratör den här chattens id: {chat_id}",
    closed_group="Jag svarar inte i den här gruppen än. Släpp in den genom att lägga till "
    "{chat_id} i ALLOWED_CHAT_IDS och starta om mig.",
    admins_alone="Bara administratörer kan använda det kommandot.",
    unknown_command="Det kommandot känner jag inte till. Skriv bara din fråga, eller se /help.",
    text_alone="Jag kan bara läsa text. Skriv din fråga.",
    no_question="Skriv frågan efter kommandot, till exempel: /ask Vem deltog på mötet i januari?",
    too_long="Frågan är {length} tecken lång och {longest} är det mesta. Fråga om en sak i taget.",
    cannot_answer="Jag kan inte svara just nu, för mitt index går inte att använda. En "
    "administratör behöver se till det.",
    failed="Något gick tyvärr fel hos mig. En administratör hittar det i loggen under {error_id}.",
    reembed_started="Uppdateringen av indexet har börjat. Jag fortsätter att svara under tiden.",
    reembed_running="En uppdatering pågår redan.",
    reembed_done="Klart på {seconds} s: {documents} dokument, {passages} textavsnitt, varav "
    "{embedded} är nya eller ändrade.",
    reembed_unchanged="Inget har ändrats: {documents} dokument, {passages} textavsnitt.",
    reembed_failed="Uppdateringen misslyckades. Det förra indexet, om det fanns ett, svarar än.",
    skipped="Gick inte att läsa: {count}",
    and_more="… och {count} till",
    status="{documents} dokument, {passages} textavsnitt ({languages})\nUppdaterat {created} UTC\n"
    "Modell: {model}\nMapp: {folder}\nStorlek: {megabytes} MB",
    menu_ask="Ställ en fråga",
    menu_help="Så frågar du",
    menu_status="Vad indexet innehåller",
    menu_reembed="Uppdatera indexet",
    stages={
        "compare": "Jämför filer",
        "read": "Läser dokument",
        "index": "Indexerar ord",
        "embed": "Bäddar in textavsnitt",
    },
)


def telegram_texts_for(language_code: str | None) -> TelegramTexts:
    """Return the phrases for the language a Telegram user has set, English unless Swedish."""
    return _SWEDISH if (language_code or "").lower().split("-")[0] == "sv" else _ENGLISH
