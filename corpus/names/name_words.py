"""Words that tell names apart: titles, organisations, and what begins a sentence."""

import re
from typing import Final

CAPITAL: Final = r"[A-ZÀ-ÖØ-ÞŁŚŠŽĆČ]"
"""Pattern of a letter that a name can begin with."""

_SWEDISH_TITLES: Final = (
    "minister sekreterare direktör chef ordförande ledamot talman president kansler ambassadör "
    "kommissionär kommissionären professor rektor statsråd kommunalråd regionråd borgarråd "
    "riksråd kanslerråd landshövding utredare samordnare general överste amiral biskop kung "
    "drottning prins prinsessa kronprinsessa jurist advokat forskare psykolog läkare docent vd "
    "kassör suppleant kommunikatör arkitekt sherpa talesperson talesman partiledare språkrör "
    "borgmästare domare åklagare lektor lärare rapportör sändebud representant företrädare "
    "koordinator författare journalist redaktör konstnär präst imam rabbin tjänsteman "
    "revisor justerare kollega republikan demokrat senator guvernör riksbankschef"
)
_ENGLISH_TITLES: Final = (
    "minister secretary director chair chairman chairwoman chairperson president ambassador "
    "commissioner professor chancellor governor mayor head officer treasurer coordinator member "
    "king queen prince princess bishop archbishop spokesperson speaker representative doctor "
    "envoy delegate general admiral colonel manager principal teacher researcher architect judge "
    "lawyer priest senator congressman chief editor journalist author auditor volunteer mr mrs ms "
    "dr sir prof"
)
_ENDINGS: Final = r"(?:e?n|et|na|erna|arna|nen|s)?"

TITLE: Final = (
    r"(?:[^\W\d_][\w:-]*)?(?:"
    + "|".join(sorted((_SWEDISH_TITLES + " " + _ENGLISH_TITLES).split(), key=len, reverse=True))
    + rf"){_ENDINGS}"
)
"""Pattern of a word that says what a person is, also as the end of a compound."""

TITLES_BEFORE: Final = frozenset(
    """
    prime deputy vice state foreign affairs trade defence defense finance justice health climate
    environment energy culture cultural migration equality housing infrastructure security social
    public employment education cooperation development rural enterprise industry commerce interior
    director-general secretary-general under-secretary-general h.e h.m h.k.h hans hennes excellens
    majestät kungliga höghet konung statsminister utrikesminister finansminister justitieminister
    socialminister försvarsminister miljöminister näringsminister utbildningsminister
    kulturminister landsbygdsminister arbetsmarknadsminister migrationsminister klimat-
    statssekreterare generaldirektör generalsekreterare generalsekreteraren ambassadör statsråd
    kommissionär premiärminister ministers secretaries presidents directors chiefs
    """.split()
) | frozenset((_SWEDISH_TITLES + " " + _ENGLISH_TITLES).split())
"""Capitalised words, in small letters, that stand before a name without being part of it."""

ADJECTIVES: Final = frozenset(
    """
    Norra Södra Västra Östra Stora Lilla Nya Gamla Övre Nedre Yttre Inre Röda Vita Svenska Norska
    Danska Finska Europeiska Nordiska Internationella Nationella Förenta Gröna Rädda New Old North
    South East West Northern Southern Eastern Western Great Grand United San Santa Saint Special
    Joint High Sveriges Swedish Danish Norwegian Finnish Black White Red
    """.split()
)
"""Words that places and bodies are called by, and that no person's name begins with."""

OPENERS: Final = frozenset(
    """
    den det de där då här när om med enligt även samt både under efter innan före hos av från till
    vid på i för mot men och eller att som hon han vi ni jag man dessa denna detta idag igår nu
    sedan tack också bland deltog närvarande deltagare genom mellan utöver förutom inför tillsammans
    medverkar medverkade kontakt foto bild the a an this that these those when where if with
    according also both during after before by from to at on in for against but and or he she we
    you they it today now then since thanks photo as while besides our his her their its contact
    måndag tisdag onsdag torsdag fredag lördag söndag måndagen tisdagen onsdagen torsdagen fredagen
    lördagen söndagen monday tuesday wednesday thursday friday saturday sunday
    vem vilka vilken vad hur varför who which what how why present apologies eftersom trots
    helgen
    """.split()
)
"""Capitalised words, in small letters, that begin sentences and are no names."""

ORGANISATION: Final = re.compile(
    r"(?:^(?:AB|HB|KB|Inc|Ltd|GmbH|Oy|AS|ASA|plc|LLC|of|University|Universit(?:et|y)|Institut(?:e|et)?"
    r"|Council|Committee|Commission|Union|Association|Agency|Authority|Ministry|Office|Board|Bank"
    r"|Church|Center|Centre|Foundation|Forum|Group|Initiative|Organi[sz]ation|Party|Parliament"
    r"|Federation|Society|Court|Fund|Network|Alliance|Declaration|Convention|Agreement|Act|Fond"
    r"|Kommun|Region|Nyheter|News|Times|Tidning(?:en|ar)?|Dagblad(?:et)?|Nations|Kingdom|Republic|States|Cross|Sea|Street|House|Programme|Digital"
    r"|Dialogue|Representative|Kommuner|Landsting|Regioner|Week|Innovation|Declaration|Nordic|Global|International|European|National|Green|World|Report|Summit|Agenda|Conference)$)"
    r"|(?:verk|myndighet|styrelse|departement|inspektion|nämnd|råd|förbund|förening|parti|fond|bank"
    r"|kommission|universitet|högskol|kyrk|institut|väsend|kansli|gata|gatan|torg|plats|sjukhus"
    r"|museum|utskott|domstol|konferens|konvention|avtal)(?:e?n|et|s|a|an|en|ens|ets|na)?$"
)
"""Pattern of a word that no person is called."""

LINKS: Final = "för|mot|of|for|against|av"
"""Small words that a name of an organisation goes on with."""
