"""What is asked where a question leans on the answer before it: read by rule."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.referring import find_person
from bot.substituting import with_date, with_thing
from bot.topics import Word, find_dates, find_topic, own_matter, words_of
from bot.types import Answer, Citation
from corpus.dates import find_periods
from embeddings.words import stem

_MORE: Final = re.compile(
    r"""(?:(?:and|och)\s)?(?:
    more|mera?|fler|continue|go\son|fortsätt
    |(?:please\s)?(?:tell|show|give)(?:\s(?:me|us))?(?:\ssome)?\smore(?:\sabout\s(?:it|this|that|them))?
    |(?:berätta|visa|säg)(?:\s(?:mig|oss))?(?:\slite)?\s(?:mera?|fler)
     (?:\som\s(?:det|den|detta|dem|saken))?
    |(?:any|some)(?:one|body|thing)\s(?:else|more)|any\s(?:others|more)
    |are\sthere\s(?:any\s)?(?:others|more)
    |(?:finns\sdet\s)?(?:någon|något|några|nåt|nån)\s(?:mera?|fler|annan|annat|andra|till)
    |finns\sdet\s(?:mera?|fler|andra)
    |(?:who|what|which|where|when|vem|vilka|vad|var|när)
     \s(?:else|others?|more|mera?|fler|annars|till|andra)(?P<rest>\s.+)?
    )""",
    re.VERBOSE,
)
_LEAD: Final = re.compile(
    r"(?:(?:and|but|so|ok|okay|och|men|så|okej)\b,?\s+)?"
    r"(?P<about>(?:what|how)(?:'s|’s)? about\s|what of\s|how is it with\s"
    r"|hur (?:är|var|blir|blev|ser|såg|gick|går) det (?:ut )?(?:med|för)\s"
    r"|vad (?:sägs|gäller) (?:om|för)\s)?",
    re.IGNORECASE,
)
_TRAIL: Final = re.compile(r"(?P<then>,?\s+(?:then|då|also|too|också))?[\s?.!]*$", re.IGNORECASE)
_ASKING: Final = frozenset(
    """who whom whose what which when where why how vem vems vad vilka vilken vilket när var varför
    vart varifrån hur""".split()
)
_VERBS: Final = frozenset(
    """is are was were do does did has have had can could will would shall should may är blev blir
    har hade kan kunde ska skulle får fick gör gjorde kommer finns fanns""".split()
)
_LONGEST_FRAGMENT: Final = 6
"""Words of what can be put in place of a part of the last question."""
_BARE: Final = re.compile(
    r"(?:(?P<why>why(?: not)?|how come|varför|hur så|hur kommer det sig)|(?P<when>when|när)"
    r"|(?P<where>where|var|vart)|(?P<who>who|vem|vilka)|(?P<how_much>how much|hur mycket))"
    r"(?: exactly| is that| was that| is this| did that happen| exakt| (?:är|var|blev) det| det)?"
)
_PERSON: Final = frozenset("he she him her his hers han hon honom henne hans hennes".split())
_THING: Final = frozenset("it its that this det den detta denna dess".split())
_GROUP: Final = frozenset(
    "they them their theirs those these de dem dom deras there där dit".split()
)
_POSSESSIVE: Final = frozenset("his her its hans hennes dess".split())
_EXPLETIVE: Final = re.compile(
    r"\b(?:(?:is|are|was|were) there|f[ia]nns det|it\b.*\b(?:to|that)|det\b.*\b(?:att|som)"
    r"|there (?:is|are|was|were|be)|det (?:f[ia]nns|är|var))\b",
    re.IGNORECASE,
)
_PARTICIPLE: Final = re.compile(r"\w+(?:ed|en|[aiu]ght|[ao]ld|made|done)$")
_AFTER_ARTICLE: Final = re.compile(r"\w+(?:a|e|en|et|er|na)$")
_MOST_MATTER: Final = 3
"""Words of its own above which a question is not read as leaning on another."""
_LONGEST: Final = 12


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question in full, and what its answer need not show again."""

    question: str
    leave_out: tuple[Citation, ...] = ()


def read_follow_up(asked: str, after: Answer, today: date) -> FollowUp | None:
    """Return what is meant by a question after an answer; None where it stands on its own feet."""
    said = " ".join(word.lower for word in words_of(asked))
    if (more := _MORE.fullmatch(said)) and _nothing_new(more["rest"] or "", after):
        shown = (*after.citations, *after.nearest, *after.shown_before)
        return FollowUp(after.full_question, shown)
    resolved = (
        _with_other_part(asked, after, today)
        or _bare(asked, after)
        or _with_pronoun(asked, after)
        or _connected(asked, after, today)
    )
    return FollowUp(resolved) if resolved else None


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
    if not 0 < len(words) <= _LONGEST_FRAGMENT or lower & (_VERBS | _ASKING | _PERSON):
        return None
    periods = find_periods(part, today)
    rest = part
    for period in periods:
        rest = rest.replace(period.said, " ")
    if periods and not own_matter(rest):
        return with_date(after.full_question, after.reading.periods, part, periods[0])
    if not marked or not own_matter(part):
        return None
    return with_thing(after.full_question, after.reading, part)


