"""Questions of two parts, as in "who got the job, and how long is the posting?"."""

import re
from dataclasses import dataclass
from typing import Final

_VERB: Final = r"""(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|got
    |gets|took|takes|gave|made|went|came|met|led|leads|became|becomes|runs?|ran|won|held|said|sat
    |left|\w+ed
    |är|var|blir|blev|har|hade|ska|skulle|kan|kunde|får|fick|kommer|kom|(?:del|mot|till)?(?:tar|tog)
    |skriver|sitter|satt|ger|gav|gäller|börjar|slutar|träder|tillträder|leder|kostar|hände|höll
    |hålls|hölls|heter|hette|finns|fanns|ligger|låg|sker|äger
    |\w+(?:ade|ades|rde|lde|gde|kte|ste|tte|ttes))(?!\w)"""
# "when it is paid" and "vem som kom" are clauses inside a question: the verb stands elsewhere.
_ASKING: Final = re.compile(
    rf"""(?<!\w)(?P<asked>(?:(?:for|by|until|från|till|under|för)\ )?(?:
    (?:when|where|why|när|varför)(?=\ {_VERB}|\W*$)
    |var(?=\ {_VERB}) | (?:what|vad)(?=\ {_VERB}) | (?:who|vem)(?=\ (?!to\ |som\ |att\ )\w)
    |(?:how|hur)\ (?:long|much|old|often|far|länge|mycket|stort?|gam(?:mal|la)|ofta|högt?|långt?)
        (?=(?:\ \w+){{0,2}}?\ {_VERB}|\W*$)
    |(?:how\ many|hur\ många|which|what|vilk(?:a|en|et))(?:\ [\w-]+){{0,4}}?(?=\ {_VERB})
    |(?:how\ many|hur\ många)\ \w+(?=\W*$)))""",
    re.IGNORECASE | re.VERBOSE,
)
_AND: Final = re.compile(r",? (?:and|och) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TwoParts:
    """A question of two parts, and the words that each asks with, such as "how long"."""

    first: str
    second: str
    first_asks: str
    second_asks: str

    @property
    def second_in_full(self) -> str:
        """The second part with what it is about, which is said in the first."""
        about = _ASKING.sub("", self.first, count=1).strip()
        return f"{self.second.rstrip(' ?')}, {about}?"


def split_parts(question: str) -> TwoParts | None:
    """Return the parts of a question that asks twice, each with a verb of its own; else None."""
    for border in _AND.finditer(question):
        first, second = question[: border.start()], question[border.end() :]
        then = _ASKING.match(second)
        asked = _ASKING.search(first) if then else None
        if asked and then and asked.end() < len(first):
            return TwoParts(first, second, asked["asked"].lower(), then["asked"].lower())
    return None
