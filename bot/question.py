"""How a question is read: its language, what it asks for, and the dates it names."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from bot.types import Reading
from corpus import dates
from corpus.errors import UserError
from corpus.language import detect_language

# Colours and cursor moves, as they come along with text copied out of a terminal.
_TERMINAL_CODES: Final = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")

LONGEST: Final = 2000
"""Characters of a question; longer ones are pasted documents."""

_PATTERNS: Final = {
    "why": """why | for what reason | what (is|was|were) the (reasons?|purpose) | varför
        | av vilken anledning | vad (är|var) (skälet|anledningen|syftet)""",
    "how_much": """how (much|many|old|big|large|long|often|high|far|tall) | by how
        | what (shares?|number|percentage|proportion|amount|sum)
        | hur (mycket|många|stora?|gam(mal|la)|ofta|höga?|högt|långa?|långt|länge)
        | vilken (summa|andel) | vilket (belopp|antal)""",
    "when": """when | (what|which) (day|date|year|month|time|deadline) | när | hur dags
        | vilke[nt] (dag|datum|år|månad|tid|vecka)""",
    "where": r"""where | (what|which) (city|town|country|place|building|room) | vart | varifrån
        | var(?= \w+(s|r|de|te|är)\b) | vilke[nt] (stad|land|lokal|ort|byggnad)""",
    "who": """who(m|se)? | which (person|minister|member) | vems? | vilken (person|minister)""",
    "list": r"""which (\w+ )?\w+s\b | what (are|were) | list | name (the|all) | vilka | lista
        | räkna upp""",
    "what": "what | which | how | vad | vilke[nt] | hur",
    "yesno": """^ (is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|är|har
        |hade|kan|kunde|ska|skulle|får|fick|kommer|blir|blev|finns|fanns|vill|måste|gäller
        |innehåller|innehöll|tänker|behöver|var)""",
}
"""What each kind of question begins with; of two that begin at one place the earlier kind holds."""


def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile alternatives written with room around "|"."""
    tight = re.sub(r"\s*\|\s*|\^ ", lambda mark: mark[0].strip(), " ".join(pattern.split()))
    return re.compile(rf"(?<!\w)(?:{tight})(?!\w)", re.IGNORECASE)


_ASKING: Final = {kind: _compiled(pattern) for kind, pattern in _PATTERNS.items()}

# "When the ministers met in Oslo, who ...": the clause in front only sets the scene.
_SCENE: Final = re.compile(
    r"^(?:when|after|before|if|while|as|in|on|at|during|besides|när|efter|innan|om|då|sedan|i|på)\b"
    r".*?,\s",
    re.IGNORECASE,
)


def clean_question(text: str) -> str:
    """Return a question on one line, without control characters.

    UserError where nothing is left or it is too long to be one.
    """
    text = _TERMINAL_CODES.sub(" ", text)
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
        periods=dates.find_periods(question, today),
    )


def in_year(reading: Reading, year: int) -> Reading:
    """Return a reading whose months and days named without a year are those of `year`."""
    periods = (
        dates.in_year(period, year) if period.recurring else period for period in reading.periods
    )
    return replace(reading, periods=tuple(periods))


def _kind(question: str) -> str | None:
    """Return what is asked for: of several question words the first, a scene in front set aside."""
    asked = _SCENE.sub("", question)
    found = [
        (match.start(), order, kind)
        for order, (kind, pattern) in enumerate(_ASKING.items())
        if (match := pattern.search(asked))
    ]
    return min(found)[2] if found else None
