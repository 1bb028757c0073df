"""What citera says in Swedish."""

from typing import Final

from bot.texts.admin_phrases import AdminTexts, PrivacyTexts
from bot.texts.phrases import Texts
from bot.texts.skip_reasons import IN_SWEDISH
from bot.texts.telegram_phrases import (
    AccessTexts,
    AnswerTexts,
    FeedbackTexts,
    InlineTexts,
    LanguageTexts,
    LimitTexts,
    MenuTexts,
    ReembedTexts,
    TelegramTexts,
)
from corpus.languages.sv.times import TIMES

_TELEGRAM: Final = TelegramTexts(
    answer=AnswerTexts(
        copies="samma i {count} till",
        within="Bara i ”{title}”",
        further="Fler textavsnitt",
        more="Fler ›",
        back="‹ Tillbaka",
        open_page="Öppna sidan",
        ask_document="Fråga om det här dokumentet",
        ask_all="Fråga alla dokument",
        asking_document="Nu letar jag bara i ”{title}”. Skriv din fråga.",
        asking_document_in_group="Svara på det här meddelandet med din fråga, så letar jag bara i "
        "”{title}”.",
        asking_all="Jag letar i alla dokument igen.",
        goes_on="Citatet fortsätter i dokumentet.",
        grown_old="Det här svaret har blivit för gammalt. Fråga gärna igen.",
        not_yours="Du har inte tillgång till den här boten.",
        unknown_button="Den knappen känner jag inte till.",
    ),
    inline=InlineTexts(
        strangers="Du har inte tillgång än. Skriv till mig först",
        type_on="Skriv färdigt din fråga",
        too_many="För många frågor. Försök igen om {seconds} s",
        nothing="Jag hittade inget svar i dokumenten",
    ),
    language=LanguageTexts(
        which="Vilket språk ska jag använda? Svaren är alltid på frågans språk.",
        as_in_telegram="Som i Telegram",
        chosen="Från och med nu använder jag svenska.",
    ),
    menu=MenuTexts(
        ask="Ställ en fråga",
        new="Börja ett nytt samtal",
        language="Välj mitt språk",
        help="Så frågar du",
        privacy="Vad jag sparar om dig",
        forgetme="Radera det jag sparar om dig",
        status="Vad indexet innehåller",
        reembed="Uppdatera indexet",
        users="Vilka som har tillgång",
        unanswered="Obesvarade frågor",
        stats="Hur många som frågar, och hur många som får svar",
        export="Alla frågor som en tabell",
        boilerplate="Rader som lämnas utanför sökningen",
        description="Jag letar efter svar i en mapp med dokument och citerar dem ordagrant, med "
        "källan till varje citat. Ingen språkmodell skriver det jag säger.\n\nFråga som du skulle "
        "fråga en människa, på svenska eller engelska, oavsett dokumentens språk.",
        short_description="Svarar på frågor om dokument, med citat ur dem.",
    ),
    access=AccessTexts(
        stranger="En administratör måste släppa in dig först. Skriv /start för att be om tillgång.",
        nobody_yet="Jag har ingen administratör än. Om jag är din bot, skriv in ditt id, "
        "{chat_id}, i ADMIN_USER_IDS och starta om mig.",
        code="En administratör måste släppa in dig först. Visa administratören den här koden, som "
        "gäller i en timme: {code}",
        too_many_wait="Det är många som ber om tillgång just nu. Skriv /start igen om en timme.",
        request="{name} ber om tillgång och har id {chat_id}. Släpp bara in den som visar dig "
        "den här koden: {code}",
        admit="Släpp in",
        refuse="Neka",
        settled_already="Det är redan avgjort, eller mer än en timme gammalt.",
        admitted="{name} släpptes in av {admin}.",
        refused="{name} nekades av {admin}.",
        welcome="Du har blivit insläppt.",
        not_admitted="En administratör har nekat dig tillgång.",
        closed_group="Jag svarar inte i den här gruppen än.",
        let_group_in="En administratör kan släppa in den genom att skriva /start här.",
        admit_group="Släpp in gruppen",
        group_admitted="Nu svarar jag i den här gruppen: alla i den kan fråga mig.",
    ),
    feedback=FeedbackTexts(
        noted="Tack, det är antecknat.",
        taken_back="Omdömet är borttaget.",
        gone="Det svaret har jag inte kvar.",
        askers_alone="Bara den som frågade kan bedöma svaret.",
    ),
    limits=LimitTexts(
        too_many="Det var många frågor på en gång. Fråga igen om {seconds:sekund|sekunder}.",
        place="Många frågar just nu; du är nummer {place} i kön.",
        passed_over="Jag var inte igång när du frågade, så jag svarar bara på din sista fråga. Jag "
        "hoppade över {count} till: fråga gärna igen.",
    ),
    reembed=ReembedTexts(
        pace="{rate} i sekunden, {left} kvar",
        cancel="Avbryt",
        cancelling="Avbryter …",
        cancelled="Uppdateringen avbröts. Indexet är som det var.",
        over="Det är redan klart.",
        roll_back="Gå tillbaka till det förra indexet",
        rolled_back="Tillbaka till indexet från {created}, med {documents} dokument. /reembed "
        "gör ett nytt.",
    ),
    admin=AdminTexts(
        in_private="Det visar vad andra har frågat, så det går bara i en privat chatt.",
        error="Något gick fel hos mig; det står i loggen under {error_id}. Fler fel av samma slag "
        "rapporterar jag inte förrän i morgon.",
        running="Minne: {memory} MB\nHar gått i {uptime}\nFrågor i dag: {questions}, mediantid "
        "{median} s",
        stats="{questions:fråga|frågor} från {users:person|personer}, {found} besvarades\n"
        "👍 {liked}  👎 {disliked}  ·  mediantid {median} s",
        stats_day="Senaste 24 timmarna",
        stats_days="Senaste {days} dagarna",
        no_question_yet="Ingen fråga.",
        unanswered="Obesvarade frågor:",
        downvoted="Svar som har ogillats:",
        none_unanswered="Det finns inga obesvarade frågor och inga ogillade svar. (Med "
        "KEEP_QUESTIONS_DAYS=0 sparar jag inga texter att visa.)",
        exported="{questions:fråga|frågor}, med svar och omdömen.",
        boilerplate="De här raderna lämnas utanför sökningen; talet är hur många dokument de står "
        "i:",
        no_boilerplate="Inga rader återkommer i många dokument.",
        people="{count} har släppts in med en knapp, {waiting} väntar.",
        in_settings="I ALLOWED_CHAT_IDS: {chats}",
        revoked="Tillgången är borttagen.",
        not_let_in="Den hade inte tillgång längre.",
    ),
    privacy=PrivacyTexts(
        kept="Jag sparar dina frågor i {days:dag|dagar}, var och en med ditt Telegram-id, vilka "
        "dokument jag svarade ur och ditt omdöme, så att mina administratörer kan se vilka som "
        "inte får svar. De kan läsa dina frågor.",
        not_kept="Jag sparar inte texten i dina frågor när de är besvarade. I 30 dagar sparar jag "
        "resten: ditt Telegram-id, vilka dokument jag svarade ur och ditt omdöme.",
        always="En fråga ligger på min disk tills den är besvarad. Allt stannar på maskinen som "
        "jag körs på, men det vi skriver går genom Telegram.\n\n/forgetme raderar det jag sparar "
        "om dig, utom att du har tillgång; den kan en administratör ta bort.",
        forgotten="Jag har raderat det jag hade sparat om dig: {questions:fråga|frågor}, och allt "
        "som hör till.",
    ),
    greeting="Hej! Fråga mig om dokumenten jag har. Jag svarar med citat ur dem och säger till när "
    "jag inte hittar något.",
    samples="Än så länge är det exempeldokument om en påhittad svensk ort.",
    help="Skriv din fråga som du skulle ställa den till en människa, till exempel: Vem deltog på "
    "mötet i januari? Det hjälper att nämna månad eller år, och du kan fråga på svenska om "
    "engelska dokument och tvärtom.\n\nTryck på ett citat för att fälla ut det, eller på dess "
    "nummer för att se det i sitt sammanhang. Fortsätt med ”Och i februari?”, eller svara på ett "
    "äldre svar för att fortsätta från det; /new börjar ett nytt samtal. I en grupp skriver du "
    "/ask och frågan, nämner mig eller svarar på något jag har skrivit.",
    help_for_admins="Du är administratör:\n/status hur det står till med boten och indexet\n"
    "/reembed uppdaterar indexet från dokumentmappen\n/users vilka som har tillgång\n"
    "/unanswered obesvarade frågor\n/stats hur många som frågar, och hur många som får svar\n"
    "/export alla frågor som en tabell\n/boilerplate rader som lämnas utanför sökningen",
    admins_alone="Bara administratörer kan använda det kommandot.",
    unknown_command="Det kommandot känner jag inte till. Skriv bara din fråga, eller se /help.",
    text_alone="Jag kan bara läsa text. Skriv din fråga.",
    forgotten="Nytt samtal. Vad vill du veta?",
    long_forward="Den texten är för lång att söka efter. Svara på den med din fråga, så tar jag "
    "med den.",
    no_question="Skriv frågan efter kommandot, till exempel: /ask Vem deltog på mötet i januari?",
    too_long="Frågan är {length} tecken lång; gränsen är {longest}. Fråga om en sak i taget.",
    cannot_answer="Jag kan inte svara just nu, för det är något fel med mitt index. En "
    "administratör behöver se till det.",
    trouble="Jag kan inte svara just nu: {trouble}",
    failed="Något gick tyvärr fel hos mig. En administratör hittar det i loggen under {error_id}.",
    reembed_started="Uppdateringen av indexet har börjat. Jag fortsätter att svara under tiden.",
    reembed_running="En uppdatering pågår redan.",
    reembed_done="Klart på {seconds} s: {documents} dokument, {passages} textavsnitt, varav "
    "{embedded} är nya eller ändrade.",
    reembed_unchanged="Inget har ändrats: {documents} dokument, {passages} textavsnitt.",
    reembed_failed="Uppdateringen misslyckades. Det förra indexet, om det fanns ett, används än.",
    reasons=IN_SWEDISH,
    skipped="Gick inte att läsa: {count}",
    not_read="Filtyper som inte läses: {kinds}",
    and_more="… och {count} till",
    status="{documents} dokument, {passages} textavsnitt ({languages})\n"
    "Uppdaterat {created}, för {age} sedan\n"
    "Modell: {model}\nMapp: {folder}\nStorlek: {megabytes} MB",
    stages={
        "compare": "Jämför filer",
        "read": "Läser dokument",
        "index": "Indexerar ord",
        "embed": "Bäddar in textavsnitt",
        "ask": "Ställer kontrollfrågor",
    },
)

