"""Swedish word lists."""

from typing import Final

from corpus.languages.base import Role, Words
from corpus.languages.sv.follow_ups import FOLLOW_UPS
from corpus.languages.sv.names import NAMES
from corpus.languages.sv.pages import PAGES
from corpus.languages.sv.questions import QUESTIONS
from corpus.languages.sv.texts import TEXTS
from corpus.languages.sv.times import TIMES

WORDS: Final = Words(
    times=TIMES,
    names=NAMES,
    texts=TEXTS,
    pages=PAGES,
    questions=QUESTIONS,
    follow_ups=FOLLOW_UPS,
    roles={
        Role.PRESENT: r"närvarande|närvaro(?:lista|n)?|deltagare|deltagande|deltog|deltar|deltagit"
        r"|medverkande|medverkade|beslutande|röstlängd|på plats|(?:var|är) (?:\w+ )?med"
        r"|mötesdeltagare|träffade",
        Role.ABSENT: r"frånvarande|frånvaro|förhinder|saknades|saknas|uteblev|uteblivna|avböjde"
        r"|hindrade",
        Role.REMOTE: r"distans|på distans|digitalt|digital|via länk|på länk|per telefon|via teams"
        r"|via zoom|online",
        Role.GUEST: r"gäst(?:er|erna)?|adjungerad(?:e)?|åhörare|besökare",
        Role.INVITED: r"inbjudna|inbjuden|bjöds in|kallade|kallad|kallades|kallelse",
        Role.SPEAKER: r"talare|talarna|föredragande|föredragshållare|inledare|talade",
        Role.FOR: r"röstade för|röstade ja|ja-röster|bifall|för förslaget|för [\w-]+ röstade",
        Role.AGAINST: r"röstade e?mot|röstade nej|nej-röster|reserverade sig|reserverar sig"
        r"|reservation(?:er)?|e?mot förslaget|e?mot [\w-]+ röstade|avslag",
        Role.ABSTAINED: r"avstod|avstår|avstående|nedlade (?:sin|sina) röst(?:er)?|lade ner",
        Role.CHAIR: r"(?:mötes)?ordf(?:örande)?n?",
        Role.VICE_CHAIR: r"(?:vice|v\.?|2:e|andre) ?ordf(?:örande)?n?",
        Role.SECRETARY: r"(?:mötes)?sekreterare|vid protokollet|protokollförare|antecknare"
        r"|(?:förde|skrev|för) (?:protokoll(?:et)?|anteckningar)",
        Role.ADJUSTER: r"justera(?:re|nde|s|de)?|justeringsm[aä]n|justeringsperson(?:er)?"
        r"|rösträknare",
        Role.TREASURER: r"kassör(?:en)?|skattmästare",
    },
    labels={Role.PRESENT: r"med|vid mötet|mötet", Role.FOR: "för", Role.AGAINST: "e?mot"},
    office=r"(?:mötes|vice |v\.? ?)?ordf(?:\.|örande)?|(?:mötes)?sekr(?:\.|eterare)?|kassör|ledamot"
    r"|suppleant|ersättare|revisor|justerare|adjungerad",
    tells="hade|har|var|är|anmälde|meddelade|deltog|kunde|valdes|utsågs|reserverade|reserverar"
    "|röstade|röstar|avstod|avstår|yrkade",
    sent_by="från|av",
    asked={
        Role.PRESENT: r"var (?:(?:inte|också|även|alla|båda|ens|mer|fler|då) )*(?:på|vid|där|med)"
        r"|^var (?:[\w.-]+ ){1,3}(?:på|vid|där|med)|kom (?:till|på)|medverkade|deltog|deltar"
        r"|fanns på plats|besökte mötet|satt med",
        Role.ABSENT: r"missade|uteblev|kunde inte komma|kom (?:inte|aldrig)|var borta",
        Role.CHAIR: r"ledde|leder|höll i|satt ordförande",
        Role.AGAINST: r"var emot|sa(?:de)? nej|motsatte sig",
        Role.FOR: r"var för|sa(?:de)? ja|stödde",
    },
    things=r"vad|vilk(?:a|en|et)|hur (?:många|mycket)|antal(?:et)?",
    attending=r"personer(?:na)?|människor|folk|\w*ledamöter(?:na)?|\w*medlemmar(?:na)?|deltagare"
    r"|ombud|delegat(?:er|ion(?:er)?)|representanter|företrädare|gäster|åhörare|besökare"
    r"|organisationer|företag|bolag|länder|stater|föreningar|partier|myndigheter|kommuner|regioner"
    r"|förbund|klubbar|skolor|lag|grupper|frivilliga|barn|elever|lärare|föräldrar|anställda|boende"
    r"|talare|ministrar|ersättare|ägare|kvinnor|män|närvarande|röstande|av (?:dem|oss)",
    negation=r"inte|ej|icke|aldrig",
    nobody=r"ing(?:en|et|a|enting)|varken",
    yes=frozenset("x [x] ☑ ☒ ✓ ✔ ✅ ja j närvarande när närv + 1 sant".split()),
    no=frozenset(("[ ]", *"- – — [] ☐ nej n frånvarande från frånv 0 ✗ ❌ förhinder".split())),
    none_listed=r"ingen|inga|(?:ingen|inga) (?:anmäld(?:a)?|frånvarande|närvarande|förhinder)",
    counting=r"hur många|antal(?:et)?",
    latest=r"senaste|sista|nyaste",
    first=r"första|tidigaste|äldsta",
    coming=r"nästa|kommande|nästkommande|härnäst",
    event=r"\w*möte(?:t|n|na)?|\w*mötena|\w*sammanträde(?:t|n|na)?|\w*stämma(?:n)?|\w*träff(?:en|ar)?"
    r"|\w*konferens(?:en|er)?|\w*samling(?:en)?|\w*seminari(?:um|et)",
    bare_event=r"möte(?:t|n|na)?|sammanträde(?:t|n|na)?|stämma(?:n)?|träff(?:en|ar)?",
    plural=r"vilka|räkna upp|lista|nämn (?:alla|de)",
    after="efter|senare än",
    before="före|innan|tidigare än",
    changes=r"rättel\w*|rätta(?:d|t|de)|korriger\w*|uppdatera\w*|uppdatering\w*|ändra(?:d|t|de|s|ts)"
    r"|ändring\w*|flytta(?:d|t|de|s|ts)|framflytta\w*|senarelägg\w*|senarelagd\w*"
    r"|tidigarelägg\w*|tidigarelagd\w*|skjuts upp|uppskjut\w*|ersätter|upphör|upphävs",
    draft=r"utkast\w*|preliminär\w*|förslag till",
    changed_from=("från",),
    changed_to=("till",),
    instead=r"(?:i )?stället för|istället för|snarare än",
    partly=r"bland (?:annat|andra)|bl\.? ?a\.?|däribland|till exempel|t\.? ?ex\.?|exempelvis"
    r"|m\.? ?fl\.?|med flera|med mera|m\.? ?m\.?",
    asks_price=r"(?:vad|hur mycket) (?:kosta(?:r|de)|tar \w+ betalt)"
    r"|vad är (?:priset|hyran|avgiften)|hur (?:dyr|dyrt|dyra)|vilket pris"
    r"|hur (?:hög|stor) (?:är|var) \w*(?:avgift|hyra)(?:en|n)?",
    asks_phone=r"(?:telefon|mobil)(?:nummer|numret)|vilket nummer (?:ringer|når)",
    asks_mail=r"(?:e-?post|mejl|mail)(?:adress)?(?:en)?",
    asks_year=r"vilket år(?:tal)?",
    free=r"gratis|avgiftsfri\w*|kostnadsfri\w*|fri entré|fritt inträde|ingen (?:avgift|kostnad)"
    r"|kostar (?:inget|ingenting)|utan (?:kostnad|avgift)",
    money=r"\w*(?:krona|kronor|kr|sek|öre|miljon(?:er)?|miljard(?:er)?|mnkr|mdkr|tkr|euro)",
    measures=r"procent|dag(?:ar)?|veck(?:a|or)|månad(?:er)?|år(?:en|et)?|timm(?:e|ar)|minut(?:er)?"
    r"|personer|platser|meter|kvadratmeter|centimeter|kilometer|kilo|liter|hektar",
)
