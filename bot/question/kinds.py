"""The kind of a question."""

import re
from typing import Final

from corpus.languages.base import compiled
from corpus.languages.known import either

_KINDS: Final = ("why", "how_much", "when", "where", "who", "list", "what", "yesno")
"""The kinds of questions; if two match at the same place, the earlier one wins."""


def _beginning(kind: str) -> re.Pattern[str]:
    return compiled(either(lambda w: w.questions.kinds[kind]))


_BEGINNINGS: Final = {kind: _beginning(kind) for kind in _KINDS}
# "Can you tell me who ...": a polite opening asks for nothing.
_COURTESY: Final = re.compile(
    rf"^(?:{either(lambda w: w.questions.courtesy)})\b(?=.*\w)", re.IGNORECASE
)
# "When the ministers met in Oslo, who ...": the first clause only sets the scene.
_SCENE: Final = re.compile(rf"^(?:{either(lambda w: w.questions.scene)})\b.*?,\s", re.IGNORECASE)


def kind_of(question: str) -> str | None:
    """Return the kind of the first question word, ignoring an opening scene-setting clause."""
    asked = _SCENE.sub("", _COURTESY.sub("", question).strip())
    found = [
        (match.start(), order, kind)
        for order, (kind, pattern) in enumerate(_BEGINNINGS.items())
        if (match := pattern.search(asked))
    ]
    return min(found)[2] if found else None