TEXTS: Final = Texts(
    name="Svenska",
    leads={
        "attended": "Deltog, enligt dokumenten:",
        "absent": "Frånvarande, enligt dokumenten:",
        None: "Enligt dokumenten:",
    },
    may_answer="Det här kan vara svaret:",
    other_meetings="Datum som jag hittade: {dates}.",
    among="Ja: {item}",
    not_among="{name} finns inte i listan som visas: {citation}",
    part_not_found="Jag hittade inte {asked}.",
    see_also="Se även:",
    says="{citation} säger {asked}",
    differing="De skiljer sig åt: {citations}",
    newer_says="{citation} är nyare och säger {asked}",
    said="{citation} sa {asked}",
    said_something_else="{citation} sa något annat",
    not_found="Jag hittade inget svar på det i dokumenten.",
    not_mentioned="Inget av det jag hittade nämner: {phrases}.",
    nothing_more="Jag hittade inget mer om det i dokumenten.",
    nearest="Närmaste textavsnitten, som inte besvarar frågan:",
    also_in="Även i",
    read_as="Läst som: {question}",
    year_taken="Läst som {date}.",
    year_taken_of="Läst som {date}; det finns även {others}.",
    another_year="För ett annat år, fråga: och {year}?",
    small_talk={
        "greeting": "Hej! Fråga mig något om dokumenten.",
        "thanks": "Varsågod!",
        "praise": "Tack! Fråga gärna vidare.",
        "wellbeing": "Här är allt bra, tack. Vad vill du veta?",
        "farewell": "Hej då!",
        "agreement": "Bra. Fråga gärna vidare.",
        "identity": "Jag är Citera, ett program som söker svar i en mapp med dokument och citerar "
        "dem ordagrant. Ingen språkmodell skriver det jag säger.",
        "abilities": "Jag svarar på frågor om dokumenten med citat ur dem, till exempel: Vem "
        "deltog på mötet i januari? Det hjälper att nämna månad eller år. Du kan fortsätta från "
        "ett svar, som i ”och i februari?”, ”vilka fler?” eller ”när var det?”, och fråga på "
        "svenska eller engelska, oavsett dokumentens språk.",
    },
    quotation_marks=("”", "”"),
    in_language={"sv": "på svenska", "en": "på engelska", "other": "på ett annat språk"},
    months=TIMES.months_written,
    telegram=_TELEGRAM,
)
