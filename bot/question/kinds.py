"""What kind of thing a question asks for."""

import re
from typing import Final

from corpus.languages.base import compiled
from corpus.languages.known import either

_KINDS: Final = ("why", "how_much", "when", "where", "who", "list", "what", "yesno")
"""The kinds of questions; of two that begin at one place the earlier kind holds."""


def _beginning(kind: str) -> re.Pattern[str]:
    return compiled(either(lambda w: w.questions.kinds[kind]))


_BEGINNINGS: Final = {kind: _beginning(kind) for kind in _KINDS}
# "Can you tell me who ...": what is put in front out of courtesy asks for nothing.
_COURTESY: Final = re.compile(
    rf"^(?:{either(lambda w: w.questions.courtesy)})\b(?=.*\w)", re.IGNORECASE
)
# "When the ministers met in Oslo, who ...": the clause in front only sets the scene.
_SCENE: Final = re.compile(rf"^(?:{either(lambda w: w.questions.scene)})\b.*?,\s", re.IGNORECASE)


def kind_of(question: str) -> str | None:
    """Return what is asked for: of several question words the first, a scene in front set aside."""
    asked = _SCENE.sub("", _COURTESY.sub("", question).strip())
    found = [
        (match.start(), order, kind)
        for order, (kind, pattern) in enumerate(_BEGINNINGS.items())
        if (match := pattern.search(asked))
    ]
    return min(found)[2] if found else None
