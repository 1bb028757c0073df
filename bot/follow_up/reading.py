"""What is asked where a question leans on the answer before it: read by rule."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.follow_up.pronouns import PERSONAL, with_pronoun
from bot.follow_up.substituting import with_date, with_thing, with_whole_name
from bot.follow_up.topics import (
    ASKING,
    VERBS,
    context_of,
    is_preposition,
    lowered,
    own_matter,
    topic_of,
    with_context,
    words_of,
)
from bot.types import Answer, Citation
from corpus.dates import find_periods
from corpus.language import detect_language
from embeddings.words import stem

_MORE: Final = re.compile(
    r"""(?:(?:and|och)\s)?(?:
    more|mera?|fler|continue|go\son|fortsätt
    |(?:please\s)?(?:tell|show|give)(?:\s(?:me|us))?(?:\ssome)?\smore(?:\sabout\s(?:it|this|that|them))?
    |(?:berätta|visa|säg)(?:\s(?:mig|oss))?(?:\slite)?\s(?:mera?|fler)
     (?:\som\s(?:det|den|detta|dem|saken))?
    |(?:any|some)(?:one|body|thing)\s(?:else|more)|any\s(?:others|more)
    |(?:are|is)\sthere\s(?:any(?:thing)?\s)?(?:others|more|else)(?:\sabout\s(?:it|this|that|them))?
    |(?:finns\sdet\s)?(?:någon|något|några|nåt|nån)\s(?:mera?|fler|annan|annat|andra|till)
    |finns\sdet\s(?:mera?|fler|andra)
    |(?P<asking>who|what|which|where|when|vem|vilka|vad|var|när)
     \s(?:else|others?|more|mera?|fler|annars|till|andra)(?P<rest>\s.+)?
    )""",
    re.VERBOSE,
)
_KINDS: Final = {
    word: kinds
    for words, kinds in (
        (("who", "vem", "vilka"), ("who", "list")),
        (("where", "var"), ("where",)),
        (("when", "när"), ("when",)),
    )
    for word in words
}
"""The kinds of question that "who else" and the like ask once more."""
_LEAD: Final = re.compile(
    r"(?:(?:and|but|so|ok|okay|och|men|så|okej)\b,?\s+)?"
    r"(?P<about>(?:what|how)(?:'s|’s)? about\s|what of\s|how is it with\s"
    r"|hur (?:är|var|blir|blev|ser|såg|gick|går) det (?:ut )?(?:med|för)\s"
    r"|vad sägs om\s)?",
    re.IGNORECASE,
)
_TRAIL: Final = re.compile(r"(?P<then>,?\s+(?:then|då|also|too|också))?[\s?.!]*$", re.IGNORECASE)
_LONGEST_FRAGMENT: Final = 6
"""Words of what can be put in place of a part of the last question."""
_BARE: Final = re.compile(
    r"""(?:(?:from|since|until|till?|från|sedan)\s)?
    (?:(?P<why>why(?:\snot)?|how\scome|varför|hur\sså|hur\skommer\sdet\ssig)
    |when|where|who|which|how|how\s(?:much|many|long|often|old|far|big|large|so)
    |när|var|vart|vem|vilka|vilken|vilket|hur|hur\s(?:mycket|många|länge|ofta|gamla?|långt|stora?))
    (?P<rest>\sexactly|\sexakt|\s(?:so|så|inte)\s\w+|\s(?:earlier|later|before|now|tidigare|senare|nu)
    |\s(?:is|was|were|are|did)\s(?:that|this|it|they)(?:\shappen)?
    |\s(?:är|var|blev|blir)\s(?:det|de|den)|\s(?:hände|skedde)\sdet|\sdet)?""",
    re.VERBOSE,
)
_VARFOR: Final = ("varför", "hur så", "hur kommer det sig")
_MOST_MATTER: Final = 2
"""Words of its own above which a question is not read as leaning on another."""


_LIGHT: Final = frozenset("part place happened hände skedde sägs".split())
"""Words that tell of no matter by themselves: "who took part?"."""
_DONE: Final = re.compile(
    r"\w+ (?:was|were|is|are|did) \w+(?:ed|id|ade|made|done|ought|ecide|appen)|\w+ \w+ man",
    re.IGNORECASE,
)
"""A question of a verb alone: "what was decided?", "hur ansöker man?"."""
_TOO_SHORT: Final = 2
"""Words of a question that can't say what it is about: "who paid?"."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question in full, and what its answer need not show again."""

    question: str
    leave_out: tuple[Citation, ...] = ()


