"""Swedish words of pages, mails and files about themselves."""

from typing import Final

from corpus.languages.page_words import PageWords

PAGES: Final = PageWords(
    fields={
        "title": ("titel", "rubrik"),
        "published": ("publicerad", "datum", "skapad"),
        "url": ("källa",),
        "language": ("språk",),
    },
    page="sidan?|sid|s",
    page_of="av",
    numbered="punkt|ärende|paragraf|artikel|kapitel|avsnitt|bilaga",
    kinds="pressmeddelande|artikel|debattartikel|nyhet|tal|uttalande",
    sender="från|av",
    published="publicera[dt]|publicering(?:sdatum)?|datum",
    stamped="publicerad|uppdaterad",
    untitled="namnlös",
    forwarded="ursprungligt meddelande|vidarebefordrat meddelande",
    mail_on="den",
    mail_wrote="skrev",
    mail_from="från",
    mail_labels="skickat|datum|till|kopia",
    mail_dated="skickat|datum",
    mail_subject="ämne|rubrik|angående|ang",
    happened=r"var|hade|blev|blir|är|ska|fick|\w{3,}(?:ades?|ddes?|ttes?|tes?)",
    of_the_page="vi|oss|vår|vårt|våra|du|dig|din|ditt|dina|ni|denna|detta|här|sidan?"
    "|webbplats(?:en)?|kakor",
    of_a_site="sidan?|innehållet|webbplats(?:en)?",
    within_names=frozenset("och samt för vid i".split()),
    controls="publicerad|uppdaterad|senast|ändrad|dela|skriv ut|lyssna|tipsa|kopiera länk"
    "|till toppen|läs mer|visa mer|skapad|e-post",
)
