"""Which names a question asks for: of people or of countries and bodies, one or all of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from corpus.names.name_words import TITLE

_NUMBERS: Final = {
    word: number
    for number, words in enumerate(
        (("två", "two", "båda", "both"), ("tre", "three"), ("fyra", "four"), ("fem", "five"),
         ("sex", "six"), ("sju", "seven"), ("åtta", "eight")),
        2,
    )
    for word in words
}  # fmt: skip
_PEOPLE: Final = re.compile(
    rf"""{TITLE} | [\w-]*(?:ministrar(?:na)?|person(?:er(?:na)?)?|människor|svenskar
    |ledamöter(?:na)?|chefer(?:na)?|forskare|politiker|deltagare|talare|gäster(?:na)?|statsråd(?:en)?|farare|nauter
    |experter|direktörer|företrädare|representanter|professorer|kollegor|kolleger|styrelsen)
    | \w*ministers | persons? | people | officials? | politicians? | members? | guests? | speakers?
    | participants? | experts? | researchers? | representatives? | astronauts? | men | women
    | heads | chairs | directors | secretaries | ambassadors""",
    re.IGNORECASE | re.VERBOSE,
)
_OTHERS: Final = re.compile(
    r"""länder(?:na)? | land | [\w-]*(?:myndighet(?:er(?:na)?)?|organisation(?:er(?:na)?)?
    |förening(?:ar(?:na)?)?|kyrkor(?:na)?|kyrka|företag(?:en)?|partier(?:na)?|kommun(?:er(?:na)?)?
    |grupper(?:na)?|universitet(?:en)?|skolor(?:na)?|regioner(?:na)?|städer(?:na)?)
    | countries | country | nations? | states | agenc(?:y|ies) | authorit(?:y|ies) | churches
    | organi[sz]ations? | groups? | compan(?:y|ies) | bodies | part(?:y|ies) | municipalities
    | associations? | institutions? | universit(?:y|ies) | cities | towns""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKING: Final = re.compile(
    r"""(?<!\w)(?:
    (?P<who>(?:who|whom|vem)(?!\w)|vilka\s(?=(?:ska|skulle|var|är|har|hade|som|kom|kommer|satt|led|får|fick
        |ble?v|blir|[\w-]+(?:de|tog|tar|rar|sar))(?!\w)))
    |(?:which|vilka|vilken|vilket|what|vad\s(?:heter|hette)|name\sthe|list\sthe)\s
        (?P<phrase>(?:[\w-]+\s){0,4}[\w-]+)(?![\w'’])
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_AGAIN: Final = re.compile(r"(?:and|och)\s(?:who|vem)(?!\w)", re.IGNORECASE)
_TAKING_PART: Final = re.compile(
    r"(?<!\w)(?:attend|participa|(?:were|was) present|took part|tak(?:e|ing) part|joined|invited"
    r"|(?:was|were|are) (?:\w+ ){0,2}(?:at|there)(?!\w)|who came(?!\w)"
    r"|del(?:tog|tar|ta|tagit|tagare)(?!\w)|närvar|var(?:a)? med(?!\w)|medverka|inbjud"
    r"|var (?:\w+ )?(?:på|vid|där)(?!\w)|(?:vem|vilka) kom(?:mer)?(?!\w))",
    re.IGNORECASE,
)
_OFFICE: Final = re.compile(r"\s*(?:who is|who’s|who's|vem är)(?!\w)", re.IGNORECASE)
_PLACES: Final = re.compile(
    r"land|länder|countr|nation|state|kommun|municipal|region|städer|cit(?:y|ies)|town",
    re.IGNORECASE,
)
_ABSENT: Final = re.compile(
    r"(?<!\w)(?:frånvar|förhinder|saknades|uteblev|apolog|absen|missed|missing)", re.IGNORECASE
)
_OTHER_KINDS: Final = frozenset(("how_much", "when", "where", "why", "yesno"))
_VERBS: Final = frozenset(
    "did do does is are was were has have had will would can could should är var har hade".split()
)
_SINGULAR: Final = ("vilken ", "vilket ")


@dataclass(frozen=True, slots=True)
class AskedNames:
    """The names that would answer a question."""

    noun: str
    """What they are called in the question, such as "ministers"; empty for "who"."""
    people: bool
    """Whether people are asked for, rather than countries, bodies or companies."""
    one: bool
    """Whether a single name would do."""
    count: int | None
    """How many there should be, where the question says."""
    taking_part: bool
    """Whether it asks who was there."""
    absent: bool
    """Whether it asks who was not."""
    office: bool = False
    """Whether it asks who holds an office: "who is the mayor?"."""
    places: bool = False
    """Whether countries or towns are asked for."""


def asked_names(question: str, kind: str | None) -> AskedNames | None:
    """Return which names a question asks for, or None where it asks for something else."""
    asking = None if kind in _OTHER_KINDS else _ASKING.search(question)
    if asking is None or (asking["who"] and kind not in ("who", "list")):
        return None
    words = list(takewhile(_is_no_verb, (asking["phrase"] or "").split()))
    noun = _noun(words)
    if asking["phrase"] and not noun:
        return None
    count = next((_NUMBERS[word] for word in map(str.lower, words) if word in _NUMBERS), None)
    taking_part = bool(_TAKING_PART.search(question))
    plural = _is_plural(noun, asking[0])
    absent = bool(_ABSENT.search(question))
    present = (taking_part or absent) and not noun
    many = count or plural or present or _AGAIN.search(question)
    return AskedNames(
        noun=noun,
        people=not noun or bool(_PEOPLE.fullmatch(noun)),
        one=not many,
        count=count,
        taking_part=taking_part,
        absent=absent,
        office=not many and bool(_OFFICE.match(question)),
        places=bool(noun and _PLACES.search(noun)),
    )


def _noun(words: Sequence[str]) -> str:
    """Return the first noun that names can stand for; of "agency heads" the heads."""
    is_noun = [bool(_PEOPLE.fullmatch(word) or _OTHERS.fullmatch(word)) for word in words]
    if True not in is_noun:
        return ""
    first = is_noun.index(True)
    after = is_noun.index(False, first) if False in is_noun[first:] else len(words)
    return words[after - 1]


def _is_no_verb(word: str) -> bool:
    return word.lower() not in _VERBS


def _is_plural(noun: str, asking: str) -> bool:
    asking, noun = asking.lower(), noun.lower()
    if asking.startswith(("vilka", "name ", "list ")):
        return True
    if not noun or asking.startswith(_SINGULAR):
        return False
    return noun.endswith(("s", "people", "men", "women", "er", "ar", "or"))