def read_follow_up(asked: str, after: Answer, today: date) -> FollowUp | None:
    """Return what is meant by a question after an answer; None where it stands on its own feet."""
    resolved = (
        _more(asked, after)
        or _with_other_part(asked, after, today)
        or _bare(asked, after)
        or with_pronoun(asked, after, today)
        or _connected(asked, after, today)
        or _again(asked, after, today)
    )
    if resolved is None:
        return None
    again = resolved == after.full_question
    shown = (*after.citations, *after.nearest, *after.shown_before) if again else ()
    return FollowUp(resolved[0].upper() + resolved[1:], shown)


def _more(asked: str, after: Answer) -> str | None:
    """Read "who else?", "berätta mer": the last question once more, if it asked for that."""
    match = _MORE.fullmatch(" ".join(word.lower for word in words_of(asked)))
    if match is None or not _nothing_new(match["rest"] or "", after):
        return None
    kinds = _KINDS.get(match["asking"] or "")
    if kinds and after.reading.kind not in kinds:
        return with_context(asked, context_of(after))
    return after.full_question


def _nothing_new(text: str, after: Answer) -> bool:
    language = after.reading.language
    known = {stem(word.lower, language) for word in words_of(after.full_question)}
    return all(stem(word.lower, language) in known for word in own_matter(text))


def _stripped(asked: str) -> tuple[str, bool]:
    """Return a question without "and", "what about" and "then", and whether it had any."""
    lead, trail = _LEAD.match(asked), _TRAIL.search(asked)
    start = lead.end() if lead else 0
    end = trail.start() if trail else len(asked)
    return asked[start:end], bool(start or (trail and trail["then"]))


def _with_other_part(asked: str, after: Answer, today: date) -> str | None:
    """Read "and in February?", "och biblioteket?": the last question with another date or thing."""
    part, marked = _stripped(asked)
    words = words_of(part)
    lower = {word.lower for word in words}
    if not 0 < len(words) <= _LONGEST_FRAGMENT or lower & (VERBS | ASKING | PERSONAL):
        return None
    periods = find_periods(part, today)
    rest = part
    for period in periods:
        rest = rest.replace(period.said, " ")
    if periods and not own_matter(rest):
        return with_date(after.full_question, after.reading.dates_named, part, periods[0])
    if not marked or not own_matter(part):
        return None
    question = after.full_question
    language = detect_language(question, after.reading.language)
    return with_thing(question, after.reading, language, part)


def _bare(asked: str, after: Answer) -> str | None:
    """Read "why?" and "när då?": another question word before the last question."""
    part, _ = _stripped(asked)
    match = _BARE.fullmatch(" ".join(word.lower for word in words_of(part)))
    if match is None:
        return None
    question = after.full_question.rstrip(" ?.!")
    if match["why"] and not match["rest"]:
        word = "Varför" if match["why"] in _VARFOR else "Why"
        if after.reading.kind == "yesno":
            return f"{word} {lowered(question)}?"
        if after.reading.kind in ("when", "where"):
            return f"{word} {question.split(maxsplit=1)[1]}?"
    return with_context(part, context_of(after))


def _connected(asked: str, after: Answer, today: date) -> str | None:
    """Read "and who was absent?", "vem betalar?": tied to the last by "and", or too short alone."""
    part, marked = _stripped(asked)
    words = words_of(part)
    if words and is_preposition(words[0]):
        words = words[1:]
    matter = [word for word in own_matter(part) if word.lower not in _LIGHT]
    elliptic = not matter or len(words) == _TOO_SHORT or _DONE.fullmatch(part)
    if not (marked or elliptic) or not words or words[0].lower not in ASKING:
        return None
    named = any(word.is_name for word in words) or find_periods(part, today)
    return None if named or len(matter) > _MOST_MATTER else with_context(part, context_of(after))


def _again(asked: str, after: Answer, today: date) -> str | None:
    """Read "who chaired the meeting?": the meeting of the last question, with its date."""
    topic = topic_of(after)
    matter = own_matter(asked)
    named = any(word.is_name for word in matter) or find_periods(asked, today)
    asking = words_of(asked)[0].lower in ASKING
    if not (topic and after.reading.dates_named and asking) or named or len(matter) > _MOST_MATTER:
        return None
    return with_whole_name(asked, topic)
