"""What kind of thing a question asks for."""

import re
from typing import Final

_PATTERNS: Final = {
    "why": """why | how come | for what reason | what (is|was|were) the (reasons?|purpose) | varför
        | hur kommer det sig | av vilken anledning | vad (är|var) (skälet|anledningen|syftet)""",
    "how_much": """how (mu[tc]*h|many|old|big|large|long|often|high|far|tall) | by how
        | what (shares?|number|percentage|proportion|amount|sum)
        | what (is|was|were) the (cost|price|fee)s? | what (do|does|did) .{1,40} cost
        | hur (mycket?|mkt|många|stora?|gam(mal|la)|ofta|höga?|högt|långa?|långt|länge)
        | vilken (summa|andel) | vilket (belopp|antal) | vad kosta(r|de)? | antal""",
    "when": """when | (what|which) (day|date|year|month|time|deadline) | när | hur dags
        | vilke[nt] (dag|datum|år|månad|tid|vecka)""",
    "where": r"""where | (what|which) (city|town|country|place|building|room) | vart | varifrån
        | var(?= \w+(s|r|de|te|är)\b) | vilke[nt] (stad|land|lokal|ort|byggnad)""",
    "who": """who('?s|m|se)? | which (person|minister|member) | vems? | vilken (person|minister)""",
    "list": r"""which (\w+ )?\w+s\b | what (are|were) | list | name (the|all) | vilka | lista
        | räkna upp""",
    "what": "what('?s)? | which | how | vad | vilke[nt] | hur",
    "yesno": """^ (is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|är|har
        |hade|kan|kunde|ska|skulle|får|fick|kommer|blir|blev|finns|fanns|vill|måste|gäller
        |innehåller|innehöll|tänker|behöver|var|deltar|deltog|kostar
        |kostade|kom|gick|träffade|beslutade|höll|hölls|sade|sa)""",
}
"""What each kind of question begins with; of two that begin at one place the earlier kind holds."""


def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile alternatives written with room around "|"."""
    tight = re.sub(r"\s*\|\s*|\^ ", lambda mark: mark[0].strip(), " ".join(pattern.split()))
    return re.compile(rf"(?<!\w)(?:{tight})(?!\w)", re.IGNORECASE)


_BEGINNINGS: Final = {kind: _compiled(pattern) for kind, pattern in _PATTERNS.items()}

# "Can you tell me who ...": what is put in front out of courtesy asks for nothing.
_COURTESY: Final = re.compile(
    r"^(?:(?:can|could|would|will) you (?:please )?(?:tell|show|say|list|find)(?: (?:me|us))?|"
    r"do you know|may i ask|i wonder|tell (?:me|us)|kan du (?:säga|berätta|visa|lista|hitta)|"
    r"(?:får|kan) jag fråga|vet du|jag undrar|(?:säg|berätta|visa)(?: mig)?)\b(?=.*\w)",
    re.IGNORECASE,
)
# "When the ministers met in Oslo, who ...": the clause in front only sets the scene.
_SCENE: Final = re.compile(
    r"^(?:when|after|before|if|while|as|in|on|at|during|besides|när|efter|innan|om|då|sedan|i|på)\b"
    r".*?,\s",
    re.IGNORECASE,
)


def kind_of(question: str) -> str | None:
    """Return what is asked for: of several question words the first, a scene in front set aside."""
    asked = _SCENE.sub("", _COURTESY.sub("", question).strip())
    found = [
        (match.start(), order, kind)
        for order, (kind, pattern) in enumerate(_BEGINNINGS.items())
        if (match := pattern.search(asked))
    ]
    return min(found)[2] if found else None
