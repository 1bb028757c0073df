"""Questions with two parts, as in "who got the job, and how long is the posting?"."""

import re
from dataclasses import dataclass
from typing import Final

from corpus.languages.known import either

_VERB: Final = rf" (?:{either(lambda w: w.questions.verbs)})(?!\w)"
_HOW_MANY: Final = either(lambda w: w.questions.how_many)
# "when it is paid" and "vem som kom" are subordinate clauses: the verb comes later.
_ASKING: Final = re.compile(
    rf"(?<!\w)(?P<asked>(?:(?:{either(lambda w: w.questions.before_asking)}) )?(?:"
    rf"(?:{either(lambda w: w.questions.asks_by_itself)})(?={_VERB}|\W*$)"
    rf"|(?:{either(lambda w: w.questions.asks_with_verb)})(?={_VERB})"
    rf"|(?:{either(lambda w: w.questions.asks_who)})"
    rf"(?= (?!(?:{either(lambda w: w.questions.no_asking)}) )\w)"
    rf"|(?:{either(lambda w: w.questions.degree)})(?=(?: \w+){{0,2}}?{_VERB}|\W*$)"
    rf"|(?:{_HOW_MANY}|{either(lambda w: w.questions.asks_which)})(?: [\w-]+){{0,4}}?(?={_VERB})"
    rf"|(?:{_HOW_MANY}) \w+(?=\W*$)))",
    re.IGNORECASE,
)
_AND: Final = re.compile(rf",? (?:{either(lambda w: w.times.joins)}) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TwoParts:
    """A question with two parts, and the question words of each, such as "how long"."""

    first: str
    second: str
    first_asks: str
    second_asks: str

    @property
    def second_in_full(self) -> str:
        """The second part, completed with the topic named in the first."""
        about = _ASKING.sub("", self.first, count=1).strip()
        return f"{self.second.rstrip(' ?')}, {about}?"


def split_parts(question: str) -> TwoParts | None:
    """Return the parts of a question that asks twice, each with its own verb; otherwise None."""
    for border in _AND.finditer(question):
        first, second = question[: border.start()], question[border.end() :]
        then = _ASKING.match(second)
        asked = _ASKING.search(first) if then else None
        if asked and then and asked.end() < len(first):
            return TwoParts(first, second, asked["asked"].lower(), then["asked"].lower())
    return None
