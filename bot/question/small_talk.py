"""What is said to be polite, or to the program itself, and asks nothing of the documents."""

import re
from typing import Final

from corpus.words import split_words

_PHRASES: Final[dict[str, dict[str, str]]] = {
    "sv": {
        "abilities": """hjälp( (mig|tack))? | (vad|vilka frågor) kan (du|man|jag)
            (göra|svara på|hjälpa (till|mig) med|fråga( (dig|om))?) | vad kan du
            | kan du hjälpa mig | hur (funkar|fungerar) (du|det här|den här boten)
            | hur använder (jag|man) (dig|det här) | hur gör (man|jag) | vad gör du""",
        "identity": """vem är du | vad är du( för något)? | vad heter du | vem pratar jag med
            | är du (en )?(robot|bot|människa|ai|dator|språkmodell|chattbot)
            | vem har (gjort|byggt|skapat) dig""",
        "thanks": """((stort|tusen) )?tack( så (jätte|hemskt )?mycket)?( (igen|snälla))?
            | tackar( så mycket)?
            | (stort )?tack för (hjälpen|svaret|det( där)?)""",
        "praise": """(mycket )?bra (jobbat|gjort|svar|där) | vad bra | (jätte|super)?bra | toppen
            | perfekt | utmärkt | grymt | snyggt | kanon | härligt | fint | super | strålande
            | underbart | du är (bra|bäst|duktig)""",
        "wellbeing": "hur (mår du|är läget|står det till|går det)( i ?dag)? | läget | allt bra",
        "farewell": """hej ?då | adjö | vi (ses|hörs)( (sen|igen))? | god ?natt
            | ha det( så)?( bra)? | ha en (bra|fin|trevlig) (dag|kväll|helg)""",
        "agreement": """ok | okej | okey | ja | nej | jaha | jo | japp | visst | aha | jasså | då så
            | jag förstår | (ja|nej) tack | det var allt""",
        "greeting": """hej(hej)?( på dig)? | hejsan | tja | tjena(re)? | tjabba | hallå( där)?
            | halloj | god ?(dag|morgon|kväll|eftermiddag|middag|förmiddag) | morsning? | mors""",
    },
    "en": {
        "abilities": """help( (me|please))? | can you help me | what do you do
            | what can (you|i) (do|answer|help (me )?with|ask( (you|about))?)( for me)?
            | how do you work | how do i use (this|you)""",
        "identity": """(who|what) are you | what( i)? ?s your name
            | are you (an? )?(robot|bot|human|person|ai|computer|language model|chatbot)
            | who (made|built|created) you | who am i (talking|speaking) (to|with)""",
        "thanks": """((many|a thousand) )?thanks( (a lot|so much|very much|again|a million))?
            | thank (you|u)( (so much|very much|again))? | thx | ty | tnx | cheers
            | (thanks|thank you)( (so|very) much)? for (your help|the help|that|the answer)
            | much appreciated | i appreciate it""",
        "praise": """((very|really) )?(good|great|nice|excellent) (job|work|answer|one|bot)
            | well done | you ?(a?re) (great|good|awesome|the best)
            | (that ?s )?(great|perfect|excellent|awesome|wonderful|brilliant|amazing|cool|nice
            |good|super|lovely)""",
        "wellbeing": "how are you( doing)?( today)? | how( i)? ?s it going | what ?s up",
        "farewell": """bye( bye)? | goodbye | see you( (later|soon|tomorrow))? | good ?night
            | have a (nice|good|great) (day|evening|weekend|one)""",
        "agreement": """ok | okay | k | yes | no | yeah | yep | nope | sure | right | aha | alright
            | i see | got it | understood | fine | no (thanks|thank you) | yes please
            | that( i)? ?s all | that was all""",
        "greeting": """(hello|hi)( (there|again|everyone|all))? | hey( there)? | hiya | howdy
            | good ?(morning|afternoon|evening|day) | greetings | yo""",
    },
}
"""What is said, by language and by what it is said for; of several in one line the first counts."""
_FILLERS: Final = "citera | bot | boten | alla | du | och | and | please | snälla | so | then | då"


def _alternatives(pattern: str) -> str:
    """Tighten alternatives that are written with room around "|"."""
    return re.sub(r"\s*\|\s*", "|", " ".join(pattern.split()))


_EACH: Final = {
    language: {
        purpose: re.compile(rf"(?:^|(?<= ))(?:{_alternatives(pattern)})(?= |$)")
        for purpose, pattern in phrases.items()
    }
    for language, phrases in _PHRASES.items()
}
_WHOLE: Final = {
    language: re.compile(
        rf"(?:(?:{'|'.join(map(_alternatives, phrases.values()))}|{_alternatives(_FILLERS)})"
        r"(?: |$))+"
    )
    for language, phrases in _PHRASES.items()
}


def read_small_talk(text: str, preferred: str | None) -> tuple[str, str] | None:
    """Return the language and purpose of small talk, such as ("sv", "thanks"), else None.

    A text counts only where nothing is left of it beside such phrases. What both languages say
    ("ok") is in the preferred one.
    """
    said = " ".join(split_words(text))
    languages = sorted(_EACH, key=lambda language: language != preferred)
    for language in filter(lambda one: _WHOLE[one].fullmatch(said), languages):
        for purpose, pattern in _EACH[language].items():
            if pattern.search(said):
                return language, purpose
    return None