def _bare(asked: str, after: Answer) -> str | None:
    """Read "why?" and "när då?": another question word before the last question."""
    part, _ = _stripped(asked)
    match = _BARE.fullmatch(" ".join(word.lower for word in words_of(part)))
    if match is None:
        return None
    word = "varför" if match["why"] and after.reading.language == "sv" else None
    word = word or ("why" if match["why"] else match[str(match.lastgroup)])
    about = after.full_question.rstrip(" ?.!")
    if after.reading.kind == "yesno":
        return f"{word.capitalize()} {_lowered(about)}?"
    if match["why"] and after.reading.kind in ("when", "where"):
        return f"{word.capitalize()} {' '.join(about.split()[1:])}?"
    return f"{word.capitalize()} ({_matter_of(after)})?"


def _with_pronoun(asked: str, after: Answer) -> str | None:
    """Read "who is she?", "what did they decide?": the pronoun's word or context given."""
    words = words_of(asked)
    matter = own_matter(asked)
    named = any(word.is_name for word in matter)
    if named or len(words) > _LONGEST or len(matter) > _MOST_MATTER:
        return None
    pronoun = _pronoun(asked, words)
    if pronoun is None or sum(word.start < pronoun.start for word in matter) > 1:
        return None
    if pronoun.lower in _PERSON:
        name = find_person(after, pronoun.lower)
        return name and _put(asked, pronoun, name, after)
    topic = _topic(after)
    if pronoun.lower in _GROUP or topic is None or not matter:
        return _with_context(asked, _matter_of(after))
    return _put(asked, pronoun, topic, after)


def _pronoun(asked: str, words: list[Word]) -> Word | None:
    for at, word in enumerate(words):
        following = words[at + 1].lower if at + 1 < len(words) else ""
        if word.lower in _PERSON:
            return word
        if word.lower in _THING | _GROUP and not _EXPLETIVE.search(asked):
            return None if _is_article(word.lower, following) else word
    return None


def _is_article(word: str, following: str) -> bool:
    """Return whether a word that can be a pronoun belongs to the noun after it."""
    if not following or not own_matter(following):
        return False
    if word in ("that", "this", "those", "these"):
        return not _PARTICIPLE.match(following)
    return word in ("det", "den", "de", "denna", "detta") and bool(_AFTER_ARTICLE.match(following))


def _put(asked: str, pronoun: Word, meant: str, after: Answer) -> str:
    """Return the question with what a pronoun means in its place."""
    rest = asked[pronoun.end :]
    owned = pronoun.lower in _POSSESSIVE and bool(own_matter(rest))
    ending = ("s" if after.reading.language == "sv" else "'s") if owned else ""
    return asked[: pronoun.start] + meant + ending + rest


def _connected(asked: str, after: Answer, today: date) -> str | None:
    """Read "and who was absent?": a short question that "and" ties to the last."""
    part, marked = _stripped(asked)
    words = words_of(part)
    matter = own_matter(part)
    if not marked or not words or words[0].lower not in _ASKING or len(matter) > _MOST_MATTER - 1:
        return None
    if any(word.is_name for word in words) or find_periods(part, today):
        return None
    return _with_context(part[0].upper() + part[1:], _matter_of(after))


def _topic(after: Answer) -> str | None:
    """Return what the last question was about, with its date."""
    question = after.full_question
    topic = find_topic(question, after.reading.language)
    if topic is None:
        return None
    about = question[slice(*topic)]
    dated = find_dates(question, after.reading.periods)
    outside = dated is not None and not topic[0] <= dated[0] < topic[1]
    return f"{about} {question[slice(*dated)]}" if dated and outside else about


def _matter_of(after: Answer) -> str:
    """Return the topic of the last question, or else all of it."""
    question = after.full_question
    dated = find_dates(question, after.reading.periods)
    about = _topic(after) if dated else None
    return about or _lowered(question.rstrip(" ?.!"))


def _lowered(question: str) -> str:
    return question[0].lower() + question[1:]


def _with_context(asked: str, context: str) -> str:
    return f"{asked.rstrip(' ?.!')} ({context})?"
