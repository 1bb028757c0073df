"""Swedish words for finding names."""

from typing import Final

from corpus.languages.name_words import NameWords

NAMES: Final = NameWords(
    titles=frozenset(
        """
        minister sekreterare direktör chef ordförande ledamot talman president kansler
        ambassadör kommissionär kommissionären professor rektor statsråd kommunalråd
        regionråd borgarråd riksråd kanslerråd landshövding utredare samordnare general
        överste amiral biskop kung drottning prins prinsessa kronprinsessa jurist advokat
        forskare psykolog läkare docent vd kassör suppleant kommunikatör arkitekt sherpa
        talesperson talesman partiledare språkrör borgmästare domare åklagare lektor lärare
        rapportör sändebud representant företrädare koordinator författare journalist
        redaktör konstnär präst imam rabbin tjänsteman revisor justerare kollega republikan
        demokrat senator guvernör riksbankschef
        """.split()
    ),
    title_endings="e?n|et|na|erna|arna|nen|s",
    before_title="vice|biträdande|vikarierande|tillförordnad|tidigare",
    title_subjects="",
    of_title="för",
    not_of_title="ett|en|den|det",
    short_titles="",
    titles_before=frozenset(
        """
        hans hennes excellens majestät kungliga höghet konung statsminister utrikesminister
        finansminister justitieminister socialminister försvarsminister miljöminister
        näringsminister utbildningsminister kulturminister landsbygdsminister
        arbetsmarknadsminister migrationsminister klimat- statssekreterare generaldirektör
        generalsekreterare generalsekreteraren ambassadör statsråd kommissionär
        premiärminister h.m h.k.h
        """.split()
    ),
    prepositions=frozenset("i på vid till från hos för med och".split()),
    is_clause="som (?:är|var)",
    joins="och|samt",
    leads_on="tillsammans",
    place_before="i|vid|nära|från",
    adjectives=frozenset(
        """
        Norra Södra Västra Östra Stora Lilla Nya Gamla Övre Nedre Yttre Inre Röda Vita
        Svenska Norska Danska Finska Europeiska Nordiska Internationella Nationella Förenta
        Gröna Rädda Sveriges
        """.split()
    ),
    openers=frozenset(
        """
        den det de där då här när om med enligt även samt både under efter innan före hos av
        från till vid på i för mot men och eller att som hon han vi ni jag man dessa denna
        detta idag igår nu sedan tack också bland deltog närvarande deltagare genom mellan
        utöver förutom inför tillsammans medverkar medverkade kontakt foto bild måndagen
        tisdagen onsdagen torsdagen fredagen lördagen söndagen vem vilka vilken vad hur
        varför eftersom trots helgen
        """.split()
    ),
    bodies=r"AB|HB|KB|Universitet|Institut(?:et)?|Fond|Kommun|Region|Nyheter"
    r"|Tidning(?:en|ar)?|Dagblad(?:et)?|Kommuner|Landsting|Regioner",
    body_endings=r"(?:verk|myndighet|styrelse|departement|inspektion|nämnd|råd|förbund|förening"
    r"|parti|fond|bank|kommission|universitet|högskol|kyrk|institut|väsend|kansli"
    r"|gata|gatan|torg|plats|sjukhus|museum|utskott|domstol|konferens|konvention"
    r"|avtal)(?:e?n|et|s|a|an|en|ens|ets|na)?",
    body_links="för|mot|av",
)
