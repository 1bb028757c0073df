"""How a question is read: its language, what it asks for, and the dates it names."""

import re
from datetime import date
from typing import Final

from bot.types import Reading
from corpus.dates import find_periods
from corpus.errors import UserError
from corpus.language import detect_language

LONGEST: Final = 2000
"""Characters of a question; longer ones are pasted documents."""

_KINDS: Final = (
    ("why", r"why|for what reason|what (?:is|was|were) the (?:reasons?|purpose)|varför|av vilken "
            r"anledning|vad (?:är|var) (?:skälet|anledningen|syftet)"),
    ("how_much", r"how (?:much|many|old|big|large|long|often|high|far|tall)|what (?:share|number|"
                 r"percentage|proportion|amount|sum|shares)|by how|hur (?:mycket|många|stora?|"
                 r"gam(?:mal|la)|ofta|höga?|höga|långt?|långa|länge)|vilken (?:summa|andel)|"
                 r"vilket (?:belopp|antal)"),
    ("when", r"when|(?:what|which) (?:day|date|year|month|time|deadline)|när|vilke[nt] (?:dag|datum|"
             r"år|månad|tid|vecka)|hur dags"),
    ("where", r"where|in (?:what|which) (?:city|town|country|place|building|room)|var(?=\s+\w+(?:s|r|"
              r"de|te|är)\b)|vart|varifrån|i vilke[nt] (?:stad|land|lokal|ort|byggnad)"),
    ("who", r"who(?:m|se)?|which (?:person|minister|member)|vem|vems|vilken (?:person|minister)"),
    ("list", r"which (?:\w+ )?\w+s\b|what (?:are|were)|list|name (?:the|all)|vilka|lista|räkna upp"),
    ("what", r"what|which|how|vad|vilke[nt]|hur"),
    ("yesno", r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|är|har|"
              r"hade|kan|kunde|ska|skulle|får|fick|kommer|blir|blev|finns|fanns|vill|måste|gäller|"
              r"innehåller|innehöll|tänker|behöver|var)"),
)  # fmt: skip
_ASKING: Final = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)) for kind, pattern in _KINDS
)
# "When the ministers met in Oslo, who ...": the clause in front only sets the scene.
_SCENE: Final = re.compile(r"^(?:when|after|before|if|while|as|när|efter|innan|om|då|sedan)\b.*?,\s",
                           re.IGNORECASE)  # fmt: skip


def clean_question(text: str) -> str:
    """Return a question on one line, without control characters.

    UserError where nothing is left or it is too long to be one.
    """
    printable = "".join(character if character.isprintable() else " " for character in text)
    question = " ".join(printable.split())
    if not any(character.isalnum() for character in question):
        raise UserError("Ask a question in words, such as: Who attended the January meeting?")
    if len(question) > LONGEST:
        raise UserError(
            f"The question is {len(question):,} characters long; {LONGEST:,} is the most. "
            "Ask for one thing at a time."
        )
    return question


def read_question(question: str, today: date) -> Reading:
    """Return how a question is understood, relative words such as "last year" as of `today`."""
    return Reading(
        language=detect_language(question),
        kind=_kind(question),
        periods=find_periods(question, today),
    )


def _kind(question: str) -> str | None:
    """Return what is asked for: of several question words the first, a scene in front set aside."""
    asked = _SCENE.sub("", question)
    found = [
        (match.start(), order, kind)
        for order, (kind, pattern) in enumerate(_ASKING)
        if (match := pattern.search(asked))
    ]
    return min(found)[2] if found else None
